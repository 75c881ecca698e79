namespace Mlops.Engine;

/// <summary>
/// Says of a call that was begun before anyone made it whether somebody did, or nobody will any more: then it
/// is given up, and with it whatever it calls.
/// </summary>
sealed class Guess : IDisposable
{
    const int Open = 0, Made = 1, GivenUp = 2;

    readonly CancellationTokenSource source;
    int state = Open;

    /// <param name="cancellation">That of the body for which it is begun.</param>
    public Guess(CancellationToken cancellation)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Cancellation = source.Token;
    }

    public CancellationToken Cancellation { get; }

    /// <summary>Somebody makes the call: from now on it runs to its end.</summary>
    public void Make() => Interlocked.CompareExchange(ref state, Made, Open);

    /// <summary>The body that it was begun for has ended without it.</summary>
    public void GiveUp()
    {
        if (Interlocked.CompareExchange(ref state, GivenUp, Open) == Open)
            source.Cancel();
    }

    public void Dispose() => source.Dispose();
}
