namespace Mlops.Engine;

/// <summary>
/// Says of a call that was begun before anyone made it whether somebody did, or nobody will any more: then it
/// is given up, and with it whatever it calls.
/// </summary>
/// <remarks>
/// Nothing here is ever disposed of: a body need not wait for what it calls, and what it left running is to
/// be cancelled with the run, and may ask for that, when the call itself has long ended.
/// </remarks>
sealed class Guess
{
    const int Open = 0, Made = 1, GivenUp = 2;

    readonly Action cancel;
    int state = Open;

    /// <param name="cancellation">That of the body for which it is begun.</param>
    public Guess(CancellationToken cancellation)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        (Cancellation, cancel) = (source.Token, source.Cancel);
    }

    public CancellationToken Cancellation { get; }

    /// <summary>Somebody makes the call: from now on it runs to its end.</summary>
    public void Make() => Interlocked.CompareExchange(ref state, Made, Open);

    /// <summary>The body that it was begun for has ended without it.</summary>
    public void GiveUp()
    {
        if (Interlocked.CompareExchange(ref state, GivenUp, Open) == Open)
            cancel();
    }
}
