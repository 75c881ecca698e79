namespace Mlops.Engine;

/// <summary>Which calls wait for which to make an artifact again: never in a circle.</summary>
sealed class HealingWaits
{
    readonly Lock changing = new();
    readonly List<Wait> begun = [];

    /// <param name="waiting">The keys of the calls that are to wait, one inside the other.</param>
    /// <returns>To be disposed of when the maker has ended; null where it waits for one of the callers
    /// itself, so that none of them would ever end.</returns>
    public IDisposable? Begin(IReadOnlyList<Digest> waiting, Digest maker)
    {
        lock (changing)
        {
            if (AllThatHolds(maker).Any(waiting.Contains))
                return null;
            var wait = new Wait(this, waiting, maker);
            begun.Add(wait);
            return wait;
        }
    }

    /// <summary>What a call waits for, and what that waits for, and so on.</summary>
    HashSet<Digest> AllThatHolds(Digest call)
    {
        var found = new HashSet<Digest>();
        var next = new Stack<Digest>([call]);
        while (next.TryPop(out var waiter))
            if (found.Add(waiter))
                foreach (var wait in begun.Where(wait => wait.Waiting.Contains(waiter)))
                    next.Push(wait.Maker);
        return found;
    }

    void End(Wait wait)
    {
        lock (changing)
            begun.Remove(wait);
    }

    sealed class Wait(HealingWaits all, IReadOnlyList<Digest> waiting, Digest maker) : IDisposable
    {
        public IReadOnlyList<Digest> Waiting => waiting;

        public Digest Maker => maker;

        public void Dispose() => all.End(this);
    }
}
