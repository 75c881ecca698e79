namespace Mlops.Targets;

/// <summary>
/// Which targets of a plan may be visited: those before which nothing of the plan is left. Linear.
/// </summary>
sealed class Frontier
{
    readonly IReadOnlyList<ExecutableTarget> plan;
    readonly int[] open;
    readonly List<int>[] followers;
    readonly Dictionary<ExecutableTarget, int> places;
    readonly List<int> ready = [];

    public Frontier(IReadOnlyList<ExecutableTarget> plan)
    {
        this.plan = plan;
        open = new int[plan.Count];
        followers = [.. plan.Select(_ => new List<int>())];
        places = new Dictionary<ExecutableTarget, int>(plan.Count);
        for (var i = 0; i < plan.Count; i++)
            places[plan[i]] = i;
        for (var i = 0; i < plan.Count; i++)
        {
            foreach (var predecessor in plan[i].Predecessors)
            {
                if (!places.TryGetValue(predecessor, out var place))
                    continue;
                followers[place].Add(i);
                open[i]++;
            }
            if (open[i] == 0)
                ready.Add(i);
        }
        Left = plan.Count;
    }

    /// <summary>How many have not ended.</summary>
    public int Left { get; private set; }

    public bool HasReady => ready.Count > 0;

    /// <summary>The first one in the order of the plan.</summary>
    public ExecutableTarget Take()
    {
        var place = ready[0];
        ready.RemoveAt(0);
        return plan[place];
    }

    public void End(ExecutableTarget target)
    {
        Left--;
        foreach (var follower in followers[places[target]])
            if (--open[follower] == 0)
                ready.Insert(~ready.BinarySearch(follower), follower);
    }
}
