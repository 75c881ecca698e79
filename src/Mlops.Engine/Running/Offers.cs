using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Gives a remote store what the run made or found: what was only begun on a guess when somebody makes the
/// call, and never where nobody does.
/// </summary>
sealed class Offers(RemoteStore? remote, CancellationToken cancellation)
{
    readonly ConcurrentDictionary<Digest, (Trace Trace, bool Executed)> held = new();

    /// <param name="executed">Now; otherwise it was found here.</param>
    public void Offer(Trace trace, bool executed, Caller caller)
    {
        if (remote is null)
            return;
        if (caller.Guess is null)
            Give(trace, executed);
        else
            held[trace.Key] = (trace, executed);
    }

    /// <summary>Somebody has made the call: it and what it called are no guesses any more.</summary>
    public void Made(Digest key)
    {
        if (!held.TryRemove(key, out var made))
            return;
        Give(made.Trace, made.Executed);
        foreach (var child in made.Trace.Children)
            Made(child);
    }

    void Give(Trace trace, bool executed)
    {
        if (executed)
            remote!.Executed(trace, cancellation);
        else
            remote!.Reused(trace, cancellation);
    }
}
