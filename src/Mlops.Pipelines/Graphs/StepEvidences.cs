using Mlops.Engine;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>What reports show of the steps behind them.</summary>
static class StepEvidences
{
    /// <summary>
    /// A step's outcome as the reports show it: from its trace, so the same for every run that reuses it.
    /// </summary>
    public static StepEvidence Of(StepName name, StepOutcome outcome) => new(
        name.Stage,
        outcome.State switch
        {
            OutcomeState.Finished => StepState.Finished,
            OutcomeState.Rejected => StepState.Rejected,
            OutcomeState.Blocked => StepState.Blocked,
            _ => StepState.Failed,
        },
        outcome.Note,
        outcome.Trace?.Reasons ?? [],
        outcome.Trace?.Key,
        outcome.Trace?.Output,
        outcome.Trace?.StartedAt,
        outcome.Trace?.RunSeconds,
        outcome.Trace?.CpuSeconds,
        outcome.Trace?.PeakMemoryBytes,
        outcome.Trace?.Host,
        outcome.Trace?.OperatingSystem,
        outcome.Trace?.Runtime,
        outcome.Trace?.Toolchain);

    /// <summary>A step's value, rejected or not; what failed blocks the report that asks.</summary>
    public static T? Reached<T>(Upstream upstream, Node<T> node) where T : class =>
        upstream.Outcome(node).State == OutcomeState.Failed
            ? upstream.Finished(node)
            : upstream.FinishedOrNull(node);

    /// <summary>What a program's step was given, from its trace.</summary>
    public static ProgramInput? InputOf(StepOutcome outcome) =>
        outcome.Trace is { } trace
            ? trace.Input.Deserialize(ProgramsJson.Default.ProgramInput)
            : null;
}
