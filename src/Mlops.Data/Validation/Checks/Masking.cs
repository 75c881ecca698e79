namespace Mlops.Data.Validation.Checks;

/// <summary>Takes values out of what people are shown.</summary>
public static class Masking
{
    /// <summary>What stands for a value that nobody is shown.</summary>
    public const string Mask = "•••";

    /// <summary>
    /// Without any value of the redacted columns. A sample of several columns shows nothing as soon as one of
    /// them may be redacted.
    /// </summary>
    internal static List<Finding> Redacted(
        IReadOnlyList<Finding> findings, IReadOnlyList<string>? redacted) =>
        redacted is not { Count: > 0 }
            ? [.. findings]
            : [.. findings.Select(finding => Quotes(finding, redacted) ? All(Unquoted(finding))
                : finding.Column is { } column && !redacted.Contains(column) ? finding
                : All(finding))];

    /// <summary>Without any value, whatever column it is of.</summary>
    internal static Finding All(Finding finding) => finding with
    {
        Outcome = finding.Outcome with
        {
            Samples = [.. finding.Outcome.Samples.Select(sample =>
                sample with { Value = sample.Value is null ? null : Mask })],
        },
    };

    static Finding Unquoted(Finding finding) =>
        finding with { Outcome = finding.Outcome with { Observed = $"found: {Mask}" } };

    static bool Quotes(Finding finding, IReadOnlyList<string> redacted) =>
        finding.Outcome.Status != CheckStatus.NotRun
        && finding.Quoted is { } quoted && quoted.Intersect(redacted, StringComparer.Ordinal).Any();
}
