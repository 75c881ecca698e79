using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Pipelines.Specification;
using Mlops.Reporting;

namespace Mlops.Pipelines.Graphs;

/// <summary>The cells of a matrix, each drawn once, when the partition of its dataset is known.</summary>
sealed class MatrixCells(
    Graph graph,
    PipelineStages stages,
    PipelineSpecification specification,
    Lazy<IReadOnlyList<Setting>> settings,
    PipelineSources sources,
    IReadOnlyList<SourceFile> templates,
    ProgramSteps programs,
    Node<Dataset> dataset,
    IReadOnlyDictionary<string, Node<Dataset>> others,
    Node<Partitioning> partition,
    Dictionary<string, CellGraph> cells)
{
    public IEnumerable<CellGraph> Of(Partitioning partitioning)
    {
        lock (cells)
            return [.. sources.Share.Of(Values(partitioning)).Select(Cell)];
    }

    IEnumerable<string> Values(Partitioning partitioning) =>
        specification.Matrix!.Values ?? [.. partitioning.Cells.Select(cell => cell.Value)];

    CellGraph Cell(string value)
    {
        if (!cells.TryGetValue(value, out var cell))
            cells[value] = cell = new CellDrawing(
                graph, stages, specification, settings, sources, templates, programs, dataset, others, value,
                [dataset, partition], upstream =>
                {
                    upstream.Accepted(dataset);
                    return Rows(upstream.Accepted(partition), value);
                }).Draw();
        return cell;
    }

    TableParts Rows(Partitioning partitioning, string value) =>
        partitioning.Cells.FirstOrDefault(cell => cell.Value == value)?.Table
        ?? throw new ProblemException(new Problem(
            "PIPE-003",
            $"The matrix of '{specification.Name}' asks for '{value}', "
            + $"but no row has it in column '{specification.Matrix!.Column}'.",
            Expected: string.Join(", ", partitioning.Cells.Take(20).Select(cell => $"'{cell.Value}'")),
            Actual: $"'{value}'",
            Next: "Correct matrix.values, or leave it out to build every value that the data has."));
}
