using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Graphs;

/// <summary>The cells of a matrix, each drawn once, when the partition of its dataset is known.</summary>
sealed class MatrixCells(
    CellBasis basis, MatrixSpecification matrix, Node<Partitioning> partition,
    Dictionary<string, CellGraph> cells)
{
    public IEnumerable<CellGraph> Of(Partitioning partitioning)
    {
        lock (cells)
            return [.. basis.Sources.Share.Of(Values(partitioning)).Select(Cell)];
    }

    IEnumerable<string> Values(Partitioning partitioning) =>
        matrix.Values ?? [.. partitioning.Cells.Select(cell => cell.Value)];

    CellGraph Cell(string value)
    {
        if (!cells.TryGetValue(value, out var cell))
            cells[value] = cell = new CellDrawing(basis, value, [basis.Dataset, partition], upstream =>
            {
                upstream.Accepted(basis.Dataset);
                return Rows(upstream.Accepted(partition), value);
            }).Draw();
        return cell;
    }

    TableParts Rows(Partitioning partitioning, string value) =>
        partitioning.Cells.FirstOrDefault(cell => cell.Value == value)?.Table
        ?? throw new ProblemException(new Problem(
            "PIPE-003",
            $"The matrix of '{basis.Specification.Name}' asks for '{value}', "
            + $"but no row has it in column '{matrix.Column}'.",
            Expected: string.Join(", ", partitioning.Cells.Take(20).Select(cell => $"'{cell.Value}'")),
            Actual: $"'{value}'",
            Next: "Correct matrix.values, or leave it out to build every value that the data has."));
}
