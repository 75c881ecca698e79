using Mlops.Engine;

/// <summary>
/// The last sentence of a run: what came out and where; or why nothing did, and what to do.
/// </summary>
static class Conclusion
{
    /// <param name="folder">Where packages and reports lie, as a person writes it.</param>
    /// <param name="index">The page over all pipelines, as a person writes it;
    /// null while there is none.</param>
    public static string OfSuccess(IReadOnlyList<StepResult> results, string folder, string? index)
    {
        var packages = results.Count(result => result.Name.Stage == "Package" && HasValue(result));
        var reports = results.Count(result =>
            result.Name.Stage is "Report" or "DriftReport" && HasValue(result));
        string[] made =
        [
            .. packages > 0 ? [Counted.Plain(packages, "package", "packages")] : Array.Empty<string>(),
            .. reports > 0 ? [Counted.Plain(reports, "report", "reports")] : Array.Empty<string>(),
        ];
        return (made.Length == 0 ? "" : $"{string.Join(" and ", made)} in {folder}. ")
            + (index is null ? "" : $"Open {index}");
    }

    /// <summary>Of the failure that others follow from.</summary>
    /// <param name="page">The report of a step's cell, as a person writes it;
    /// null where there is none.</param>
    public static string? OfFailure(IReadOnlyList<StepResult> results, Func<StepName, string?> page)
    {
        var failure = results.FirstOrDefault(result => result.Status == StepStatus.Failed)
            ?? results.FirstOrDefault(result => result.Rejected);
        if (failure is null)
            return null;
        if (failure.Rejected)
        {
            var advice = page(failure.Name) is { } report ? $"Read {report}" : "";
            return $"{failure.Name} was rejected{Because(failure)} {advice}".TrimEnd();
        }
        if (failure.Problems is not [var problem, ..])
            return $"{failure.Name} failed.";
        var next = problem.Next is { } step ? Ended(step) : "";
        return $"{failure.Name}: {problem.Id} {Ended(problem.What)} {next}".TrimEnd();
    }

    public const string OfCancellation = "What was finished is kept: the same command goes on from there.";

    static string Because(StepResult rejected) =>
        rejected.Judgement is { Findings: [var first, ..] } ? $": {Ended(first)}" : ".";

    static bool HasValue(StepResult result) =>
        result is { Status: StepStatus.Executed or StepStatus.Reused, Rejected: false };

    static string Ended(string sentence) =>
        sentence.EndsWith('.') || sentence.EndsWith('?') ? sentence : sentence + ".";
}
