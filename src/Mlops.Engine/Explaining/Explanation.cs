namespace Mlops.Engine;

/// <summary>A step's whole key, field by field, and where each field came from.</summary>
/// <param name="Verdict">What a run would do with the step now.</param>
public sealed record Explanation(
    StepName Step, ActionKey Key, Verdict Verdict, Trace? Trace, IReadOnlyList<ExplainedField> Fields);

/// <param name="Path">As in <c>train.trainer.leaves</c>; entries of a list count from 1.</param>
/// <param name="Value">As JSON; artifacts and files as digest, length and kind.</param>
/// <param name="Origin">
/// <c>churn/Split</c> for what a step gave, <c>file customers.csv</c> for a raw file; null for all else.
/// </param>
public sealed record ExplainedField(string Path, string Value, string? Origin);
