using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>
/// Rows that travel with a model, so that whoever receives it can check what it says of them.
/// </summary>
static class GoldenRows
{
    /// <summary>At most <paramref name="most"/> of the rows, evenly spread from the first one on.</summary>
    public static int[] Choose(int[] rows, int most)
    {
        var count = Math.Min(rows.Length, most);
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }

    /// <summary>
    /// Rows in which the columns are missing: what the model says of them proves as much, and shows no value.
    /// </summary>
    public static Table WithoutValues(Table golden, IReadOnlyList<string>? columns) =>
        columns is not { Count: > 0 } ? golden : new Table(
            golden.Schema,
            [.. golden.Schema.Columns.Select(column => columns.Contains(column.Name)
                ? Values(column, new string?[golden.RowCount])
                : golden[column.Name])]);

    public static GoldenInputs Inputs(Table golden) => new(
        golden.Schema.Columns,
        [.. Enumerable.Range(0, golden.RowCount).Select(row => Cells(golden, row))]);

    public static IReadOnlyList<GoldenPrediction> Expected(
        Predictions predictions, int[] datasetRows, IReadOnlyList<string> classes) =>
        [.. datasetRows.Select((datasetRow, row) => new GoldenPrediction(
            datasetRow,
            predictions.Task == LearningTask.Regression ? null : classes[predictions.PredictedClass[row]],
            [.. predictions.Numbers(row).Select(ExactNumber.Of)]))];

    /// <exception cref="FormatException">A cell is not of its column's type, or a row has too many or few
    /// cells.</exception>
    public static Table Read(GoldenInputs inputs)
    {
        if (inputs.Rows.Any(row => row.Count != inputs.Columns.Count))
            throw new FormatException("A golden row has another number of cells than there are columns.");
        return new Table(
            new TableSchema(inputs.Columns),
            [.. inputs.Columns.Select((column, i) =>
                Values(column, [.. inputs.Rows.Select(row => row[i])]))]);
    }

    static string?[] Cells(Table golden, int row) =>
        [.. golden.Schema.Columns.Select((_, column) => golden[column].Text(row))];

    /// <summary>As Ingest would read the cells from a file.</summary>
    static ColumnValues Values(Column column, string?[] cells)
    {
        var values = TypedText.Read(ColumnDeclaration.Of(column), cells, out var problem);
        return problem is null
            ? values
            : throw new FormatException($"In the golden column '{column.Name}' {problem}.");
    }
}
