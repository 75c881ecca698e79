namespace Mlops.Targets;

/// <summary>Takes targets out of a plan, and with them what nothing else in it needs.</summary>
static class Skipping
{
    /// <param name="reason">Set as <see cref="ExecutableTarget.Skipped"/>, unless a condition says more.</param>
    public static void Skip(this IReadOnlyList<ExecutableTarget> plan, ExecutableTarget target, string? reason)
    {
        target.Status = ExecutionStatus.Skipped;
        target.Skipped = reason;
        if (target.WhenSkipped == DependencyBehavior.Execute)
            return;
        foreach (var other in target.DependencyList.Concat(target.TriggerList))
            if (other.Status == ExecutionStatus.Scheduled && !other.Invoked && !IsNeeded(other))
                plan.Skip(other, $"because of {target.Name}");
    }

    /// <summary>Skips the target if any of its conditions does not hold; says whether it did.</summary>
    public static bool SkipUnless(
        this IReadOnlyList<ExecutableTarget> plan, ExecutableTarget target,
        IReadOnlyList<(string Text, Func<bool> Delegate)> conditions)
    {
        if (conditions.Count == 0)
            return false;
        var violated = conditions.Where(condition => !condition.Delegate()).Select(condition => condition.Text).ToList();
        if (violated.Count == 0)
            return false;
        target.OnlyWhen = string.Join(" && ", violated);
        plan.Skip(target, reason: null);
        return true;
    }

    static bool IsNeeded(ExecutableTarget target) =>
        target.DependentList.Exists(IsLive) || target.TriggerDependencyList.Exists(IsLive);

    static bool IsLive(ExecutableTarget target) => target.Status
        is ExecutionStatus.Scheduled or ExecutionStatus.Running or ExecutionStatus.Succeeded or ExecutionStatus.Collective;
}
