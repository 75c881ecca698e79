using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

public sealed class ParquetSourceTests : IDisposable
{
    const string Flat = """
        select 1::tinyint i1, 2::smallint i2, 3::integer i4, 4::bigint i8, 5::utinyint u1, 6::usmallint u2, 7::uinteger u4,
          8::ubigint u8, 0.1::float f, 0.1::double d, 1.50::decimal(10, 2) de, true bo, 'x' te, date '2026-01-31' da,
          timestamp '2026-01-31 10:00:00.25' ts, timestamptz '2026-01-31 10:00:00+02' tz,
          timestamp_ms '2026-01-31 10:00:00.125' ms, timestamp_ns '2026-01-31 10:00:00.123456789' ns,
          'b'::enum('a', 'b') en, uuid '00000000-0000-0000-0000-00000000002a' id, '{"a": 1}'::json js, time '10:00:00.25' ti,
          123456789012345678901234.5::decimal(30, 3) xl
        union all select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null
        """;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    async Task<Table> Read(SourceFile file)
    {
        var inferred = await files.InferParquet(file);
        inferred.Problems.ShouldBeEmpty();
        var parsed = await files.ParseParquet(file, Inference.Merge([inferred]));
        parsed.QuarantinedRows.ShouldBe(0, string.Join("; ", parsed.Samples));
        return await files.Table(parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", parquet_version v2, compression zstd")]
    [InlineData(", compression gzip, row_group_size 2048")]
    public async Task AllFlatTypesOfAnotherWriterAreRead(string options)
    {
        var file = files.AddParquet("a.parquet", Flat, options);
        TypedFiles.Described(await files.InferParquet(file)).ShouldBe(
            "i1 int32, i2 int32, i4 int32, i8 integer, u1 int32, u2 int32, u4 integer, "
            + "u8 integer, f float, d real, de decimal(10,2), bo boolean, te text, da date, ts timestamp, "
            + "tz timestamp with zone, ms timestamp, ns timestamp, en text, id text, "
            + "js text, ti text, xl real");
        var table = await Read(file);
        table.RowCount.ShouldBe(2);
        string.Join(' ', table.Schema.Columns.Select((column, i) => table[i].Text(0))).ShouldBe(
            "1 2 3 4 5 6 7 8 0.1 0.1 1.50 true x 2026-01-31 2026-01-31T10:00:00.25 2026-01-31T08:00:00Z "
            + "2026-01-31T10:00:00.125 2026-01-31T10:00:00.123456 b 00000000-0000-0000-0000-00000000002a "
            + "{\"a\": 1} 10:00:00.25 1.2345678901234569E+23");
        table.Schema.Columns.Select((_, i) => table[i].IsMissing(1)).ShouldAllBe(missing => missing);
    }

    /// <summary>More digits than .NET's own decimals have; the columns beside them keep their types.</summary>
    [Fact]
    public async Task DecimalsOfUpTo38DigitsAreTheNearestDoubles()
    {
        var file = files.AddParquet("a.parquet", """
            select 1::bigint id, 12345678901234567890123456789012345678::decimal(38, 0) wide,
              -123456789012345678.5::decimal(38, 20) fine, 1.50::decimal(10, 2) de, [1] li
            union all select 2, null, 0.25, null, null
            """);
        ColumnDeclaration[] declared =
        [
            new("id", ColumnType.Integer), new("wide", ColumnType.Real), new("fine", ColumnType.Real),
            new("de", ColumnType.Decimal, Precision: 10, Scale: 2),
        ];
        var table = await files.Table(await files.ParseParquet(file, declared));
        foreach (var (column, cells) in new[]
        {
            ("id", "1|2"), ("wide", "1.2345678901234568E+37|-"), ("fine", "-1.2345678901234568E+17|0.25"),
            ("de", "1.50|-"),
        })
            TypedFiles.Cells(table, column).ShouldBe(cells);
    }

    /// <summary>As pandas writes its dates.</summary>
    [Fact]
    public async Task MidnightsAreDatesWhereTheseAreDeclaredAndOtherTimesAreSetAside()
    {
        var file = files.AddParquet("a.parquet", """
            select unnest([timestamp '2026-01-31', null, timestamp '1969-12-31', timestamp '1969-12-31 23:59:59.999999'])
              d, 1 i
            """);
        var parsed = await files.ParseParquet(
            file, [new("d", ColumnType.Date), new("i", ColumnType.Integer)]);
        TypedFiles.Cells(await files.Table(parsed), "d").ShouldBe("2026-01-31|-|1969-12-31");
        var row = parsed.Samples.ShouldHaveSingleItem();
        (row.Line, row.Column, row.Reason).ShouldBe(
            (4, "d", "'1969-12-31T23:59:59.999999' is not a date: it has a time of day"));
    }

    [Fact]
    public async Task NestedColumnsAreRefusedByNameAndLeftOutWhereOthersAreDeclared()
    {
        var file = files.AddParquet(
            "a.parquet", "select 1 id, [1, 2] li, {'a': 1} st, map {'k': 1} ma, 'ab'::blob bl");
        (await files.InferParquet(file)).Problems.Select(problem => problem.Where!.Field)
            .ShouldBe(["li", "st", "ma", "bl"]);
        var parsed = await files.ParseParquet(file, [new("id", ColumnType.Integer)]);
        TypedFiles.Cells(await files.Table(parsed), "id").ShouldBe("1");
        (await files.ParseParquet(file, [new("id", ColumnType.Integer), new("st", ColumnType.Text)]))
            .Problems.ShouldHaveSingleItem().What.ShouldContain("'st' is a record");
    }

    [Fact]
    public async Task DeclaredTypesHoldAndRowsThatDoNotFitAreQuarantined()
    {
        var file = files.AddParquet("a.parquet", """
            select * from (values (1, 1.0::double, '2026-01-31', 'a', 2), (2, 'inf'::double, 'x', ' ', 3), (3, 2.5, null, 'NA', null))
            t(i, r, d, t, b)
            """);
        var parsed = await files.ParseParquet(
            file,
            [
                new("r", ColumnType.Real), new("d", ColumnType.Date), new("i", ColumnType.Real),
                new("t", ColumnType.Text), new("b", ColumnType.Text),
            ], new TextFormat(Missing: ["NA"]));
        var table = await files.Table(parsed);
        TypedFiles.Cells(table, "i").ShouldBe("1|3");
        TypedFiles.Cells(table, "d").ShouldBe("2026-01-31|-");
        TypedFiles.Cells(table, "t").ShouldBe("a|-");
        TypedFiles.Cells(table, "b").ShouldBe("2|-");
        parsed.Samples.ShouldHaveSingleItem().ShouldBe(new QuarantinedRow(
            2, "r", "'Infinity' is not a number",
            "{\"r\":\"Infinity\",\"d\":\"x\",\"i\":2,\"t\":\" \",\"b\":3}"));
    }

    /// <summary>Writers that see no value in a column give it any type, mostly INT32.</summary>
    [Theory]
    [InlineData("timestamp '2026-01-31 10:00:00'", "timestamp", "2026-01-31T10:00:00")]
    [InlineData("'x'", "text", "x")]
    [InlineData("1.5::decimal(5, 2)", "decimal(5,2)", "1.50")]
    [InlineData("true", "boolean", "true")]
    public async Task AFileWithoutAnyValueInAColumnLeavesItsTypeToTheOthers(
        string value, string type, string text)
    {
        using var workspace = new Workspace();
        workspace.With("1.parquet", await files.Bytes(files.AddParquet("1", "select 1 id, null v")))
            .With("2.parquet", await files.Bytes(files.AddParquet("2", $"select 2 id, {value} v")))
            .With("3.parquet", await files.Bytes(files.AddParquet("3", "select 3 id, 4 v limit 0")));
        var dataset = await workspace.Ingest(workspace.Input());
        dataset.Table.Schema.Columns[1].TypeWord.ShouldBe(type);
        dataset.Judgement.Findings.ShouldBeEmpty();
        (await workspace.Cells(dataset, "v")).ShouldBe($"-|{text}");
    }

    /// <summary>Of 64 bits without a sign half are more than a column of integers holds.</summary>
    [Theory]
    [InlineData("18446744073709551615::ubigint", "7::ubigint", "7", "18446744073709551615")]
    [InlineData("9223372036854775808::ubigint", "9223372036854775807::ubigint", "9223372036854775807",
        "9223372036854775808")]
    [InlineData("(-9223372036854775808)::bigint", "-9223372036854775807::bigint", "-9223372036854775807",
        "-9223372036854775808")]
    public async Task RowsOfWholeNumbersThatNoColumnHoldsAreSetAside(
        string wide, string usual, string kept, string shown)
    {
        var file = files.AddParquet("a.parquet", $"""
            select * from (values (1, {usual}), (2, {wide}), (3, null)) t(i, v)
            """);
        var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
        var table = await files.Table(parsed);
        TypedFiles.Cells(table, "i").ShouldBe("1|3");
        TypedFiles.Cells(table, "v").ShouldBe($"{kept}|-");
        table.Schema.Columns[1].Type.ShouldBe(ColumnType.Integer);
        parsed.Samples.ShouldHaveSingleItem().ShouldBe(new QuarantinedRow(
            2, "v", $"'{shown}' is not an integer", $"{{\"i\":2,\"v\":{shown}}}"));
        var texts = await files.ParseParquet(file, [new("v", ColumnType.Text)]);
        TypedFiles.Cells(await files.Table(texts), "v").ShouldBe($"{kept}|{shown}|-");
        var reals = await files.Table(await files.ParseParquet(file, [new("v", ColumnType.Real)]));
        reals["v"].Number(1).ShouldBe(double.Parse(shown, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task PartsOfAMicrosecondAreCutOffDownwardsBefore1970Too()
    {
        var table = await Read(files.AddParquet(
            "a.parquet", "select timestamp_ns '1969-12-31 23:59:59.9999999' t"));
        TypedFiles.Cells(table, "t").ShouldBe("1969-12-31T23:59:59.999999");
    }

    [Fact]
    public async Task RowGroupsOfAnySizeMakeTheSamePart()
    {
        const string query = "select i, i % 7 k, 'level ' || (i % 13) t, i / 8 r from range(300_000) r(i)";
        var digests = new List<Digest>();
        foreach (var options in new[] { "", ", row_group_size 5000", ", row_group_size 200000" })
        {
            var file = files.AddParquet("a.parquet", query, options);
            var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
            parsed.KeptRows.ShouldBe(300_000);
            digests.Add(parsed.Part!.File.Digest);
        }
        digests.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task DiamondsAsTextAndAsParquetMakeTheSamePart()
    {
        using var text = new Workspace();
        text.With("diamonds.csv", SharedData.Read("diamonds", "diamonds.csv"));
        var dataset = await text.Ingest(text.Input());
        var file = files.Add("diamonds.parquet", SharedData.Read("diamonds", "diamonds.parquet"));
        var columns = Inference.Merge([await files.InferParquet(file)]);
        columns.Select(column => column.Column()).ShouldBe(dataset.Table.Schema.Columns);
        (await files.ParseParquet(file, columns)).Part.ShouldBe(dataset.Table.Parts.ShouldHaveSingleItem());
    }

    [Fact]
    public async Task WhatIsNoParquetIsSaid()
    {
        byte[][] none =
        [
            [], [.. "PAR1"u8], [.. "id,name\n1,x\n"u8], [.. "PAR1"u8, 255, 255, 255, 127, .. "PAR1"u8],
        ];
        foreach (var bytes in none)
            (await Should.ThrowAsync<ProblemException>(() =>
                files.InferParquet(files.Add("a.parquet", bytes))))
                .Problems.ShouldHaveSingleItem().Id.ShouldBe("DATA-002");
    }

    /// <summary>
    /// Of a page of the second version whose values are all missing, levels are all there is: writers leave
    /// out what would be packed, and need not say that nothing is.
    /// </summary>
    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public async Task APageOfLevelsAloneHasNothingPacked(string compression)
    {
        var whole = await files.Bytes(files.AddParquet(
            "a.parquet", "select null::int i from range(100)", $", compression {compression}"));
        // Definition levels: a run of 100 zeros.
        byte[] levels = [0xc8, 0x01, 0x00];
        byte[] page =
        [
            // Kind 3, three bytes unpacked and as many packed; the eighth field is a structure.
            0x15, 0x06, 0x15, 0x06, 0x15, 0x06, 0x5c,
            // 100 values, 100 missing, 100 rows, plain, so many bytes of definition levels, none of others.
            0x15, 0xc8, 0x01, 0x15, 0xc8, 0x01, 0x15, 0xc8, 0x01, 0x15, 0x00, 0x15, 0x06, 0x15, 0x00, 0, 0,
            .. levels,
        ];
        page.CopyTo(whole, "PAR1".Length);
        var file = files.Add("b.parquet", whole);
        var parsed = await files.ParseParquet(file, Inference.Merge([await files.InferParquet(file)]));
        (await files.Table(parsed))["i"].Count.ShouldBe(100);
        TypedFiles.Cells(await files.Table(parsed), "i").ShouldNotContain("0");
    }
}
