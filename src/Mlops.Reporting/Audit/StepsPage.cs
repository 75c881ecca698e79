using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>
/// The audit report of a pipeline of steps alone: what ran, on which bytes, and what came of it.
/// </summary>
static class StepsPage
{
    public static Page Of(AuditEvidence evidence) => new(
        AuditStage.Template, "Audit report", Cards.Subject(evidence.Input.Card), Verdicts.Head(evidence),
        [
            Section.Of("purpose", "Purpose and ownership", Cards.Purpose(evidence)),
            Section.Of("programs", "What the steps ran", ProgramSection.Of(evidence)),
            .. AuditPage.Closing(evidence),
        ]);

    /// <summary>The few numbers that belong on the first page.</summary>
    public static ScriptArray Figures(AuditEvidence evidence)
    {
        var programs = evidence.Input.Programs ?? [];
        var finished = programs.Count(program => program.Output is not null);
        var executions = programs.Sum(program => program.Output?.Executions.Count ?? 0);
        var made = Made(evidence).ToList();
        return Fields.List(
            new[]
            {
                Audit.Figures.Figure(
                    "Steps finished", $"{finished} of {programs.Count}",
                    finished == programs.Count ? "all of them" : "not all",
                    finished == programs.Count ? "ok" : "warn"),
                Audit.Figures.Figure(
                    "Executions", Counted.Of(executions), "of programs, when this was first made"),
                Audit.Figures.Figure(
                    "Results", Counted.Of(made.Count, "file", "files"),
                    Show.Size(made.Sum(file => file.Artifact.LengthBytes))),
                Audit.Figures.Figure(
                    "Time", Show.Seconds(programs.Sum(program => program.Step.DurationSeconds ?? 0)),
                    $"{Show.Seconds(programs.Sum(program => program.Step.CpuSeconds ?? 0))} of CPU, all "
                    + "steps together"),
            },
            figure => figure);
    }

    /// <summary>What the steps made that nothing else takes: where it lies beside the page.</summary>
    public static IEnumerable<(string Path, Artifact Artifact)> Made(AuditEvidence evidence) =>
        (evidence.Input.Programs ?? [])
            .Where(program => evidence.Input.Results?.Contains(program.Name) == true)
            .SelectMany(program => (program.Output?.Files ?? [])
                .Select(file => ($"steps/{program.Name}/{file.Name}", file.File)));

    /// <summary>What executions wrote to their streams, whole, each as an artifact.</summary>
    public static IEnumerable<(string What, string Proves, Artifact Artifact)> Captured(
        AuditEvidence evidence)
    {
        foreach (var program in evidence.Input.Programs ?? [])
            foreach (var execution in (program.Output?.Executions ?? []).Take(ProgramSection.Shown))
            {
                var of = $"{program.Step.Step}{(execution.Item is null ? "" : $" for {execution.Item}")}";
                if (execution.Output is { } output)
                    yield return ($"standard output of {of}", "what the program said", output);
                if (execution.Errors is { } errors)
                    yield return ($"standard error of {of}", "what the program complained of", errors);
            }
    }
}
