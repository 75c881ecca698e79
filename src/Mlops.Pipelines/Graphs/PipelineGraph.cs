using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// One pipeline as targets see it. Each property is a node that stands for that stage: of the pipeline
/// itself, or of all the cells of its matrix, which may be known only when the data has been read.
/// </summary>
public sealed class PipelineGraph
{
    readonly Dictionary<string, CellGraph> cells;

    /// <param name="select">A node of a stage's name for one node of each cell.</param>
    PipelineGraph(
        PipelineData data, Dictionary<string, CellGraph> cells,
        Func<string, Func<CellGraph, Node?>, Node?> select)
    {
        (Specification, Programs, Steps, Dataset) =
            (data.Specification, data.Programs, data.Steps, data.Dataset);
        this.cells = cells;
        Validation = select("Validate", cell => cell.Validation);
        Model = select("Train", cell => cell.Model);
        Evaluation = select("Evaluate", cell => cell.Evaluation);
        Package = select("Package", cell => cell.Package);
        Audit = select("Report", cell => cell.Audit);
        if (Specification.Monitor is null)
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
        if (data.Dataset is not { } dataset)
            return OfSteps(graph, stages, data, templates);
        var cells = new Dictionary<string, CellGraph>(StringComparer.Ordinal);
        var opened = ReferencePackage.Draw(graph, stages, data);
        var basis = new CellBasis(
            graph, stages, data, dataset, others, templates, opened,
            ScoredData.Draw(graph, stages, data, dataset, opened));
        if (data.Specification.Matrix is { } matrix)
            return DrawMatrix(basis, matrix, cells);
        var only = cells[""] = new CellDrawing(
            basis, null, [dataset], upstream => upstream.Accepted(dataset).Table).Draw();
        return new PipelineGraph(data, cells, (_, pick) => pick(only));
    }

    static PipelineGraph OfSteps(
        Graph graph, PipelineStages stages, PipelineData data, IReadOnlyList<SourceFile> templates) =>
        new(data, [], (_, _) => null)
        {
            Audit = graph.Step(
                new StepName(data.Specification.Name, null, "Report"), stages.Audit, data.Programs.Nodes,
                upstream => ProgramEvidences.AuditInput(
                    data.Specification, data.Programs, templates, upstream)),
        };

    /// <remarks>
    /// A rejected dataset is partitioned all the same, so that each cell exists and its report can say why
    /// it was not built.
    /// </remarks>
    static PipelineGraph DrawMatrix(
        CellBasis basis, MatrixSpecification matrix, Dictionary<string, CellGraph> cells)
    {
        var (graph, name) = (basis.Graph, basis.Specification.Name);
        var partition = graph.Step(
            new StepName(name, null, "Partition"), basis.Stages.Partition, [basis.Dataset],
            upstream => new PartitionInput(upstream.Finished(basis.Dataset).Table, matrix.Column));
        var matrixCells = new MatrixCells(basis, matrix, partition, cells);
        return new PipelineGraph(
            basis.Data, cells,
            (stage, pick) => graph.Grow(
                new StepName(name, "*", stage), partition,
                partitioning => [.. matrixCells.Of(partitioning).Select(pick).OfType<Node>()]));
    }
}
