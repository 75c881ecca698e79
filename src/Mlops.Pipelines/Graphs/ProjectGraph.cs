using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>All selected pipelines in one graph, and the page over them.</summary>
public sealed class ProjectGraph
{
    ProjectGraph(IReadOnlyList<PipelineGraph> pipelines, Node<ReportPage> index)
    {
        Pipelines = pipelines;
        Index = index;
    }

    public IReadOnlyList<PipelineGraph> Pipelines { get; }

    public Node<ReportPage> Index { get; }

    /// <param name="others">What the front page last said of pipelines that are not selected now.</param>
    public static ProjectGraph Draw(
        PipelineStages stages,
        IReadOnlyList<PipelineSpecification> specifications,
        Func<PipelineSpecification, PipelineSources> sources,
        IReadOnlyList<SourceFile> templates,
        IReadOnlyList<IndexEntry> others)
    {
        var graph = new Graph();
        PipelineData[] data =
            [.. specifications.Select(specification =>
                PipelineData.Draw(graph, stages, specification, sources(specification)))];
        var datasets = data.Where(each => each.Dataset is not null)
            .ToDictionary(each => each.Specification.Name, each => each.Dataset!, StringComparer.Ordinal);
        PipelineGraph[] pipelines = [.. data.Select(each =>
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
        return new ProjectGraph(pipelines, index);
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
