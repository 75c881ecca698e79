using Mlops.Data.Ingestion;
using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion.Typed;

public sealed class SqliteTests : IDisposable
{
    const string People = """
        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, height REAL, born DATE, vip BOOLEAN);
        INSERT INTO people
          VALUES (3, 'Cid', 1.5, '1990-01-31', 1), (1, 'Ada', 2, '1815-12-10', 0), (2, NULL, NULL, NULL, NULL);
        CREATE INDEX cover ON people (name, height, born, vip, id);
        """;

    readonly TypedFiles files = new();

    public void Dispose() => files.Dispose();

    Task<SqliteRows> Open(SourceFile file, string? table = null, string? query = null) =>
        SqliteRows.Open(files.Context, file.Digest, table, query);

    async Task<Problem> Refused(SourceFile file, string? table = null, string? query = null) =>
        (await Should.ThrowAsync<SourceFaultException>(async () =>
        {
            await using var rows = await Open(file, table, query);
            while (await rows.Next(files.Context.Cancellation))
            {
            }
        })).Problem;

    [Fact]
    public async Task ATextThatIsNoUtf8IsSetAsideAndNotChanged()
    {
        var file = files.AddSqlite("a.db", """
            CREATE TABLE t (id INTEGER, v TEXT);
            INSERT INTO t VALUES (1, CAST(x'61ff62' AS TEXT)), (2, 'a' || char(65533)), (3, 'a' || char(0) || 'b'),
              (4, CAST(x'e282' AS TEXT)), (5, CAST(x'f0909061' AS TEXT));
            """);
        var parsed = await files.Parse(
            await Open(file), [new("id", ColumnType.Integer), new("v", ColumnType.Text)]);
        parsed.Samples.Select(row => (row.Line, row.Reason)).ShouldBe(
            new[] { 1L, 4, 5 }.Select(line => (line, "the text of 'v' is not UTF-8")));
        TypedFiles.Cells(await files.Table(parsed), "v").ShouldBe("a\ufffd|a\0b");
    }

    async Task<string> Ids(SourceFile file, string? table = null, string? query = null)
    {
        await using var rows = await Open(file, table, query);
        var ids = new List<string>();
        while (await rows.Next(files.Context.Cancellation))
            ids.Add(rows.Cells[0].ToString());
        return string.Join(',', ids);
    }

    [Fact]
    public async Task TheOnlyTableComesInOrderOfItsIdsWithItsTypes()
    {
        var file = files.AddSqlite("a.db", People);
        TypedFiles.Described(await files.Infer(await Open(file)))
            .ShouldBe("id integer, name text, height real, born date, vip boolean");
        var parsed = await files.Parse(
            await Open(file), Inference.Merge([await files.Infer(await Open(file))]));
        var table = await files.Table(parsed);
        TypedFiles.Cells(table, "id").ShouldBe("1|2|3");
        TypedFiles.Cells(table, "name").ShouldBe("Ada|-|Cid");
        TypedFiles.Cells(table, "height").ShouldBe("2|-|1.5");
        TypedFiles.Cells(table, "born").ShouldBe("1815-12-10|-|1990-01-31");
        TypedFiles.Cells(table, "vip").ShouldBe("false|-|true");
    }

    [Fact]
    public async Task WithoutRowIdsTheKeySaysTheOrderAndAViewIsSortedByAllColumns()
    {
        var file = files.AddSqlite("a.db", """
            CREATE TABLE t (b TEXT, a INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
            INSERT INTO t VALUES ('x', 2), ('y', 1), ('a', 1);
            CREATE VIEW v AS SELECT b, a FROM t ORDER BY a DESC;
            """);
        (await Ids(file, "t")).ShouldBe("a,y,x");
        (await Ids(file, "v")).ShouldBe("a,x,y");
    }

    [Fact]
    public async Task AQueryKeepsItsOrderOrIsSortedByAllColumns()
    {
        var file = files.AddSqlite("a.db", People);
        (await Ids(file, query: "select id, name from people order by id desc -- all of them"))
            .ShouldBe("3,2,1");
        (await Ids(file, query: "select id % 3, name from people;")).ShouldBe("0,1,2");
        (await Ids(file, query: "select id from (select id from people order by id desc)")).ShouldBe("1,2,3");
    }

    [Fact]
    public async Task TablesThatAreNotThereAreNamedWithTheNearest()
    {
        var file = files.AddSqlite("a.db", "CREATE TABLE orders (a); CREATE TABLE customers (a)");
        (await Refused(file)).Id.ShouldBe("DATA-043");
        (await Refused(file)).Actual.ShouldBe("'customers', 'orders'");
        (await Refused(file, "order")).Next.ShouldBe("Did you mean 'orders'?");
    }

    [Theory]
    [InlineData("delete from people", "DATA-044")]
    [InlineData("select 1; drop table people", "DATA-044")]
    [InlineData("attach '/etc/passwd' as x", "DATA-044")]
    [InlineData("select id, random() from people", "DATA-044")]
    [InlineData("select id, date('now') from people", "DATA-044")]
    [InlineData("select id, current_timestamp from people", "DATA-044")]
    [InlineData("select (1", "DATA-044")]
    [InlineData("select 1) union (select 2", "DATA-044")]
    [InlineData("select 'a", "DATA-044")]
    [InlineData("", "DATA-044")]
    [InlineData("select nme from people", "DATA-045")]
    [InlineData("select load_extension('x') from people", "DATA-045")]
    [InlineData("with d as (select 1) delete from people", "DATA-045")]
    public async Task StatementsThatDoMoreThanAskAreRefused(string query, string id) =>
        (await Refused(files.AddSqlite("a.db", People), query: query)).Id.ShouldBe(id);

    [Fact]
    public async Task BytesAreRefusedByNameOrKeptAsHexadecimalDigits()
    {
        var file = files.AddSqlite(
            "a.db", "CREATE TABLE t (a INTEGER, b BLOB); INSERT INTO t VALUES (1, x'00ff')");
        (await files.Infer(await Open(file))).Problems.ShouldHaveSingleItem().Where!.Field.ShouldBe("b");
        var parsed = await files.Parse(await Open(file), [new("b", ColumnType.Text)]);
        TypedFiles.Cells(await files.Table(parsed), "b").ShouldBe("00ff");
    }

    [Fact]
    public async Task ACellOfAnotherTypeIsQuarantinedWithItsRow()
    {
        var file = files.AddSqlite(
            "a.db", "CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), ('y', 'z')");
        var parsed = await files.Parse(await Open(file), [new("a", ColumnType.Integer)]);
        parsed.Samples.ShouldHaveSingleItem()
            .ShouldBe(new QuarantinedRow(2, "a", "'y' is not an integer", "{\"a\":\"y\",\"b\":\"z\"}"));
    }

    [Fact]
    public async Task WhatIsNoDatabaseIsSaid()
    {
        (await Refused(files.Add("a.db", "id,name\n1,x\n"))).Id.ShouldBe("DATA-042");
        (await Refused(files.Add("b.db", ""))).Id.ShouldBe("DATA-042");
    }

    [Fact]
    public async Task AnyDamageIsAProblemOrChangesCellsAndNothingElse()
    {
        var file = files.AddSqlite("a.db", People);
        var whole = await File.ReadAllBytesAsync(
            Path.Combine(files.Folder, "source-0"), files.Context.Cancellation);
        var random = new Random(5);
        for (var i = 0; i < 150; i++)
        {
            var bytes = whole[..(i % 3 == 0 ? random.Next(whole.Length) : whole.Length)];
            for (var flips = random.Next(1, 4); flips > 0 && bytes.Length > 16; flips--)
                bytes[random.Next(16, bytes.Length)] ^= (byte)(1 << random.Next(8));
            using var damaged = new TypedFiles();
            var source = damaged.Add("a.db", bytes);
            try
            {
                await using var rows = await SqliteRows.Open(damaged.Context, source.Digest, "people", null);
                for (var row = 0; row < 1000 && await rows.Next(files.Context.Cancellation); row++)
                    rows.Raw.ShouldNotBeNull();
            }
            catch (SourceFaultException fault)
            {
                fault.Problem.Id.ShouldBeOneOf("DATA-042", "DATA-043", "DATA-045");
            }
        }
    }

    const string Endless = """
        CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
        """;

    [Theory]
    [InlineData("v", null)]
    [InlineData(null, "select i from v")]
    [InlineData(null, "select i from v limit 1000000000 offset 1 -- order by i")]
    public async Task AViewThatRecursesForEverIsRefused(string? table, string? query)
    {
        var problem = (await Should.ThrowAsync<SourceFaultException>(async () =>
        {
            await using var rows = await SqliteRows.Open(
                files.Context, files.AddSqlite("a.db", Endless).Digest, table, query, leastSteps: 20_000_000);
            while (await rows.Next(files.Context.Cancellation))
            {
            }
        })).Problem;
        problem.Id.ShouldBe("DATA-058");
        problem.Expected.ShouldBe("at most 20,409,600 steps of SQLite for a file of 4,096 bytes");
    }

    [Theory]
    [InlineData("v", null)]
    [InlineData(null, "select s, c from v")]
    public async Task AViewIsWorkedOutOnce(string? table, string? query)
    {
        var file = files.AddSqlite("a.db", """
            CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000)
            SELECT sum(i) AS s, count(*) AS c FROM n;
            """);
        // Once it takes some twenty million steps.
        await using var rows = await SqliteRows.Open(
            files.Context, file.Digest, table, query, leastSteps: 30_000_000);
        (await rows.Next(files.Context.Cancellation)).ShouldBeTrue();
        rows.Cells[0].ToString().ShouldBe("500000500000");
    }

    [Fact]
    public async Task CancellingEndsAViewThatRecursesForEver()
    {
        using var cancelled = new CancellationTokenSource(200);
        var context = new ScratchContext(
            files.Folder,
            new Dictionary<Digest, string>
            {
                [files.AddSqlite("a.db", Endless).Digest] = Path.Combine(files.Folder, "source-0"),
            },
            cancellation: cancelled.Token);
        await Should.ThrowAsync<OperationCanceledException>(
            () => Task.Run(() => SqliteRows.Open(context, files.Files[0].Digest, "v", null), default)
                .WaitAsync(TimeSpan.FromSeconds(20), files.Context.Cancellation));
    }
}
