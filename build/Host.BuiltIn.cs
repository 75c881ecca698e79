using Mlops.Engine;

/// <summary>What this build tells the project's own host beyond what NUKE asks for.</summary>
sealed partial class Build
{
    CancellationToken Stop => Cancellation;

    bool IsPlanOnly => Plan;

    protected override void WritePlan(TextWriter output)
    {
        foreach (var step in session?.Plan().Steps ?? [])
            output.WriteLine($"  {Line(step)}");
    }

    protected override void WriteHelp(TextWriter output) =>
        output.WriteLine("Also 2 for a mistake in a pipeline's YAML, and 3 where the store is damaged or cannot be used.");

    protected override IReadOnlyList<SummaryRow> SummaryRows =>
        [.. (standing?.Summary ?? log?.Summary ?? []).Select(line => new SummaryRow(line.Name, "", Note: line.Text))];

    static string Line(PlannedStep step) => step.Verdict switch
    {
        Verdict.UpToDate { Rejected: true } => $"rejected   {step.Name}",
        Verdict.UpToDate => $"up to date {step.Name}",
        Verdict.Stale stale => $"stale      {step.Name}: {string.Join("; ", stale.Reasons)}",
        Verdict.Pending pending => $"pending    {step.Name}: on {pending.On}",
        Verdict.Blocked blocked => $"blocked    {step.Name}: {blocked.By}",
        Verdict.Impossible impossible =>
            $"impossible {step.Name}: {string.Join("; ", impossible.Problems.Select(problem => $"{problem.Id} {problem.What}"))}",
        _ => throw new InvalidOperationException($"{step.Verdict} is no known verdict."),
    };
}
