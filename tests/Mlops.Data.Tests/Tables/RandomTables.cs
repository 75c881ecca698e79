using System.Globalization;
using CsCheck;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Tables;

/// <summary>Random tables of every column type, and what it means for two to be equal.</summary>
static class RandomTables
{
    const int MaxRows = 40;
    const long MaxTimestamp = 253402300799999999;
    const long MinTimestamp = -62135596800000000;

    public static Gen<Column> Column { get; } =
        Gen.Select(Gen.Enum<ColumnType>(), Gen.Int[1, DeclaredType.MaxPrecision], Gen.Double[0, 1])
            .Select((type, precision, share) => type == ColumnType.Decimal
                ? new Column("", type, precision, (int)(share * precision))
                : new Column("", type));

    public static Gen<Table> Table { get; } =
        Gen.Select(Column.Array[1, 8], Gen.Int[0, MaxRows]).SelectMany((columns, rows) =>
            columns.Select(column => Values(column, rows)).Aggregate(
                Gen.Const(Array.Empty<ColumnValues>()),
                (all, next) =>
                    Gen.Select(all, next, (values, column) => (ColumnValues[])[.. values, column]))
            .Select(values => new Table(
                new TableSchema([.. columns.Select((column, i) => column with { Name = $"column {i}.x" })]),
                values)));

    /// <summary>Missing values and extremes among them.</summary>
    public static Gen<ColumnValues> Values(Column column, int rows) => column.Type switch
    {
        ColumnType.Text or ColumnType.Category =>
            Gen.String[Gen.Char['!', '\u024f'], 1, 6].Array[1, 5].Select(
            levels => levels.Where(level => !string.IsNullOrWhiteSpace(level)).Select(level => level.Trim())
                .DefaultIfEmpty("x").Distinct().ToArray())
            .SelectMany(levels => Gen.Int[-1, levels.Length - 1].Array[rows]
                .Select(codes => (ColumnValues)new TextValues(codes, levels, column.Type))),
        ColumnType.Real => Gen.Frequency((1, Gen.Const(double.NaN)), (4, Gen.Double)).Array[rows]
            .Select(values => (ColumnValues)new RealValues(values)),
        ColumnType.Float => Gen.Frequency(
                (1, Gen.Const(float.NaN)), (1, Gen.OneOf(Gen.Const(float.MinValue), Gen.Const(float.MaxValue),
                    Gen.Const(float.Epsilon), Gen.Const(-0f))),
                (4, Gen.Float)).Array[rows]
            .Select(values => (ColumnValues)new RealValues(
                [.. values.Select(value => (double)value)], ColumnType.Float)),
        ColumnType.Boolean => Whole(column, rows, 0, 1),
        ColumnType.Date => Whole(column, rows, -719162, 2932896),
        ColumnType.Timestamp or ColumnType.Instant => Whole(column, rows, MinTimestamp, MaxTimestamp),
        ColumnType.Int32 => Whole(column, rows, int.MinValue, int.MaxValue),
        ColumnType.Decimal =>
            Whole(column, rows, -Nines(column.Precision!.Value), Nines(column.Precision.Value)),
        _ => Whole(column, rows, long.MinValue + 1, long.MaxValue),
    };

    public static string Print(Table table) => string.Join('\n', table.Schema.Columns.Select((column, i) =>
        $"{column}: {string.Join(" | ", Enumerable.Range(0, table.RowCount).Select(table[i].Text))}"));

    static long Nines(int digits) =>
        (long)decimal.Parse(new string('9', digits), CultureInfo.InvariantCulture);

    static Gen<ColumnValues> Whole(Column column, int rows, long least, long greatest) =>
        Gen.Frequency(
                (1, Gen.Const(WholeValues.Missing)), (1, Gen.OneOf(Gen.Const(least), Gen.Const(greatest))),
                (4, Gen.Long[least, greatest])).Array[rows]
            .Select(values => (ColumnValues)new WholeValues(column.Type, values, column.Scale ?? 0));

    public static void ShouldBeEqual(Table actual, Table expected)
    {
        actual.Schema.Columns.ShouldBe(expected.Schema.Columns);
        actual.RowCount.ShouldBe(expected.RowCount);
        for (var i = 0; i < expected.Schema.Columns.Count; i++)
            for (var row = 0; row < expected.RowCount; row++)
                if (actual[i].Text(row) != expected[i].Text(row))
                    Assert.Fail(
                        $"Row {row} of {expected.Schema.Columns[i]}: '{actual[i].Text(row)}', "
                        + $"not '{expected[i].Text(row)}'.");
    }
}
