namespace Mlops.Targets;

/// <summary>
/// News of a step: a piece of work that several targets may share, known to the build alone.
/// </summary>
public abstract record StepEvent(string Step)
{
    /// <param name="Reasons">Why it runs.</param>
    /// <param name="Expected">How long it took when it last ran; null where nobody knows.</param>
    public sealed record Started(
        string Step, IReadOnlyList<string> Reasons, TimeSpan? Expected) : StepEvent(Step);

    /// <param name="Text">How far it has come, in its own words: <c>8,000 rows</c>.</param>
    public sealed record Progressed(string Step, string Text) : StepEvent(Step);

    /// <param name="Holder">Who else is making the same; its result will be taken.</param>
    public sealed record Waiting(string Step, string Holder) : StepEvent(Step);

    /// <param name="Text">What was lost, and that it is made again.</param>
    public sealed record Healing(string Step, string Text) : StepEvent(Step);

    /// <param name="Status">In one small word: <c>executed</c>, <c>reused</c>, <c>blocked</c>.</param>
    /// <param name="Rejected">Its result is there and says no.</param>
    /// <param name="Reasons">Why it ran, or by what it was blocked.</param>
    /// <param name="Key">What its result can be looked up by; null where it has none.</param>
    /// <param name="Duration">How long it ran now.</param>
    /// <param name="Saved">How long it ran when what was reused was made.</param>
    /// <param name="Findings">What is to be known of its result, or what went wrong.</param>
    public sealed record Settled(
        string Step, string Status, bool Rejected, IReadOnlyList<string> Reasons, string? Key,
        TimeSpan Duration, TimeSpan Saved, IReadOnlyList<string> Findings) : StepEvent(Step);

    internal StepEvent With(Func<string, string> text) => this switch
    {
        Started started => started with { Step = text(Step), Reasons = [.. started.Reasons.Select(text)] },
        Progressed progressed => progressed with { Step = text(Step), Text = text(progressed.Text) },
        Healing healing => healing with { Step = text(Step), Text = text(healing.Text) },
        Waiting waiting => waiting with { Step = text(Step), Holder = text(waiting.Holder) },
        Settled settled => settled with
        {
            Step = text(Step),
            Reasons = [.. settled.Reasons.Select(text)],
            Findings = [.. settled.Findings.Select(text)],
        },
        _ => this,
    };
}
