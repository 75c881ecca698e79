namespace Mlops.Targets;

/// <summary>Takes targets out of a plan, and with them what nothing else in it needs.</summary>
static class Skipping
{
    /// <param name="reason">Set as <see cref="ExecutableTarget.Skipped"/>,
    /// unless a condition says more.</param>
    public static void Skip(ExecutableTarget target, string? reason)
    {
        var open = new Stack<(ExecutableTarget Target, string? Reason)>([(target, reason)]);
        while (open.TryPop(out var next))
        {
            next.Target.Status = ExecutionStatus.Skipped;
            next.Target.Skipped = next.Reason;
            if (next.Target.WhenSkipped == DependencyBehavior.Execute)
                continue;
            foreach (var other in next.Target.DependencyList.Concat(next.Target.TriggerList))
                if (other.Status == ExecutionStatus.Scheduled && !other.Invoked && !IsNeeded(other))
                    open.Push((other, $"because of {next.Target.Name}"));
        }
    }

    /// <summary>Skips the target if any of its conditions does not hold; says whether it did.</summary>
    public static bool SkipUnless(
        ExecutableTarget target, IReadOnlyList<(string Text, Func<bool> Delegate)> conditions)
    {
        if (conditions.Count == 0)
            return false;
        var violated =
            conditions.Where(condition => !condition.Delegate()).Select(condition => condition.Text).ToList();
        if (violated.Count == 0)
            return false;
        target.OnlyWhen = string.Join(" && ", violated);
        Skip(target, reason: null);
        return true;
    }

    static bool IsNeeded(ExecutableTarget target) =>
        target.DependentList.Exists(IsLive) || target.TriggerDependencyList.Exists(IsLive);

    static bool IsLive(ExecutableTarget target) => target.Status
        is ExecutionStatus.Scheduled or ExecutionStatus.Running
            or ExecutionStatus.Succeeded or ExecutionStatus.Collective;
}
