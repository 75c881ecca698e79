using System.Globalization;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Pipelines.Sessions;

/// <summary>A run in the summary of a CI job: the models, what was found, what ran and why.</summary>
static class RunMarkdown
{
    const int MostRows = 100;

    /// <param name="page">The report of a cell, as a person writes it; null where there is none.</param>
    public static void Write(
        TextWriter output, IReadOnlyList<StepResult> steps,
        IReadOnlyList<CellResults> cells, Func<string, string?, string?> page)
    {
        WriteModels(output, steps, cells, page);
        WriteFindings(output, steps);
        WriteSteps(output, steps);
    }

    static void WriteModels(
        TextWriter output, IReadOnlyList<StepResult> steps,
        IReadOnlyList<CellResults> cells, Func<string, string?, string?> page)
    {
        if (cells.Count == 0)
            return;
        output.WriteLine("### Models\n");
        output.WriteLine(
            "| pipeline | verdict | metric | model | champion | baseline | gates | drift | report |");
        output.WriteLine("| --- | --- | --- | ---: | ---: | ---: | --- | --- | --- |");
        foreach (var cell in cells.Take(MostRows))
        {
            var metric = cell.Evaluation is { Metrics: [var first, ..] } ? first : null;
            var report = page(cell.Specification.Name, cell.Cell);
            Row(
                output, cell.Name, Verdict(cell, steps), metric?.Name ?? "", Number(metric?.Value),
                Number(metric?.Champion), Number(metric?.Baseline), Gates(cell),
                cell.Drift?.Verdict.ToString().ToLowerInvariant() ?? "", report ?? "");
        }
        output.WriteLine();
    }

    static string Verdict(CellResults cell, IReadOnlyList<StepResult> steps)
    {
        var own = steps.Where(step =>
            step.Name.Pipeline == cell.Specification.Name
            && (step.Name.Cell is null || step.Name.Cell == cell.Cell));
        var stopped = own.FirstOrDefault(step => step.Rejected || step.Status == StepStatus.Failed);
        return stopped is null
            ? "accepted"
            : $"{stopped.Name.Stage} {(stopped.Rejected ? "rejected" : "failed")}";
    }

    static string Gates(CellResults cell) => cell.Evaluation is not { Gates: { Count: > 0 } gates }
        ? ""
        : string.Join("; ", gates.Select(gate =>
            $"{(gate.IsMet ? "passed" : gate.Passed ? "not run" : "FAILED")}: {gate.Sentence}"));

    static void WriteFindings(TextWriter output, IReadOnlyList<StepResult> steps)
    {
        var findings = steps.SelectMany(step =>
            (step.Judgement?.Findings ?? []).Concat(step.Problems.Select(problem => problem.ToString()))
                .Select(finding => (step.Name, finding))).ToList();
        if (findings.Count == 0)
            return;
        output.WriteLine("### Findings\n");
        foreach (var (step, finding) in findings.Take(MostRows))
            output.WriteLine($"- {Markdown.Text(step.ToString())}: {Markdown.Text(finding)}");
        WriteRest(output, findings.Count);
        output.WriteLine();
    }

    static void WriteSteps(TextWriter output, IReadOnlyList<StepResult> steps)
    {
        var told = steps.Where(step => step.Status != StepStatus.Reused).ToList();
        var spent = Spending.Of(steps);
        output.WriteLine("### What ran and why\n");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{spent.Executed} executed, {spent.Reused} reused (saved {spent.SavedRunSeconds:0.0} s).\n"));
        if (told.Count == 0)
            return;
        output.WriteLine("| step | | seconds | why |");
        output.WriteLine("| --- | --- | ---: | --- |");
        foreach (var step in told.Take(MostRows))
            Row(
                output, step.Name.ToString(),
                step.Rejected ? "rejected" : step.Status.ToString().ToLowerInvariant(),
                step.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
                string.Join("; ", step.Reasons));
        WriteRest(output, told.Count);
    }

    static void WriteRest(TextWriter output, int all)
    {
        if (all > MostRows)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nand {all - MostRows} more."));
    }

    static void Row(TextWriter output, params string[] cells) =>
        output.WriteLine($"| {string.Join(" | ", cells.Select(Markdown.Cell))} |");

    static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
