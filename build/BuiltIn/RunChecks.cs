using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>
/// A run as test cases: one for each step, each check of the data and each gate, by names that stay.
/// </summary>
static class RunChecks
{
    public static IEnumerable<Check> Of(IReadOnlyList<StepResult> steps, IReadOnlyList<CellResults> cells) =>
    [
        .. steps.Select(Of),
        .. cells.SelectMany(cell => cell.Checks.Select(check => Of(cell, check))),
        .. cells.SelectMany(Gates),
    ];

    static Check Of(StepResult step) => new(
        step.Name.Pipeline.Length == 0 ? "steps" : step.Name.ToString()[..^(step.Name.Stage.Length + 1)],
        step.Name.Stage,
        step switch
        {
            { Rejected: true } => CheckResult.Failed,
            { Status: StepStatus.Failed } => CheckResult.Error,
            { Status: StepStatus.Blocked or StepStatus.Cancelled } => CheckResult.Skipped,
            _ => CheckResult.Passed,
        },
        step switch
        {
            { Rejected: true, Judgement: { } judgement } => string.Join('\n', judgement.Findings),
            { Problems.Count: > 0 } => string.Join('\n', step.Problems),
            { Status: StepStatus.Blocked or StepStatus.Cancelled } => string.Join("; ", step.Reasons),
            _ => null,
        },
        step.Duration);

    static Check Of(CellResults cell, CheckOutcome check) => new(
        $"{cell.Name}/checks", check.Id,
        check.Status switch
        {
            CheckStatus.Pass => CheckResult.Passed,
            CheckStatus.Warn => CheckResult.Warned,
            CheckStatus.Fail => CheckResult.Failed,
            _ => CheckResult.Skipped,
        },
        check.Status == CheckStatus.Pass ? null : $"{check.Sentence}; found: {check.Observed}");

    /// <remarks>Several gates may ask of one metric.</remarks>
    static IEnumerable<Check> Gates(CellResults cell)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var gate in cell.Evaluation?.Gates ?? [])
        {
            var times = seen[gate.Metric] = seen.GetValueOrDefault(gate.Metric) + 1;
            yield return new Check(
                $"{cell.Name}/gates",
                times == 1 ? gate.Metric : FormattableString.Invariant($"{gate.Metric}#{times}"),
                gate.IsMet ? CheckResult.Passed
                    : gate.Passed ? CheckResult.Skipped : CheckResult.Failed, gate.Sentence);
        }
    }
}
