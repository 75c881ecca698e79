using Mlops.Data.Drift;
using Mlops.Data.Validation;
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
            monitor?.Verdict,
            split is null ? null : split.TrainRows + split.HoldoutRows + split.ExcludedRows,
            package?.Archive.Digest,
            package is null ? null : OutputPaths.Package(pipeline, value, package.FileName),
            IsMade(cell.Audit, upstream) ? OutputPaths.Audit(pipeline, value) : null,
            IsMade(cell.DriftReport, upstream) ? OutputPaths.Drift(pipeline, value) : null,
            [
                .. StopFindings(cell, stop, upstream).Select(Stopping),
                .. MonitorFindings(monitor),
            ]);
    }

    /// <summary>After a fault there is no page of what is said here, at most one from before.</summary>
    static bool IsMade(Node? page, Upstream upstream) =>
        page is not null && upstream.Outcome(page).State == OutcomeState.Finished;

    static IReadOnlyList<string> StopFindings(
        CellGraph cell, (string Stage, StepOutcome Outcome)? stop, Upstream upstream)
    {
        var failed = stop?.Stage == cell.Validation.Name.Stage
            && upstream.FinishedOrNull(cell.Validation) is { } validation
                ? CheckFinding.Stopping(validation.Judgement) : [];
        return failed.Count > 0 ? failed : stop?.Outcome.Note is { } note ? [note] : [];
    }

    static IndexFinding Stopping(string text) => new(text, true);

    static IEnumerable<IndexFinding> MonitorFindings(MonitorResult? monitor) =>
        monitor is { Verdict: DriftVerdict.Warning or DriftVerdict.Drift } or { Judgement.Accepted: false }
            ? monitor.Judgement.Findings.Select(
                finding => new IndexFinding($"Monitor: {finding}", !monitor.Judgement.Accepted))
            : [];

    /// <summary>
    /// A pipeline that has no cells: its data could not be read, or has no value in the matrix column.
    /// </summary>
    /// <param name="dataset">What became of its data.</param>
    public static IndexEntry OfNothing(PipelineSpecification pipeline, StepOutcome dataset) => new(
        PipelineCards.Of(pipeline, null), Verdict("Ingest", dataset), false, null, null, null, null,
        null, null, null,
        [Stopping(dataset.Note ?? "The data has no value in the matrix column.")]);

    /// <summary>A pipeline of steps alone.</summary>
    public static IndexEntry OfSteps(PipelineGraph pipeline, Upstream upstream)
    {
        var stop = pipeline.Programs.Nodes.Select(node => (node.Name.Stage, Outcome: upstream.Outcome(node)))
            .FirstOrDefault(step => step.Outcome.State != OutcomeState.Finished);
        return new IndexEntry(
            PipelineCards.Of(pipeline.Specification, null),
            stop.Outcome is null ? "finished" : Verdict(stop.Stage, stop.Outcome), stop.Outcome is null,
            null, null, null, null, null,
            IsMade(pipeline.Audit, upstream) ? OutputPaths.Audit(pipeline.Specification.Name, null) : null,
            null,
            stop.Outcome?.Note is { } note ? [Stopping(note)] : [], pipeline.Programs.Nodes.Count);
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
