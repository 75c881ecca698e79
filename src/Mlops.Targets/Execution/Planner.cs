namespace Mlops.Targets;

/// <summary>
/// Puts targets in order. There is one total order of all targets, depth first in declaration order; the plan
/// of any selection is a part of it, so asking for less never reorders the rest. Linear in targets and edges.
/// </summary>
static class Planner
{
    /// <summary>
    /// What must be in the plan of <paramref name="invoked"/>, in order, marked as scheduled.
    /// </summary>
    /// <param name="warnings">Receives the circles that nothing in the plan is part of.</param>
    /// <exception cref="UsageException">Targets of the plan go in circles: all of them.</exception>
    public static IReadOnlyList<ExecutableTarget> Plan(
        IReadOnlyList<ExecutableTarget> all,
        IReadOnlyCollection<ExecutableTarget> invoked, List<string>? warnings = null)
    {
        var selected = Select(invoked);
        var plan = InOrder(all, selected, warnings ?? []);
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

    /// <summary>A circle elsewhere leaves no total order, but it need not keep others from running.</summary>
    static List<ExecutableTarget> InOrder(
        IReadOnlyList<ExecutableTarget> all, HashSet<ExecutableTarget> selected, List<string> warnings)
    {
        var total = TargetOrder.Of(all);
        if (total.Circles.Count == 0)
            return [.. total.Targets.Where(selected.Contains)];
        var partial = TargetOrder.Of([.. all.Where(selected.Contains)]);
        UsageException.ThrowIfAny([.. partial.Circles.Select(circle => circle.Text)]);
        warnings.AddRange(total.Circles.Select(circle => circle.Text));
        return partial.Targets;
    }
}
