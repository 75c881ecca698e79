namespace Mlops.Targets;

public enum ExecutionStatus
{
    /// <summary>Not in the plan.</summary>
    None,
    Scheduled,
    Running,
    Succeeded,
    Failed,

    /// <summary>Was running when the build was cancelled.</summary>
    Aborted,

    /// <summary>
    /// Had its reason not to run: a condition, a parameter, or another target that was skipped.
    /// </summary>
    Skipped,

    /// <summary>Was not reached, because another target failed or the build was cancelled.</summary>
    NotRun,

    /// <summary>Has no actions and only gathers other targets.</summary>
    Collective,
}
