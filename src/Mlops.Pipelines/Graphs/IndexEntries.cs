using Mlops.Data.Drift;
using Mlops.Engine;
using Mlops.Learning.Monitoring;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>What the front page says of one cell.</summary>
static class IndexEntries
{
    public static IndexEntry Of(CellGraph cell, Upstream upstream)
    {
        var (pipeline, value) = (cell.Specification.Name, cell.Cell);
        var package = upstream.FinishedOrNull(cell.Package);
        var split = upstream.FinishedOrNull(cell.Split);
        var monitor = cell.Monitor is null ? null : upstream.FinishedOrNull(cell.Monitor);
        var stop = Stop(cell, upstream);
        return new IndexEntry(
            PipelineCards.Of(cell.Specification, value),
            stop is null ? "accepted" : Verdict(stop.Value.Stage, stop.Value.Outcome),
            stop is null,
            upstream.FinishedOrNull(cell.Evaluation)?.Metrics[0],
            monitor?.Verdict.ToString(),
            split is null ? null : split.TrainRows + split.HoldoutRows + split.ExcludedRows,
            package?.Archive.Digest,
            package is null ? null : OutputPaths.Package(pipeline, value, package.FileName),
            OutputPaths.Audit(pipeline, value),
            cell.DriftReport is null ? null : OutputPaths.Drift(pipeline, value),
            [
                .. stop?.Outcome.Note is { } note ? [note] : Array.Empty<string>(),
                .. MonitorFindings(monitor),
            ]);
    }

    static IEnumerable<string> MonitorFindings(MonitorResult? monitor) =>
        monitor is { Verdict: DriftVerdict.Warning or DriftVerdict.Drift }
            ? monitor.Judgement.Findings.Select(finding => $"Monitor: {finding}")
            : [];

    /// <summary>
    /// A pipeline that has no cells: its data could not be read, or has no value in the matrix column.
    /// </summary>
    /// <param name="dataset">What became of its data.</param>
    public static IndexEntry OfNothing(PipelineSpecification pipeline, StepOutcome dataset) => new(
        PipelineCards.Of(pipeline, null), Verdict("Ingest", dataset), false, null, null, null, null,
        null, OutputPaths.Audit(pipeline.Name, null), null,
        dataset.Note is { } note ? [note] : ["The data has no value in the matrix column."]);

    /// <summary>A pipeline of steps alone.</summary>
    public static IndexEntry OfSteps(PipelineGraph pipeline, Upstream upstream)
    {
        var stop = pipeline.Programs.Nodes.Select(node => (node.Name.Stage, Outcome: upstream.Outcome(node)))
            .FirstOrDefault(step => step.Outcome.State != OutcomeState.Finished);
        return new IndexEntry(
            PipelineCards.Of(pipeline.Specification, null),
            stop.Outcome is null ? "finished" : Verdict(stop.Stage, stop.Outcome), stop.Outcome is null,
            null, null, null, null, null, OutputPaths.Audit(pipeline.Specification.Name, null), null,
            stop.Outcome?.Note is { } note ? [note] : [], pipeline.Programs.Nodes.Count);
    }

    static (string Stage, StepOutcome Outcome)? Stop(CellGraph cell, Upstream upstream)
    {
        Node[] stages =
        [
            cell.Dataset, cell.Split, cell.Validation, cell.Model, cell.Evaluation, cell.Package,
        ];
        foreach (var node in stages)
            if (upstream.Outcome(node) is { State: not OutcomeState.Finished } outcome)
                return (node.Name.Stage, outcome);
        return null;
    }

    static string Verdict(string stage, StepOutcome outcome) =>
        $"{(outcome.State == OutcomeState.Rejected ? "rejected" : "stopped")} at {stage}";
}
