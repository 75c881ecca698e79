using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

public sealed class DuckTests : IDisposable
{
    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    async Task<Table> Run(string sql)
    {
        await using var rows = await DuckRows.Open(files.Context, files.Files, sql);
        var parsed = await files.Parse(rows, rows.Types);
        parsed.QuarantinedRows.ShouldBe(0, string.Join("; ", parsed.Samples));
        return await files.Table(parsed);
    }

    async Task<Problem> Refused(string sql) =>
        (await Should.ThrowAsync<SourceFaultException>(() => Run(sql))).Problem;

    [Fact]
    public async Task FilesAreJoinedAndAggregated()
    {
        files.Add("raw/orders.csv", "customer,amount\n2,1.5\n1,2.5\n2,3\n");
        files.Add("raw/customers.jsonl", "{\"id\":1,\"name\":\"Ada\"}\n{\"id\":2,\"name\":\"Bob\"}\n");
        var table = await Run(
            "select name, count(*) as orders, sum(amount) as total from 'raw/orders.csv' o\n"
            + "join read_json('./raw/customers.jsonl') c on o.customer = c.id group by all order by total");
        string.Join(", ", table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"))
            .ShouldBe("name text, orders integer, total real");
        TypedFiles.Cells(table, "name").ShouldBe("Ada|Bob");
        TypedFiles.Cells(table, "total").ShouldBe("2.5|4.5");
    }

    [Fact]
    public async Task PatternsAndFileNamesAreAsTheStatementWritesThem()
    {
        files.Add("raw/b.csv", "v\n2\n");
        files.Add("raw/a.csv", "v\n1\n");
        TypedFiles.Cells(
            await Run("select filename, v from read_csv('raw/*.csv', filename = true)"), "filename")
            .ShouldBe("raw/a.csv|raw/b.csv");
    }

    [Fact]
    public async Task WithoutAnOrderRowsAreSortedByAllColumns()
    {
        files.Add("a.csv", "k,v\n2,b\n1,z\n2,a\n");
        TypedFiles.Cells(await Run("from 'a.csv'"), "v").ShouldBe("z|a|b");
        TypedFiles.Cells(await Run("from 'a.csv' order by v desc"), "v").ShouldBe("z|b|a");
    }

    [Fact]
    public async Task AllTypesComeOut()
    {
        var table = await Run("""
            select 1::utinyint u, sum(i)::hugeint h, 1.50::decimal(10,2) de, 0.1::float f, 'nan'::double na, true bo,
              date '2026-01-31' d, timestamp '2026-01-31 10:00:00.25' ts, timestamptz '2026-01-31 10:00:00+02' tz,
              timestamp_ns '2026-01-31 10:00:00.123456789' ns, time '10:00:00' t, 'b'::enum('a', 'b') e, null n,
              uuid '00000000-0000-0000-0000-00000000002a' id, '{"a": 1}'::json js, [1, 2] li, {'a': 1} st, 'ab'::blob bl
            from range(5) r(i)
            """);
        string.Join(' ', table.Schema.Columns.Select((column, i) => $"{column.Name}={table[i].Text(0)}"))
            .ShouldBe(
                "u=1 h=10 de=1.50 f=0.1 na= bo=true d=2026-01-31 ts=2026-01-31T10:00:00.25 "
                + "tz=2026-01-31T08:00:00Z ns=2026-01-31T10:00:00.123456 t=10:00:00 e=b n= "
                + "id=00000000-0000-0000-0000-00000000002a js={\"a\": 1} li=[1,2] st={\"a\":1} bl=6162");
    }

    [Fact]
    public async Task DoublesKeepAllTheirDigits()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 2000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()))
            .Where(double.IsFinite).ToList();
        files.Add("a.csv", "v\n" + string.Concat(values.Select(
            value => value.ToString("R", CultureInfo.InvariantCulture) + "\n")));
        var table = await Run("from read_csv('a.csv', columns = {'v': 'double'})");
        ((RealValues)table["v"]).Values.ToArray().ShouldBe(values.Order());
    }

    [Theory]
    [InlineData("select * from '/etc/passwd'")]
    [InlineData("select * from read_text('/etc/passwd')")]
    [InlineData("select * from read_text('../../../../../etc/passwd')")]
    [InlineData("select * from 'a.csv' union all select * from 'b.csv'")]
    [InlineData("select * from glob('/*')")]
    [InlineData("select * from 'https://127.0.0.1:1/a.csv'")]
    [InlineData("select * from 's3://bucket/a.parquet'")]
    [InlineData("select * from sqlite_scan('a.csv', 't')")]
    [InlineData("select * from query('attach ''/tmp/x.db''')")]
    [InlineData("select nme from 'a.csv'")]
    public async Task WhatIsNotAmongTheSourcesCannotBeRead(string sql)
    {
        files.Add("a.csv", "name\nx\n");
        var problem = await Refused(sql);
        problem.Id.ShouldBeOneOf("DATA-045", "DATA-044");
        problem.ToString().ShouldNotContain(files.Folder);
    }

    [Theory]
    [InlineData("copy (select 1) to 'a.csv'")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("attach 'x.db'")]
    [InlineData("set threads = 4")]
    [InlineData("select 1; copy (select 1) to 'b.csv'")]
    [InlineData("select now()")]
    [InlineData("select random ()")]
    [InlineData("from 'a.csv' using sample 1")]
    [InlineData("from 'a.csv' tablesample 10%")]
    [InlineData("select current_setting('temp_directory')")]
    [InlineData("from duckdb_settings()")]
    public async Task StatementsThatDoMoreThanAskAreRefused(string sql)
    {
        files.Add("a.csv", "name\nx\n");
        (await Refused(sql)).Id.ShouldBe("DATA-044");
    }

    [Fact]
    public async Task AQueryThatNeedsMoreThanItMayHoldSpillsOrIsRefused()
    {
        var table = await Run(
            "select i, hash(i)::varchar || repeat('x', 50) s from range(3_000_000) r(i) order by s limit 3");
        table.RowCount.ShouldBe(3);
    }

    [Fact]
    public async Task ColumnsMayBeNamedLikeFunctions()
    {
        files.Add("a.csv", "now,sample,random\n1,2,3\n");
        TypedFiles.Cells(await Run("select now, sample, random from 'a.csv'"), "sample").ShouldBe("2");
    }

    /// <summary>Most of them come before the statement runs: a long one takes its time to be read.</summary>
    [Fact]
    public async Task CancellingEndsAStatementWheneverItComes()
    {
        await using var connection = await DuckDatabase.Open(
            files.Folder + Path.DirectorySeparatorChar, Path.Combine(files.Folder, "spilled"),
            files.Context.Cancellation);
        var statement = "SELECT count(*) FROM range(100000000000000) "
            + string.Concat(Enumerable.Repeat("-- and so on\n", 400_000));
        for (var milliseconds = 0; milliseconds < 40; milliseconds += 2)
        {
            using var cancelled = new CancellationTokenSource(milliseconds);
            var running = DuckDatabase.Execute(connection, statement, cancelled.Token);
            await Should.ThrowAsync<OperationCanceledException>(
                () => running.WaitAsync(TimeSpan.FromSeconds(20), files.Context.Cancellation));
        }
        await DuckDatabase.Execute(connection, "SELECT 1", files.Context.Cancellation);
    }

    [Fact]
    public async Task FunctionsThatMakeLongValuesMakeUsualOnesAsEver()
    {
        var table = await Run("""
            select repeat('ab', 3) a, repeat([1, 2], 2) li, repeat('ab'::blob, 2) bl, lpad('x', 3, '-') l,
              rpad('é', i::int, '.') r, repeat(null, 3) n, repeat('a', 262144) long from range(2) r(i)
            """);
        string.Join(' ', Enumerable.Range(0, 6).Select(i => table[i].Text(1)))
            .ShouldBe("ababab [1,2,1,2] 61626162 --x é ");
        table["long"].Text(0)!.Length.ShouldBe(262_144);
    }

    [Theory]
    [InlineData("select repeat('a', 2000000000) t", "repeat")]
    [InlineData("select repeat('ab', i) t from range(131000, 132000) r(i)", "repeat")]
    [InlineData("select lpad('a', 2000000000, 'b') t", "lpad")]
    [InlineData("select rpad('a', 300000, 'b') t", "rpad")]
    public async Task FunctionsThatMakeValuesTooLongAreRefused(string sql, string function) =>
        (await Refused(sql)).Actual!
            .ShouldContain($"{function} makes a value of more than 262,144 characters");
}
