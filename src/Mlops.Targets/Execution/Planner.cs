namespace Mlops.Targets;

/// <summary>
/// Puts targets in order. There is one total order of all targets, depth first in declaration order; the plan
/// of any selection is a part of it, so asking for less never reorders the rest. Linear in targets and edges.
/// </summary>
static class Planner
{
    /// <summary>What must be in the plan of <paramref name="invoked"/>, in order, marked as scheduled.</summary>
    /// <exception cref="UsageException">The declarations, asked for or not, have cycles.</exception>
    public static IReadOnlyList<ExecutableTarget> Plan(
        IReadOnlyList<ExecutableTarget> all, IReadOnlyCollection<ExecutableTarget> invoked)
    {
        var selected = Select(invoked);
        var plan = Order(all).Where(selected.Contains).ToList();
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        return plan;
    }

    static HashSet<ExecutableTarget> Select(IReadOnlyCollection<ExecutableTarget> invoked)
    {
        var selected = new HashSet<ExecutableTarget>();
        var open = new Stack<ExecutableTarget>(invoked);
        while (open.TryPop(out var target))
        {
            if (!selected.Add(target))
                continue;
            target.DependencyList.ForEach(open.Push);
            target.TriggerList.ForEach(open.Push);
        }
        return selected;
    }

    static List<ExecutableTarget> Order(IReadOnlyList<ExecutableTarget> all)
    {
        var ordered = new List<ExecutableTarget>(all.Count);
        var path = new List<ExecutableTarget>();
        var visited = new bool[all.Count];
        var mistakes = new List<string>();
        foreach (var target in all)
            Visit(target);
        UsageException.ThrowIfAny(mistakes);
        return ordered;

        void Visit(ExecutableTarget target)
        {
            if (visited[target.Index])
            {
                if (path.IndexOf(target) is >= 0 and var start)
                    mistakes.Add(Cycle(path.Skip(start).Append(target)));
                return;
            }
            visited[target.Index] = true;
            path.Add(target);
            foreach (var predecessor in target.Predecessors)
                Visit(predecessor);
            path.RemoveAt(path.Count - 1);
            ordered.Add(target);
        }
    }

    static string Cycle(IEnumerable<ExecutableTarget> cycle) =>
        $"Targets go in a circle, each after the next: {string.Join(" -> ", cycle)}";
}
