using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// One pipeline as targets see it. Each property is a node that stands for that stage: of the pipeline
/// itself, or of all the cells of its matrix, which may be known only when the data has been read.
/// </summary>
public sealed class PipelineGraph
{
    readonly Dictionary<string, CellGraph> cells;

    PipelineGraph(
        PipelineSpecification specification,
        ProgramSteps programs,
        Node? steps,
        Node<Dataset>? dataset,
        Dictionary<string, CellGraph> cells,
        Func<string, Func<CellGraph, Node?>, Node?> select)
    {
        Specification = specification;
        Programs = programs;
        Steps = steps;
        Dataset = dataset;
        this.cells = cells;
        Validation = select("Validate", cell => cell.Validation);
        Model = select("Train", cell => cell.Model);
        Evaluation = select("Evaluate", cell => cell.Evaluation);
        Package = select("Package", cell => cell.Package);
        Audit = select("Report", cell => cell.Audit);
        if (specification.Monitor is null)
            return;
        Monitor = select("Monitor", cell => cell.Monitor);
        DriftReport = select("DriftReport", cell => cell.DriftReport);
    }

    public PipelineSpecification Specification { get; }

    public ProgramSteps Programs { get; }

    /// <summary>All of its own steps, the programs, as one; null where it declares none.</summary>
    public Node? Steps { get; }

    /// <summary>
    /// Null for a pipeline of steps alone, as all that follows but its report and the front page.
    /// </summary>
    public Node<Dataset>? Dataset { get; }

    public Node? Validation { get; }

    public Node? Model { get; }

    public Node? Evaluation { get; }

    public Node? Package { get; }

    public Node? Audit { get; private init; }

    /// <summary>Null where the pipeline is not monitored.</summary>
    public Node? Monitor { get; }

    /// <summary>Null where the pipeline is not monitored.</summary>
    public Node? DriftReport { get; }

    /// <summary>The page over all pipelines; one node shared by all of them.</summary>
    public Node? Index { get; internal set; }

    /// <summary>The cells drawn so far, in the order of their values.</summary>
    public IReadOnlyList<CellGraph> Cells
    {
        get
        {
            lock (cells)
                return [.. cells.OrderBy(cell => cell.Key, StringComparer.Ordinal)
                    .Select(cell => cell.Value)];
        }
    }

    /// <param name="value">The value of the matrix column; null without a matrix.</param>
    /// <returns>Null where there is no such cell, or not yet.</returns>
    public CellGraph? FindCell(string? value)
    {
        lock (cells)
            return cells.GetValueOrDefault(value ?? "");
    }

    /// <param name="others">The datasets of all pipelines of this run, by name.</param>
    internal static PipelineGraph Draw(
        Graph graph,
        PipelineStages stages,
        PipelineData data,
        IReadOnlyDictionary<string, Node<Dataset>> others,
        IReadOnlyList<SourceFile> templates)
    {
        var (specification, sources, programs, steps) =
            (data.Specification, data.Sources, data.Programs, data.Steps);
        var cells = new Dictionary<string, CellGraph>(StringComparer.Ordinal);
        if (data.Dataset is not { } dataset)
            return new PipelineGraph(specification, programs, steps, null, cells, (_, _) => null)
            {
                Audit = graph.Step(
                    new StepName(specification.Name, null, "Report"), stages.Audit, programs.Nodes,
                    upstream => ProgramEvidences.AuditInput(specification, programs, templates, upstream)),
            };
        var settings = new Lazy<IReadOnlyList<Setting>>(() => SpecificationSettings.Of(specification));
        if (specification.Matrix is { } matrix)
            return DrawMatrix(
                graph, stages, specification, settings, sources, templates,
                programs, steps, dataset, others, cells, matrix.Column);
        var only = cells[""] = new CellDrawing(
            graph, stages, specification, settings, sources, templates, programs, dataset, others, null,
            [dataset], upstream => upstream.Accepted(dataset).Table).Draw();
        return new PipelineGraph(specification, programs, steps, dataset, cells, (_, pick) => pick(only));
    }

    /// <remarks>
    /// A rejected dataset is partitioned all the same, so that each cell exists and its report can say why
    /// it was not built.
    /// </remarks>
    static PipelineGraph DrawMatrix(
        Graph graph,
        PipelineStages stages,
        PipelineSpecification specification,
        Lazy<IReadOnlyList<Setting>> settings,
        PipelineSources sources,
        IReadOnlyList<SourceFile> templates,
        ProgramSteps programs,
        Node? steps,
        Node<Dataset> dataset,
        IReadOnlyDictionary<string, Node<Dataset>> others,
        Dictionary<string, CellGraph> cells,
        string column)
    {
        var partition = graph.Step(
            new StepName(specification.Name, null, "Partition"), stages.Partition, [dataset],
            upstream => new PartitionInput(upstream.Finished(dataset).Table, column));
        var matrixCells = new MatrixCells(
            graph, stages, specification, settings, sources,
            templates, programs, dataset, others, partition, cells);
        return new PipelineGraph(
            specification, programs, steps, dataset, cells,
            (stage, pick) => graph.Grow(
                new StepName(specification.Name, "*", stage), partition,
                partitioning => [.. matrixCells.Of(partitioning).Select(pick).OfType<Node>()]));
    }
}
