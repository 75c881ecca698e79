using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>What a finding of Validate weighs: it begins with the word for it.</summary>
public static class CheckFinding
{
    internal const string Failed = "failed";
    internal const string Warning = "warning";
    internal const string NotRun = "not run";

    /// <summary>Whether a dataset is rejected for it: warnings stand beside such findings.</summary>
    public static bool Stops(string finding) =>
        !finding.StartsWith($"{Warning}: ", StringComparison.Ordinal)
        && !finding.StartsWith($"{NotRun}: ", StringComparison.Ordinal);

    /// <summary>The findings for which the dataset is rejected; none of an accepted one.</summary>
    public static IReadOnlyList<string> Stopping(Judgement judgement) =>
        judgement.Accepted ? [] : [.. judgement.Findings.Where(Stops)];
}
