using DuckDB.NET.Data;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>Times of 96 bits, as Spark and Impala wrote them, held against what DuckDB reads.</summary>
public sealed class Int96Tests : IDisposable
{
    const int Day1970 = 2_440_588;
    const long DayNanoseconds = 86_400_000_000_000;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    static readonly (long Nanoseconds, int Day)?[] Rows =
    [
        (36_000_250_000_000, Day1970 + 20_484), null, (0, Day1970), (DayNanoseconds - 1, Day1970 - 1),
        (1, Day1970 - 1), (999, Day1970 - 1), (1_000, Day1970), (86_399_123_456_789, Day1970 - 25_567),
        (0, Day1970 - 171_000), (DayNanoseconds - 1, Day1970 + 2_932_896), null, (0, Day1970 - 719_162),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TimesOf96BitsAreReadAsDuckDbReadsThem(bool hasDictionary)
    {
        var file = files.Add("a.parquet", HandMadeParquet.Of(Rows, hasDictionary));
        var inferred = await files.InferParquet(file);
        TypedFiles.Described(inferred).ShouldBe("t timestamp");
        var parsed = await files.ParseParquet(file, Inference.Merge([inferred]));
        parsed.QuarantinedRows.ShouldBe(0);
        var cells = TypedFiles.Cells(await files.Table(parsed), "t");
        cells.ShouldBe(await DuckCells(file));
        cells.ShouldStartWith("2026-01-31T10:00:00.25|-|1970-01-01T00:00:00|1969-12-31T23:59:59.999999|");
    }

    /// <summary>Negative nanoseconds and those of more than a day count on.</summary>
    [Fact]
    public async Task NanosecondsOfAnotherDayAreCountedOn()
    {
        var file = files.Add("a.parquet", HandMadeParquet.Of(
            [(-1_000, Day1970), (DayNanoseconds + 5_000, Day1970), (-DayNanoseconds * 2, Day1970)], false));
        var cells = TypedFiles.Cells(await files.Table(await files.ParseParquet(
            file, [new("t", ColumnType.Timestamp)])), "t");
        cells.ShouldBe("1969-12-31T23:59:59.999999|1970-01-02T00:00:00.000005|1969-12-30T00:00:00");
        cells.ShouldBe(await DuckCells(file));
    }

    /// <summary>The row alone, also where DuckDB would count over.</summary>
    [Theory]
    [InlineData(0, Day1970 + 2_932_897, "+10000-01-01T00:00:00")]
    [InlineData(DayNanoseconds, Day1970 + 2_932_896, "+10000-01-01T00:00:00")]
    [InlineData(0, int.MaxValue, "+5874898-06-03T00:00:00")]
    [InlineData(0, int.MinValue, "-5884323-05-15T00:00:00")]
    [InlineData(long.MaxValue, Day1970 + 2_932_896, "+10292-04-09T23:47:16.854775")]
    [InlineData(long.MinValue, int.MinValue, "-5884615-02-03T00:12:43.145224")]
    [InlineData(-1, Day1970 - 719_162, "0000-12-31T23:59:59.999999")]
    [InlineData(0, Day1970 - 719_163, "0000-12-31T00:00:00")]
    [InlineData(0, 0, "-4713-11-24T00:00:00")]
    public async Task RowsOfYearsThatNoTableHoldsAreSetAside(long nanoseconds, int day, string shown)
    {
        foreach (var hasDictionary in new[] { false, true })
        {
            var file = files.Add("a.parquet", HandMadeParquet.Of(
                [(0, Day1970), (nanoseconds, day), null, (5_000, Day1970)], hasDictionary));
            var parsed = await files.ParseParquet(file, [new("t", ColumnType.Timestamp)]);
            TypedFiles.Cells(await files.Table(parsed), "t")
                .ShouldBe("1970-01-01T00:00:00|-|1970-01-01T00:00:00.000005");
            parsed.Samples.ShouldHaveSingleItem().ShouldBe(new QuarantinedRow(
                2, "t", $"'{shown}' is not in the years 1 to 9999", $"{{\"t\":\"{shown}\"}}"));
        }
    }

    async Task<string> DuckCells(SourceFile file)
    {
        var path = Path.Combine(files.Folder, "read.parquet");
        await File.WriteAllBytesAsync(path, await files.Bytes(file));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select t from '{path}'";
        using var reader = command.ExecuteReader();
        var cells = new List<string>();
        while (reader.Read())
            cells.Add(reader.IsDBNull(0) ? "-" : reader.GetDateTime(0).ToString(
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", System.Globalization.CultureInfo.InvariantCulture));
        return string.Join('|', cells);
    }
}
