using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>Rows that travel with a model, so that whoever receives it can check what it says of them.</summary>
static class GoldenRows
{
    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";

    /// <summary>At most <paramref name="most"/> of the rows, evenly spread from the first one on.</summary>
    public static int[] Choose(int[] rows, int most)
    {
        var count = Math.Min(rows.Length, most);
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }

    public static GoldenInputs Inputs(Table golden) => new(
        golden.Schema.Columns,
        [.. Enumerable.Range(0, golden.RowCount).Select(row => Cells(golden, row))]);

    public static IReadOnlyList<GoldenPrediction> Expected(
        Predictions predictions, int[] datasetRows, IReadOnlyList<string> classes) =>
        [.. datasetRows.Select((datasetRow, row) => new GoldenPrediction(
            datasetRow,
            predictions.Task == LearningTask.Regression ? null : classes[predictions.PredictedClass[row]],
            [.. predictions.Numbers(row).Select(ExactNumber.Of)]))];

    /// <exception cref="FormatException">A cell is not of its column's type, or a row has too many or few cells.</exception>
    public static Table Read(GoldenInputs inputs)
    {
        if (inputs.Rows.Any(row => row.Count != inputs.Columns.Count))
            throw new FormatException("A golden row has another number of cells than there are columns.");
        return new Table(
            new TableSchema(inputs.Columns),
            [.. inputs.Columns.Select((column, i) => Values(column.Type, [.. inputs.Rows.Select(row => row[i])]))]);
    }

    static string?[] Cells(Table golden, int row) =>
        [.. golden.Schema.Columns.Select((_, column) => golden[column].Text(row))];

    static ColumnValues Values(ColumnType type, string?[] cells) => type switch
    {
        ColumnType.Text => Text(cells),
        ColumnType.Real => new RealValues([.. cells.Select(cell => cell is null
            ? double.NaN
            : double.Parse(cell, CultureInfo.InvariantCulture))]),
        _ => new WholeValues(type, [.. cells.Select(cell => cell is null ? WholeValues.Missing : Whole(type, cell))]),
    };

    static TextValues Text(string?[] cells)
    {
        var levels = cells.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return new TextValues([.. cells.Select(cell => cell is null ? -1 : Array.IndexOf(levels, cell))], levels);
    }

    static long Whole(ColumnType type, string cell) => type switch
    {
        ColumnType.Boolean => bool.Parse(cell) ? 1 : 0,
        ColumnType.Date => DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber
            - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
        ColumnType.Timestamp => (DateTime.ParseExact(cell, TimestampFormat, CultureInfo.InvariantCulture)
            - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        _ => long.Parse(cell, CultureInfo.InvariantCulture),
    };
}
