namespace Mlops.Engine;

/// <summary>Ends the use of a remote that keeps failing, so that a run waits for it only so long.</summary>
sealed class Breaker
{
    /// <summary>In a row; then nothing more is asked in this run.</summary>
    public const int MostFailures = 5;

    int failures;

    public bool IsOpen => Volatile.Read(ref failures) >= MostFailures;

    public void Open() => Volatile.Write(ref failures, MostFailures);

    public void Failed() => Interlocked.Increment(ref failures);

    /// <remarks>What is open stays open: an answer under way changes nothing.</remarks>
    public void Succeeded()
    {
        if (!IsOpen)
            Volatile.Write(ref failures, 0);
    }
}
