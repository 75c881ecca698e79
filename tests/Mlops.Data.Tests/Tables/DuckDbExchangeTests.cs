using System.Globalization;
using CsCheck;
using DuckDB.NET.Data;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Tables;

/// <summary>What we write DuckDB reads equal, and what DuckDB writes we do: each type, missing values,
/// extremes.</summary>
public sealed class DuckDbExchangeTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-duckdb-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task DuckDbReadsWhatWeWrite() =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            var path = await Write(table);
            using var connection = Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM read_parquet('{path}')";
            using var reader = command.ExecuteReader();
            for (var row = 0; row < table.RowCount; row++)
            {
                reader.Read().ShouldBeTrue();
                for (var i = 0; i < table.Schema.Columns.Count; i++)
                    (reader.IsDBNull(i) ? null : Said(reader, i, table.Schema.Columns[i].Type))
                        .ShouldBe(table[i].Text(row), $"{table.Schema.Columns[i]} row {row}");
            }
            reader.Read().ShouldBeFalse();
        }, iter: 60, threads: 1);

    [Theory]
    [InlineData("snappy", 2048)]
    [InlineData("zstd", 2048)]
    [InlineData("gzip", 122_880)]
    [InlineData("uncompressed", 122_880)]
    public async Task WeReadWhatDuckDbWrites(string compression, int rowGroup) =>
        await RandomTables.Table.Where(table => table.RowCount > 0).SampleAsync(async table =>
        {
            var (ours, theirs) = (await Write(table), Path.Combine(directory, "theirs.parquet"));
            Execute($"COPY (SELECT * FROM read_parquet('{ours}')) TO '{theirs}' "
                + $"(FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE {rowGroup})");
            RandomTables.ShouldBeEqual(
                await TableFile.Read(theirs, ct: TestContext.Current.CancellationToken),
                WithoutCategories(table));
        }, iter: 25, threads: 1);

    [Fact]
    public async Task SeveralRowGroupsWithDictionariesAndGapsAreReadEqual()
    {
        var path = Path.Combine(directory, "groups.parquet");
        Execute("COPY (SELECT i AS n, CASE WHEN i % 7 = 0 THEN NULL ELSE 'level ' || (i % 50) END AS t, "
            + "CASE WHEN i % 3 = 0 THEN NULL ELSE i / 4.0 END::DOUBLE AS x FROM "
            + $"range(10000) r(i)) TO '{path}' "
            + "(FORMAT parquet, ROW_GROUP_SIZE 2048)");
        await using var stream = File.OpenRead(path);
        await using var file = await ParquetFile.Open(
            stream, "groups.parquet", TestContext.Current.CancellationToken);
        file.RowGroupCount.ShouldBeGreaterThan(3);
        var table = await TableFile.Read(path, ct: TestContext.Current.CancellationToken);
        table.RowCount.ShouldBe(10_000);
        for (var i = 0; i < table.RowCount; i++)
        {
            table["n"].Number(i).ShouldBe(i);
            table["t"].Text(i).ShouldBe(i % 7 == 0 ? null : $"level {i % 50}");
            table["x"].Number(i).ShouldBe(i % 3 == 0 ? double.NaN : i / 4.0);
        }
    }

    /// <summary>Whole numbers, dates, times and decimals as differences, real numbers byte by byte.</summary>
    [Fact]
    public async Task WeReadWhatTheSecondVersionOfTheFormatPacks()
    {
        var path = Path.Combine(directory, "second.parquet");
        Execute("COPY (SELECT (i % 100)::TINYINT a, i::INT b, (i * 7)::UBIGINT c, (i / 8)::FLOAT d, i / 8 e, "
            + "'x' || i f, DATE '1969-12-01' + i::INT g, "
            + "TIMESTAMP '1969-12-31 23:00:00' + INTERVAL 1 SECOND * i h, "
            + "(i / 4)::DECIMAL(9,2) j, (i / 4)::DECIMAL(18,2) k, (i / 4)::DECIMAL(30,2) l, "
            + "TIME '00:00:00' + INTERVAL 1 SECOND * i m, "
            + "make_timestamp_ns(-999999100 + i::BIGINT * 1000000000) n, "
            + "TIMESTAMPTZ '1970-01-01 00:00:00+00' + INTERVAL 1 SECOND * i o FROM range(5000) r(i)) "
            + $"TO '{path}' (FORMAT parquet, PARQUET_VERSION v2)");
        var table = await TableFile.Read(path, ct: TestContext.Current.CancellationToken);
        string.Join(' ', table.Schema.Columns.Select((_, i) => table[i].Text(4999))).ShouldBe(
            "99 4999 34993 624.875 624.875 x4999 1983-08-09 1970-01-01T00:23:19 1249.75 1249.75 1249.75 "
            + "01:23:19 1970-01-01T01:23:18 1970-01-01T01:23:19Z");
        string.Join(' ', table.Schema.Columns.Select((_, i) => table[i].Text(0))).ShouldBe(
            "0 0 0 0 0 x0 1969-12-01 1969-12-31T23:00:00 0.00 0.00 0 00:00:00 "
            + "1969-12-31T23:59:59 1970-01-01T00:00:00Z");
    }

    [Fact]
    public async Task NestedColumnsAreRefusedByName()
    {
        var path = Path.Combine(directory, "nested.parquet");
        Execute(
            $"COPY (SELECT 1 AS n, [1, 2] AS list, {{'a': 1}} AS record, MAP {{'k': "
            + $"2}} AS map) TO '{path}' (FORMAT parquet)");
        var problems = (await Should.ThrowAsync<ProblemException>(() => TableFile.Read(path))).Problems;
        problems.Select(problem => problem.What).ShouldBe([
            "The Parquet column 'list' is a list.",
            "The Parquet column 'record' is a record with fields of its own.",
            "The Parquet column 'map' is a map."]);
        (await TableFile.Read(path, ["n"], TestContext.Current.CancellationToken))[0].Number(0).ShouldBe(1);
    }

    /// <summary>Every byte of a small file turned over: a table or a problem, never anything else.</summary>
    [Fact]
    public async Task DamagedFilesAreProblems()
    {
        var path = Path.Combine(directory, "whole.parquet");
        Execute("COPY (SELECT i AS n, 'level ' || (i % 3) AS t, i / 4.0 AS d FROM range(20) r(i)) "
            + $"TO '{path}' (FORMAT parquet)");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        for (var at = 0; at < whole.Length; at++)
            foreach (var flip in new byte[] { 0xFF, 0x01, 0x80 })
            {
                var damaged = (byte[])whole.Clone();
                damaged[at] ^= flip;
                await ReadsOrSaysWhy(damaged);
            }
        for (var length = 0; length < whole.Length; length += 7)
            await ReadsOrSaysWhy(whole[..length]);
    }

    async Task ReadsOrSaysWhy(byte[] bytes)
    {
        var path = Path.Combine(directory, "damaged.parquet");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        try
        {
            // On a thread of its own: a reader that never ends is a failure, too.
            await Task.Run(() => TableFile.Read(path))
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (ProblemException problem)
        {
            problem.Problems.ShouldNotBeEmpty();
        }
    }

    static Table WithoutCategories(Table table) => new(
        new TableSchema([.. table.Schema.Columns.Select(column =>
            column.Type == ColumnType.Category ? column with { Type = ColumnType.Text } : column)]),
        [.. table.Schema.Columns.Select((_, i) => table[i] is TextValues text
            ? new TextValues(text.Codes.ToArray(), [.. text.Levels]) : table[i])]);

    /// <summary>A value that DuckDB gave, written as we write it.</summary>
    static string? Said(DuckDBDataReader reader, int column, ColumnType type) => type switch
    {
        ColumnType.Boolean => new WholeValues(type, [reader.GetBoolean(column) ? 1 : 0]).Text(0),
        ColumnType.Integer => new WholeValues(type, [reader.GetInt64(column)]).Text(0),
        ColumnType.Int32 => new WholeValues(type, [reader.GetInt32(column)]).Text(0),
        ColumnType.Real => new RealValues([reader.GetDouble(column)]).Text(0),
        ColumnType.Float => new RealValues([reader.GetFloat(column)], type).Text(0),
        ColumnType.Decimal => reader.GetDecimal(column).ToString(CultureInfo.InvariantCulture),
        ColumnType.Text or ColumnType.Category => reader.GetString(column),
        ColumnType.Date => new WholeValues(type, [Ticks(reader, column) / TimeSpan.TicksPerDay]).Text(0),
        _ => new WholeValues(type, [Ticks(reader, column) / TimeSpan.TicksPerMicrosecond]).Text(0),
    };

    static long Ticks(DuckDBDataReader reader, int column) =>
        reader.GetDateTime(column).Ticks - DateTime.UnixEpoch.Ticks;

    async Task<string> Write(Table table)
    {
        var path = Path.Combine(directory, "ours.parquet");
        await using var stream = File.Create(path);
        await TableFile.Write(stream, table, TestContext.Current.CancellationToken);
        return path;
    }

    static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    static void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
