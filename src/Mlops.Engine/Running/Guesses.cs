namespace Mlops.Engine;

/// <summary>The calls that were begun for a body before it makes them.</summary>
sealed class Guesses(Executor executor, Caller caller)
{
    readonly Dictionary<Digest, (Guess Guess, Task<Completed> Call)> begun = [];

    public void Begin(StageCall call)
    {
        lock (begun)
        {
            if (begun.ContainsKey(call.Key.Digest))
                return;
            var guess = new Guess(executor.CancellationOf(caller));
            begun.Add(call.Key.Digest, (guess, executor.Complete(call, caller with { Guess = guess })));
        }
    }

    /// <summary>The call if it was begun: from now on it is the body's.</summary>
    public Task<Completed>? Make(Digest key)
    {
        lock (begun)
            return begun.Remove(key, out var taken) ? Made(taken.Guess, taken.Call) : null;
    }

    async Task<Completed> Made(Guess guess, Task<Completed> call)
    {
        guess.Make();
        var completed = await call;
        executor.Made(completed, caller);
        return completed;
    }

    /// <summary>
    /// Gives up what the body has not called and will not call any more, and waits until it has ended.
    /// </summary>
    /// <returns>What was finished all the same; the rest says by itself what it took.</returns>
    public async Task<IReadOnlyList<Completed>> End(Seat seat)
    {
        (Guess Guess, Task<Completed> Call)[] left;
        lock (begun)
        {
            left = [.. begun.Values];
            begun.Clear();
        }
        if (left.Length == 0)
            return [];
        foreach (var (guess, _) in left)
            guess.GiveUp();
        // Those that are being executed may wait for a core to end on, and that of the body be the only one.
        return await seat.Leave(() => Finished(left));
    }

    static async Task<IReadOnlyList<Completed>> Finished((Guess Guess, Task<Completed> Call)[] left)
    {
        var finished = new List<Completed>();
        foreach (var (_, call) in left)
        {
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (call.IsCompletedSuccessfully)
                finished.Add(await call);
        }
        return finished;
    }
}
