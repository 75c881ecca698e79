namespace Mlops.Targets;

/// <summary>
/// Something that has happened in a run. Events are told one at a time and as they happen; of one target
/// first that it has started, then what it prints, then that it has ended. Secrets are masked
/// in all their texts.
/// </summary>
/// <param name="Target">Null where it concerns no single target.</param>
abstract record RunEvent(ExecutableTarget? Target)
{
    /// <summary>The plan is fixed and nothing of it has begun.</summary>
    public sealed record Planned(IReadOnlyList<ExecutableTarget> Plan) : RunEvent((ExecutableTarget?)null);

    /// <summary>
    /// Its first action is about to run. Not told of targets that do not run or have no actions.
    /// </summary>
    public sealed record Started(ExecutableTarget Of) : RunEvent(Of);

    /// <summary>
    /// A line on the console, without its end. Outside of targets, and late ones, come without a start.
    /// </summary>
    public sealed record Printed(ExecutableTarget? By, string Line, bool IsError) : RunEvent(By);

    /// <summary>Told once of every target of the plan: its status says how it ended.</summary>
    /// <param name="Failure">Why it failed, for people; null unless its status is failed.</param>
    public sealed record Ended(ExecutableTarget Of, string? Failure) : RunEvent(Of);

    /// <summary>Of a step, which several targets may share.</summary>
    public sealed record OfStep(StepEvent News) : RunEvent((ExecutableTarget?)null);

    /// <summary>Something for a person to look at.</summary>
    public sealed record Noticed(Notice Notice) : RunEvent((ExecutableTarget?)null);

    /// <summary>Something was held against what it should be.</summary>
    public sealed record Checked(Check Check) : RunEvent((ExecutableTarget?)null);

    /// <summary>The first signal has come: running targets are asked to stop.</summary>
    public sealed record Cancelling() : RunEvent((ExecutableTarget?)null);

    /// <summary>Every target has ended and the build has had its last word.</summary>
    /// <param name="Rows">What the build adds to the closing table.</param>
    /// <param name="Columns">Which of the targets' notes are columns of that table.</param>
    /// <param name="LastWord">What the build adds to the closing sentence.</param>
    public sealed record Finished(
        IReadOnlyList<ExecutableTarget> Plan, IReadOnlyList<SummaryRow> Rows, TimeSpan Elapsed,
        bool Cancelled, int ExitCode = ExitCodes.Success,
        IReadOnlyList<string>? Columns = null, string? LastWord = null)
        : RunEvent((ExecutableTarget?)null);
}
