namespace Mlops.Engine;

public enum StepStatus
{
    Executed,
    Reused,
    /// <summary>Not allowed to run, because of what is upstream.</summary>
    Blocked,
    Failed,
    Cancelled,
}

/// <summary>What became of a step in a run.</summary>
/// <param name="Rejected">Its value is there and says no; whether executed or reused.</param>
/// <param name="Reasons">Why it ran, or by what it was blocked.</param>
/// <param name="SavedSeconds">What reuse saved: the time that the step once took.</param>
/// <param name="Fault">The whole exception, where nobody foresaw it.</param>
public sealed record StepResult(
    StepName Name,
    StepStatus Status,
    bool Rejected,
    Judgement? Judgement,
    IReadOnlyList<string> Reasons,
    TimeSpan Duration,
    double SavedSeconds,
    Trace? Trace,
    IReadOnlyList<Problem> Problems,
    Exception? Fault = null);

/// <summary>What became of every step of a run, in the order in which they settled.</summary>
public sealed record RunResult(IReadOnlyList<StepResult> Steps);
