using Mlops.Engine;

/// <summary>What this build tells the project's own host beyond what NUKE asks for.</summary>
sealed partial class Build
{
    CancellationToken Stop => Cancellation;

    bool IsPlanOnly => Plan;

    protected override bool WritesWholePlan => OutputFormat == OutputFormat.Json;

    protected override void WritePlan(TextWriter output)
    {
        IReadOnlyList<PlannedStep> steps = session?.Plan().Steps ?? [];
        if (OutputFormat == OutputFormat.Json)
            PlanLines.WriteJson(ExecutionPlan.Select(target => target.Name), steps, output);
        else
            foreach (var step in steps)
                output.WriteLine($"  {PlanLines.Of(step)}");
    }

    protected override void WriteHelp(TextWriter output) =>
        output.WriteLine("Also 2 for a mistake in a pipeline's YAML, and 3 where the store is damaged or cannot be used.");

    protected override IReadOnlyList<SummaryRow> SummaryRows =>
        [.. (standing?.Summary ?? log?.Summary ?? []).Select(line => new SummaryRow(line.Name, "", Note: line.Text))];
}
