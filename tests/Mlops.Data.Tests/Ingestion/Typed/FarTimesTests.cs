using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tests.Ingestion.Typed;

/// <summary>Dates, times and decimals of Parquet files that no table holds.</summary>
public sealed class FarTimesTests : IDisposable
{
    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    /// <summary>Rows without one are kept, whatever is in the others of their row group.</summary>
    [Theory]
    [InlineData("timestamp '12000-01-01 00:00:00'", "+12000-01-01T00:00:00")]
    [InlineData("'infinity'::timestamp", "+294247-01-10T04:00:54.775807")]
    [InlineData("'-infinity'::timestamp", "-290308-12-21T19:59:05.224193")]
    [InlineData("timestamp '0044-03-15 (BC) 12:30:00.5'", "-0043-03-15T12:30:00.5")]
    [InlineData("timestamp_ms '12000-01-01 00:00:00.25'", "+12000-01-01T00:00:00.25")]
    [InlineData("timestamptz '10000-02-29 00:00:00+00'", "+10000-02-29T00:00:00Z")]
    [InlineData("'infinity'::date", "+5881580-07-11")]
    [InlineData("'-infinity'::date", "-5877641-06-24")]
    [InlineData("date '0001-12-31 (BC)'", "0000-12-31")]
    public async Task RowsOfYearsThatNoColumnHoldsAreSetAside(string far, string shown)
    {
        var file = files.AddParquet("a.parquet", $"""
            select * from (values (1, {far}), (2, '2026-01-31'), (3, null), (4, {far})) t(i, v)
            """);
        var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
        var table = await files.Table(parsed);
        TypedFiles.Cells(table, "i").ShouldBe("2|3");
        TypedFiles.Cells(table, "v").ShouldStartWith("2026-01-31");
        (parsed.KeptRows, parsed.QuarantinedRows).ShouldBe((2, 2));
        parsed.Samples.ShouldBe(new long[] { 1, 4 }.Select(row => new QuarantinedRow(
            row, "v", $"'{shown}' is not in the years 1 to 9999", $"{{\"i\":{row},\"v\":\"{shown}\"}}")));
    }

    [Theory]
    [InlineData("timestamp '9999-12-31 23:59:59.999999'", ColumnType.Timestamp, "9999-12-31T23:59:59.999999")]
    [InlineData("timestamp '0001-01-01 00:00:00'", ColumnType.Timestamp, "0001-01-01T00:00:00")]
    [InlineData("date '9999-12-31'", ColumnType.Date, "9999-12-31")]
    [InlineData("date '0001-01-01'", ColumnType.Date, "0001-01-01")]
    public async Task TheFirstAndTheLastAreKept(string value, ColumnType type, string kept)
    {
        var file = files.AddParquet(
            "a.parquet", $"select * from (values ({value}), ('infinity'), ('-infinity')) t(v)");
        var parsed = await files.ParseParquet(file, [new("v", type)]);
        TypedFiles.Cells(await files.Table(parsed), "v").ShouldBe(kept);
        parsed.QuarantinedRows.ShouldBe(2);
    }

    /// <summary>
    /// Neither a pattern, which is of texts, nor words for missing ones hold otherwise beside one.
    /// </summary>
    [Fact]
    public async Task WhatIsDeclaredOfTheColumnHoldsForTheOtherRows()
    {
        var file = files.AddParquet("a.parquet", """
            select * from (values ('infinity'::timestamp), ('2026-01-31'), ('1900-01-01'), ('-infinity')) t(v)
            """);
        var parsed = await files.ParseParquet(file,
        [
            new("v", ColumnType.Date, "dd.MM.yyyy", Missing: ["1900-01-01", "+294247-01-10T04:00:54.775807"]),
        ]);
        TypedFiles.Cells(await files.Table(parsed), "v").ShouldBe("-|2026-01-31|-");
        parsed.Samples.ShouldHaveSingleItem().Line.ShouldBe(4);
        var texts = await files.ParseParquet(file, [new("v", ColumnType.Text)]);
        TypedFiles.Cells(await files.Table(texts), "v").ShouldStartWith("+294247-01-10T04:00:54.775807|2026");
    }

    /// <summary>
    /// Of milli-, micro- and nanoseconds; 24:00:00 is what databases know as the end of a day.
    /// </summary>
    [Theory]
    [InlineData(TimeUnitPrecision.Millis, 1_000, "30:00:00.5")]
    [InlineData(TimeUnitPrecision.Micros, 1_000_000, "30:00:00.5")]
    [InlineData(TimeUnitPrecision.Nanos, 1_000_000_000, "30:00:00.5")]
    public async Task ATimeOfMoreThanADayIsSetAside(TimeUnitPrecision unit, long perSecond, string shown)
    {
        var field = new TimeDataField("v", unit, isNullable: true);
        var seconds = new decimal[] { 0, 86_399.999m, 86_400, 108_000.5m, -0.5m };
        var file = files.Add("a.parquet", await Written(field, [.. seconds.Select(
            second => (long)(second * perSecond))]));
        var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
        TypedFiles.Cells(await files.Table(parsed), "v").ShouldBe("00:00:00|23:59:59.999|24:00:00");
        parsed.Samples.Select(row => $"{row.Line} {row.Column} {row.Reason}").ShouldBe(
            [$"4 v '{shown}' is no time of day", "5 v '-00:00:00.5' is no time of day"]);
        parsed.Samples[0].Text.ShouldBe($"{{\"v\":\"{shown}\"}}");
    }

    static async Task<byte[]> Written(TimeDataField field, long[] times)
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        {
            using var group = writer.CreateRowGroup();
            if (field.ClrType == typeof(int))
                await group.WriteAsync<int>(field, times.Select(time => (int?)time).ToArray());
            else
                await group.WriteAsync<long>(field, times.Select(time => (long?)time).ToArray());
        }
        return stream.ToArray();
    }

    /// <summary>A decimal of 64 bits whose units are what stands for no value in a table.</summary>
    [Theory]
    [InlineData(0, "-9223372036854775808", "150")]
    [InlineData(2, "-92233720368547758.08", "1.50")]
    [InlineData(18, "-9.223372036854775808", "0.000000000000000150")]
    public async Task ADecimalThatNoColumnHoldsIsSetAsideWithAllItsDigits(
        int scale, string shown, string usual)
    {
        const int Int64 = 2, Decimal = 5;
        byte[]?[] rows = [BitConverter.GetBytes(150L), BitConverter.GetBytes(long.MinValue), null];
        var file = files.Add("a.parquet", HandMadeParquet.Of(rows, Int64, Decimal, scale: scale));
        var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
        TypedFiles.Cells(await files.Table(parsed), "t").ShouldBe($"{usual}|-");
        var row = parsed.Samples.ShouldHaveSingleItem();
        (row.Line, row.Column).ShouldBe((2, "t"));
        row.Reason.ShouldStartWith($"'{shown}' ");
        var texts = await files.Table(await files.ParseParquet(file, [new("t", ColumnType.Text)]));
        TypedFiles.Cells(texts, "t").ShouldBe($"{usual}|{shown}|-");
    }

    [Fact]
    public async Task WordsForMissingOnesHoldBesideANumberThatNoColumnHolds()
    {
        var file = files.AddParquet("a.parquet", """
            select * from (values (-999::bigint), ((-9223372036854775808)::bigint), (7)) t(v)
            """);
        var parsed = await files.ParseParquet(file, [new("v", ColumnType.Integer, Missing: ["-999"])]);
        TypedFiles.Cells(await files.Table(parsed), "v").ShouldBe("-|7");
        parsed.QuarantinedRows.ShouldBe(1);
    }
}
