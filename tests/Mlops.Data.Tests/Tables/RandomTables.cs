using CsCheck;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Tables;

/// <summary>Random tables of every column type, and what it means for two to be equal.</summary>
static class RandomTables
{
    const int MaxRows = 40;
    const long MaxTimestamp = 253402300799999999;
    const long MinTimestamp = -62135596800000000;

    static readonly Gen<ColumnType> Types = Gen.Enum<ColumnType>();

    public static Gen<Table> Table { get; } =
        Gen.Select(Types.Array[1, 8], Gen.Int[0, MaxRows]).SelectMany((types, rows) =>
            types.Select(type => Values(type, rows)).Aggregate(
                Gen.Const(Array.Empty<ColumnValues>()),
                (all, next) =>
                    Gen.Select(all, next, (columns, column) => (ColumnValues[])[.. columns, column]))
            .Select(columns => new Table(
                new TableSchema([.. types.Select((type, i) => new Column($"column {i}.x", type))]),
                columns)));

    static Gen<ColumnValues> Values(ColumnType type, int rows) => type switch
    {
        ColumnType.Text =>
            Gen.String[Gen.Char['!', '\u024f'], 1, 6].Array[1, 5].Select(
            levels => levels.Where(level => !string.IsNullOrWhiteSpace(level)).DefaultIfEmpty("x").Distinct()
            .ToArray())
            .SelectMany(levels => Gen.Int[-1, levels.Length - 1].Array[rows]
                .Select(codes => (ColumnValues)new TextValues(codes, levels))),
        ColumnType.Real => Gen.Frequency((1, Gen.Const(double.NaN)), (4, Gen.Double)).Array[rows]
            .Select(values => (ColumnValues)new RealValues(values)),
        ColumnType.Boolean => Whole(type, rows, Gen.Long[0, 1]),
        ColumnType.Date => Whole(type, rows, Gen.Long[-719162, 2932896]),
        ColumnType.Timestamp => Whole(type, rows, Gen.Long[MinTimestamp, MaxTimestamp]),
        _ => Whole(type, rows, Gen.Long[long.MinValue + 1, long.MaxValue]),
    };

    static Gen<ColumnValues> Whole(ColumnType type, int rows, Gen<long> value) =>
        Gen.Frequency((1, Gen.Const(WholeValues.Missing)), (4, value)).Array[rows]
            .Select(values => (ColumnValues)new WholeValues(type, values));

    public static void ShouldBeEqual(Table actual, Table expected)
    {
        actual.Schema.Columns.ShouldBe(expected.Schema.Columns);
        actual.RowCount.ShouldBe(expected.RowCount);
        for (var i = 0; i < expected.Schema.Columns.Count; i++)
            for (var row = 0; row < expected.RowCount; row++)
                if (actual[i].Text(row) != expected[i].Text(row))
                    Assert.Fail($"Row {row} of {expected.Schema.Columns[i]}: '{actual[i].Text(row)}', not '{expected[i].Text(row)}'.");
    }
}
