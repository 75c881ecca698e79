using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Packaging;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>
/// Files of rows that were scored, read and checked by the stages that read and check the dataset. Nothing
/// of a row that was trained on is needed for it.
/// </summary>
/// <param name="Partition">Null without a matrix.</param>
sealed record ScoredData(Node<Dataset> Dataset, Node<Partitioning>? Partition)
{
    public const string IngestStage = "IngestScored";

    public IReadOnlyList<Node> Nodes => Partition is null ? [Dataset] : [Dataset, Partition];

    /// <summary>A cell that no scored row is of has a table without rows.</summary>
    public TableParts Table(Upstream upstream, string? cell)
    {
        var table = upstream.Accepted(Dataset).Table;
        return Partition is null
            ? table
            : upstream.Accepted(Partition).Cells.FirstOrDefault(each => each.Value == cell)?.Table
                ?? new TableParts(table.Schema, []);
    }

    /// <param name="dataset">Its schema says how files are read where no columns are declared.</param>
    /// <param name="opened">Says it instead, where a released package is the reference.</param>
    /// <returns>Null where the pipeline's own data are watched, or nothing is.</returns>
    public static ScoredData? Draw(
        Graph graph, PipelineStages stages, PipelineData data, Node<Dataset> dataset,
        Node<OpenedPackage>? opened)
    {
        var specification = data.Specification;
        if (specification.Monitor is not { WatchesFiles: true })
            return null;
        var scored = DrawDataset(graph, stages, data, dataset, opened);
        return new ScoredData(
            scored,
            specification.Matrix is not { } matrix ? null : graph.Step(
                new StepName(specification.Name, null, "PartitionScored"), stages.Partition, [scored],
                upstream => new PartitionInput(upstream.Finished(scored).Table, matrix.Column)));
    }

    static Node<Dataset> DrawDataset(
        Graph graph, PipelineStages stages, PipelineData data, Node<Dataset> dataset,
        Node<OpenedPackage>? opened)
    {
        var (specification, sources) = (data.Specification, data.Sources);
        var monitor = specification.Monitor!;
        var name = new StepName(specification.Name, null, IngestStage);
        if (sources.Scored.Missing.Count > 0)
            return graph.Failed<Dataset>(name, sources.Scored.Missing);
        var references = StepReference.References(monitor.Sources ?? []);
        var declared = specification.Data.Columns;
        return graph.Step(
            name, stages.Ingest,
            [
                .. data.Programs.NodesOf(references),
                .. declared is null ? [opened ?? (Node)dataset] : (Node[])[],
            ],
            upstream => new IngestInput(
                [
                    .. sources.Scored.Files,
                    .. data.Programs.Files(upstream, references, PipelineData.NamedByStep),
                ],
                specification.Data.Format, declared ?? (opened is null
                    ? ColumnsOf(upstream.Accepted(dataset))
                    : ColumnsOf(upstream.Accepted(opened), sources.Package!)), sources.Derive,
                specification.Data.QuarantineMaxShare, null, monitor.Downloads,
                specification.Data.Partitions, specification.Data.OnSchemaChange,
                specification.Validate.Redact, specification.Data.QuarantineMaxCount,
                [specification.Train.Label]));
    }

    /// <summary>What the model was trained on, as if a person had declared it.</summary>
    static IReadOnlyList<ColumnDeclaration> ColumnsOf(Dataset dataset)
    {
        var derived = (dataset.Origins ?? []).Where(origin => origin.IsDerived)
            .Select(origin => origin.Column).ToHashSet(StringComparer.Ordinal);
        return [.. dataset.Table.Schema.Columns.Where(column => !derived.Contains(column.Name))
            .Select(ColumnDeclaration.Of)];
    }

    static IReadOnlyList<ColumnDeclaration> ColumnsOf(OpenedPackage opened, SourceFile file) =>
        opened.Columns is { } columns
            ? [.. columns.Select(ColumnDeclaration.Of)]
            : throw new ProblemException(new Problem(
                "PACK-005", "The package does not say how the data's columns are read.",
                new Place(file.Name), Expected: "columns in its schema.json, or in the pipeline",
                Next: "Declare data.columns, or package the model again with this version."));

    /// <summary>
    /// The rules for the dataset, but for those about labels, about how many rows there are, and about the
    /// dataset accepted last: what was scored is held against the package instead.
    /// </summary>
    public static ValidationRules Rules(PipelineSpecification specification, string? cell) =>
        specification.Validate with
        {
            MinRows = null,
            MaxRows = null,
            Overlap = null,
            RowChange = null,
            Leakage = null,
            MayBeEmpty = specification.Train.Label,
            MatrixColumn = cell is null ? null : specification.Matrix?.Column,
            Columns =
            [
                .. specification.Validate.Columns
                    .Where(rule => rule.Column != specification.Train.Label)
                    .Select(rule => rule with { NewValues = false }),
            ],
            Checks = specification.Validate.Checks is not { } checks ? null
                : [.. checks.Where(rule => rule is
                    { Drift: null, ClassBalance: null, Correlation: null, ConflictingLabels: false })],
        };
}
