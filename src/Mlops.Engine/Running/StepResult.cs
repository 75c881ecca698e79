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
/// <param name="Duration">How long it ran now, also where it came to nothing.</param>
/// <param name="Cpu">CPU time that it used now, with the calls that ran for it.</param>
/// <param name="Trace">Of what it gave; where it was reused, its times are what reuse saved.</param>
/// <param name="Fault">The whole exception, where nobody foresaw it.</param>
/// <param name="StoreFailed">It failed because the workspace cannot be used.</param>
public sealed record StepResult(
    StepName Name,
    StepStatus Status,
    bool Rejected,
    Judgement? Judgement,
    IReadOnlyList<string> Reasons,
    TimeSpan Duration,
    TimeSpan Cpu,
    Trace? Trace,
    IReadOnlyList<Problem> Problems,
    Exception? Fault = null,
    bool StoreFailed = false);

/// <summary>What became of every step of a run, in the order in which they settled.</summary>
/// <param name="Head">Of the ledger, if the run wrote to it.</param>
public sealed record RunResult(IReadOnlyList<StepResult> Steps, LedgerHead? Head = null);
