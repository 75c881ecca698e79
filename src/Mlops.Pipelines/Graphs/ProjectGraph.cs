using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>All selected pipelines in one graph, and the page over them.</summary>
public sealed class ProjectGraph
{
    ProjectGraph(
        IReadOnlyList<PipelineGraph> pipelines, IReadOnlyList<PipelineSpecification> referred,
        Node<ReportPage> index)
    {
        Pipelines = pipelines;
        Specifications = [.. pipelines.Select(pipeline => pipeline.Specification), .. referred];
        Index = index;
    }

    /// <summary>Of all pipelines that have a step, also of those whose data alone is read.</summary>
    public IReadOnlyList<PipelineSpecification> Specifications { get; }

    public IReadOnlyList<PipelineGraph> Pipelines { get; }

    public Node<ReportPage> Index { get; }

    /// <param name="referred">Those whose data the checks of others ask for.</param>
    /// <param name="others">What the front page last said of pipelines that are not selected now.</param>
    public static ProjectGraph Draw(
        PipelineStages stages,
        IReadOnlyList<PipelineSpecification> specifications,
        IReadOnlyList<PipelineSpecification> referred,
        Func<PipelineSpecification, PipelineSources> sources,
        IReadOnlyList<SourceFile> templates,
        IReadOnlyList<IndexEntry> others)
    {
        var graph = new Graph();
        PipelineData[] data =
            [.. specifications.Concat(referred).Select(specification =>
                PipelineData.Draw(graph, stages, specification, sources(specification)))];
        var datasets = data.Where(each => each.Dataset is not null)
            .ToDictionary(each => each.Specification.Name, each => each.Dataset!, StringComparer.Ordinal);
        PipelineGraph[] pipelines = [.. data.Take(specifications.Count).Select(each =>
            PipelineGraph.Draw(graph, stages, each, datasets, templates))];
        var index = graph.Step(
            new StepName("", null, "Index"), stages.Index, [.. pipelines.SelectMany(Results)],
            upstream => new IndexInput(
                templates,
                [
                    .. pipelines.SelectMany(pipeline => Entries(pipeline, upstream)).Concat(others)
                        .OrderBy(entry => entry.Card.Name, StringComparer.Ordinal)
                        .ThenBy(entry => entry.Card.Cell, StringComparer.Ordinal),
                ]));
        foreach (var pipeline in pipelines)
            pipeline.Index = index;
        return new ProjectGraph(pipelines, referred, index);
    }

    public static IReadOnlyList<IndexEntry> Entries(PipelineGraph pipeline, Upstream upstream) =>
        pipeline.Cells is { Count: > 0 } cells
            ? [.. cells.Select(cell => IndexEntries.Of(cell, upstream))]
            : pipeline.Dataset is { } dataset
                ? [IndexEntries.OfNothing(pipeline.Specification, upstream.Outcome(dataset))]
                : [IndexEntries.OfSteps(pipeline, upstream)];

    static IEnumerable<Node> Results(PipelineGraph pipeline) =>
        new Node?[] { pipeline.Dataset, pipeline.Package, pipeline.Monitor,
            pipeline.Audit, pipeline.DriftReport }.OfType<Node>();
}
