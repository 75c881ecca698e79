using Mlops.Engine;
using Mlops.Pipelines.Specification;

/// <summary>What this build tells the project's own host beyond what NUKE asks for.</summary>
sealed partial class Build
{
    bool IsJson => OutputFormat == OutputFormat.Json;

    CancellationToken Stop => Cancellation;

    protected override IReadOnlyList<string> SummaryColumns => StepCount.Columns;

    protected override string? LastWord => conclusion;

    protected override AbsolutePath LogDirectory =>
        Path.Combine(Path.GetFullPath(WorkspaceDirectory), "logs");

    /// <remarks>Targets that bring steps do nothing else.</remarks>
    protected override bool HasExecuted =>
        log?.Results.Any(result => result.Status == StepStatus.Executed)
        ?? (standing is null && !IsBroughtOnly);

    bool IsBroughtOnly => ExecutionPlan.All(target => target.Actions.All(action => action.Target is Brought));

    StepTeller Observer() => new StepTeller(Tell, step => session?.LastDurationOf(step));

    /// <remarks>
    /// Whoever reads results wants them also when nothing had to run, and machines want a plan's keys.
    /// </remarks>
    bool NeedsSteps => Plan ? OutputFormat == OutputFormat.Json : IsReported;

    /// <summary>Its message tells it all.</summary>
    static AssertionException PersonsMistake(string message) => new(message);

    protected override bool WritesWholePlan => OutputFormat == OutputFormat.Json;

    protected override void WritePlan(TextWriter output)
    {
        if (OutputFormat == OutputFormat.Json)
            PlanLines.WriteJson(
                ExecutionPlan.Select(target => target.Name), session?.Plan().Steps ?? [], output);
        else
            foreach (var line in standing?.Plan ?? session?.Plan().Steps.Select(PlanLines.Of) ?? [])
                output.WriteLine($"  {line}");
        if (IsGcPlanned && OutputFormat == OutputFormat.Text)
            PlanRoom(output);
    }

    void WriteParametersSchema(string path) => File.WriteAllText(path, ParametersJsonSchema());

    protected override IReadOnlyList<string> CompletionsOf(string parameter) => parameter switch
    {
        nameof(Pipeline) => TypingAids.NamesIn(PipelinesDirectory),
        nameof(Set) => [.. TypingAids.Paths().Select(path => path + "=")],
        _ => [],
    };

    protected override void WriteHelp(TextWriter output) =>
        output.WriteLine(
            "Also 2 for a mistake in a pipeline's YAML, and 3 where the store is damaged or cannot be used.");

    protected override IReadOnlyList<SummaryRow> SummaryRows =>
        [.. (standing?.Summary ?? log?.Summary ?? []).Concat(Lines(session?.Traffic))
            .Select(line => new SummaryRow(line.Name, "", Note: line.Text))];
}
