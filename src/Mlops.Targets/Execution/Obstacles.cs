namespace Mlops.Targets;

/// <summary>What keeps a target from running when a build goes on after a failure.</summary>
static class Obstacles
{
    /// <summary>
    /// Something that it needs is missing, or what would have triggered it is and nothing else wants it.
    /// Order alone is no obstacle, nor is a dependency that was skipped or whose failure is tolerated.
    /// </summary>
    public static bool Stop(ExecutableTarget target) =>
        target.DependencyList.Exists(IsMissing)
        || (IsOnlyTriggered(target) && target.TriggerDependencyList.Exists(IsMissing)
            && !target.TriggerDependencyList.Exists(IsThere));

    static bool IsOnlyTriggered(ExecutableTarget target) =>
        !target.Invoked && !target.DependentList.Exists(IsScheduled);

    static bool IsScheduled(ExecutableTarget target) => target.Status == ExecutionStatus.Scheduled;

    static bool IsThere(ExecutableTarget target) =>
        target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Collective || IsTolerated(target);

    static bool IsMissing(ExecutableTarget target) => !IsTolerated(target)
        && target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun;

    static bool IsTolerated(ExecutableTarget target) =>
        target is { Status: ExecutionStatus.Failed, ProceedsAfterFailure: true };
}
