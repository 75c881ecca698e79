using System.Net;
using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Ingestion.Typed;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>
/// Values out of paths, files that lack columns, statements over sources and sources elsewhere.
/// </summary>
public sealed class SourceOptionsTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Described(Dataset dataset) =>
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    static string Findings(Dataset dataset) => string.Join(' ', dataset.Judgement.Findings);

    [Fact]
    public async Task EqualFilesOfTwoMarketsDifferByTheirPaths()
    {
        workspace.With("v\n1\n2\n", "market=DE/year=2025/a.csv")
            .With("v\n1\n2\n", "market=FR%20S/year=2026/a.csv");
        var dataset = await workspace.Ingest(workspace.Input());
        Described(dataset).ShouldBe("v integer, market text, year integer");
        (await workspace.Cells(dataset, "market")).ShouldBe("DE|DE|FR S|FR S");
        (await workspace.Cells(dataset, "year")).ShouldBe("2025|2025|2026|2026");
        (await workspace.Cells(dataset, "v")).ShouldBe("1|2|1|2");
    }

    [Fact]
    public async Task PathsAddToAnyKindOfFile()
    {
        using var files = new TypedFiles();
        workspace.With("{\"v\":1}\n", "m=1/a.jsonl");
        var file = files.AddParquet("a.parquet", "select 2::bigint as v");
        workspace.With("m=2/a.parquet", await File.ReadAllBytesAsync(
            Path.Combine(files.Folder, "source-0"), TestContext.Current.CancellationToken));
        file.LengthBytes.ShouldBeGreaterThan(0);
        var dataset = await workspace.Ingest(workspace.Input());
        Described(dataset).ShouldBe("v integer, m integer");
        (await workspace.Cells(dataset, "m")).ShouldBe("1|2");
    }

    [Fact]
    public async Task TheFilesOwnColumnWinsUnlessThePartitionIsDeclared()
    {
        workspace.With("v,m\n1,own\n", "m=path/a.csv");
        (await workspace.Cells(await workspace.Ingest(workspace.Input()), "m")).ShouldBe("own");
        (await workspace.Cells(await workspace.Ingest(workspace.Input() with { Partitions = ["m"] }), "m"))
            .ShouldBe("path");
        var declared = workspace.Input(columns: [new("m", ColumnType.Text), new("v", ColumnType.Integer)]);
        (await workspace.Cells(await workspace.Ingest(declared with { Partitions = ["m"] }), "m")).ShouldBe("path");
    }

    /// <summary>What may be set aside is asked of each source, and all of it may be reached.</summary>
    [Theory]
    [InlineData(0.25, null, true)]
    [InlineData(0.24, null, false)]
    [InlineData(1, 1L, true)]
    [InlineData(1, 0L, false)]
    [InlineData(0.24, 5L, false)]
    public async Task LimitsAreOfEachSource(double share, long? count, bool accepted)
    {
        workspace.With("n\n1\n2\n3\nx\n", "a.csv").With(
            "n\n" + string.Concat(Enumerable.Repeat("7\n", 96)), "b.csv");
        var dataset = await workspace.Ingest(workspace.Input(
            columns: [new ColumnDeclaration("n", ColumnType.Integer)], maxShare: share) with
        {
            QuarantineMaxCount = count,
        });
        dataset.QuarantinedRows.ShouldBe(1);
        dataset.Judgement.Accepted.ShouldBe(accepted);
    }

    /// <summary>Two sources may each have what one may.</summary>
    [Fact]
    public async Task SourcesDoNotShareALimit()
    {
        workspace.With("n\n1\nx\n", "a.csv").With("n\n2\ny\n", "b.csv");
        (await workspace.Ingest(workspace.Input(
            columns: [new ColumnDeclaration("n", ColumnType.Integer)], maxShare: 1) with
        {
            QuarantineMaxCount = 1,
        })).Judgement.Accepted.ShouldBeTrue();
    }

    /// <summary>Also where nobody declared that paths have columns, and whoever has the column itself.</summary>
    [Theory]
    [InlineData("in/mail=ann%40example.org/a.csv", "x\n1\n")]
    [InlineData("in/mail=ann%40example.org/a.csv", "x,mail\n1,b\n")]
    public async Task WhatPathsSayCannotBeRedacted(string name, string text)
    {
        workspace.With(text, name);
        var problem = (await Should.ThrowAsync<ProblemException>(() =>
            workspace.Ingest(workspace.Input() with { Redact = ["mail"] }))).Problems.ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-061");
        problem.ToString().ShouldNotContain("example");
        (await workspace.Ingest(workspace.Input() with { Redact = ["x"] })).Judgement.Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task PartitionsThatAPathLacksOrThatDoNotParseAreProblems()
    {
        workspace.With("v\n1\n", "m=1/a.csv").With("v\n1\n", "b.csv");
        (await workspace.Problems(workspace.Input() with { Partitions = ["m"] }))
            .ShouldHaveSingleItem().Where!.ToString().ShouldBe("b.csv [m]");
        using var one = new Workspace();
        one.With("v\n1\n", "m=x/a.csv");
        var input = one.Input(columns: [new("v", ColumnType.Integer), new("m", ColumnType.Integer)]);
        (await Should.ThrowAsync<ProblemException>(() => one.Ingest(input))).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("DATA-051");
    }

    [Fact]
    public async Task AllDifferencesOfAllFilesAreSaidInWords()
    {
        workspace.With("id,price,when\n1,2,x\n", "1.csv").With("when,id,prise,extra\nx,1,2,3\n", "2.csv")
            .With("{\"id\":1}\n", "3.jsonl");
        var problems = await workspace.Problems(workspace.Input(columns:
            [new("id", ColumnType.Integer), new("price", ColumnType.Integer), new("when", ColumnType.Text)]));
        problems.Select(problem => problem.Where!.File).ShouldBe(["2.csv", "3.jsonl"]);
        problems[0].What.ShouldBe("The file has no column 'price'.");
        problems[0].Actual.ShouldBe("besides there are 'prise', 'extra'; those it has come in another order");
        problems[0].Next!.ShouldStartWith("Was it renamed, 'prise' for 'price'? ");
        problems[1].What.ShouldBe("The file lacks 2 columns: 'price', 'when'.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FilesThatLackColumnsMayBeAdapted(bool declared)
    {
        workspace.With("id,price\n1,2\n", "1.csv")
            .With("extra,id\nx,5\n", "2.csv").With("{\"id\":7}\n", "3.jsonl");
        IReadOnlyList<ColumnDeclaration>? columns = declared
            ? [new("id", ColumnType.Integer), new("price", ColumnType.Integer)]
            : null;
        var input = workspace.Input(columns: columns) with { OnSchemaChange = SchemaChange.Adapt };
        var dataset = await workspace.Ingest(input);
        (await workspace.Cells(dataset, "id")).ShouldBe("1|5|7");
        (await workspace.Cells(dataset, "price")).ShouldBe("2|-|-");
        Findings(dataset)
            .ShouldContain("'price' is missing in all rows of '2.csv', '3.jsonl', which lack the column.");
        if (declared)
            Findings(dataset).ShouldContain("Left out, because not declared: 'extra'.");
    }

    [Fact]
    public async Task ColumnsThatMayLackAreMissingInAnyOrderOfTheOthersAndNothingIsSaid() =>
        await Gen.Select(Gen.Shuffle(new[] { "id", "price", "label" }), Gen.Bool, Gen.Bool).SampleAsync(
            async (order, lacksLabel, isJson) =>
            {
                using var scored = new Workspace();
                string[] names = [.. order.Where(name => name != "label" || !lacksLabel)];
                string Row(int row) => isJson
                    ? "{" + string.Join(',', names.Select(name => $"\"{name}\":{row + name.Length}")) + "}"
                    : string.Join(',', names.Select(name => $"{row + name.Length}"));
                var rows = string.Concat(Enumerable.Range(0, 3).Select(row => Row(row) + "\n"));
                scored.With(
                    isJson ? rows : string.Join(',', names) + "\n" + rows, isJson ? "a.jsonl" : "a.csv");
                var input = scored.Input(columns:
                [
                    new("id", ColumnType.Integer), new("price", ColumnType.Integer),
                    new("label", ColumnType.Integer),
                ]);
                var dataset = await scored.Ingest(input with { MayLack = ["label"] });
                dataset.Table.RowCount.ShouldBe(3);
                Findings(dataset).ShouldBe("");
                var table = await scored.Load(dataset);
                TypedFiles.Cells(table, "id").ShouldBe("2|3|4");
                TypedFiles.Cells(table, "price").ShouldBe("5|6|7");
                TypedFiles.Cells(table, "label").ShouldBe(lacksLabel ? "-|-|-" : "5|6|7");
            }, iter: 40, threads: 1);

    [Fact]
    public async Task OtherColumnsAreNotToLackWhereOneMay()
    {
        workspace.With("price\n1\n", "a.csv");
        var input = workspace.Input(columns:
        [
            new("id", ColumnType.Integer), new("price", ColumnType.Integer), new("label", ColumnType.Integer),
        ]);
        (await workspace.Problems(input with { MayLack = ["label"] }))[0].What.ShouldBe("The file has no column 'id'.");
    }

    [Fact]
    public async Task AStatementOverTheSourcesIsTheDataset()
    {
        workspace.With("k,v\n1,10\n2,20\n1,30\n", "raw/a.csv")
            .With("{\"k\":1,\"n\":\"x\"}\n{\"k\":2,\"n\":\"y\"}\n", "b.jsonl");
        var input = workspace.Input() with
        {
            Sql = "select n, sum(v) as total from 'raw/*.csv' join 'b.jsonl' using (k) group by n",
        };
        var dataset = await workspace.Ingest(input);
        Described(dataset).ShouldBe("n text, total integer");
        (await workspace.Cells(dataset, "total")).ShouldBe("40|20");
        dataset.Sources.Select(source => (source.File.Name, source.KeptRows))
            .ShouldBe([("raw/a.csv", 0), ("b.jsonl", 0), ("data.sql", 2)]);
        using var other = new Workspace();
        (await Should.ThrowAsync<ProblemException>(() =>
            other.With("n\n1\n", "a.csv").Ingest(other.Input() with { Sql = "from 'c.csv'" })))
            .Problems.ShouldHaveSingleItem().Where!.File.ShouldBe("data.sql");
    }

    [Fact]
    public async Task AFileElsewhereIsFetchedOnceVerifiedAndRefusedWhenItIsAnother()
    {
        var bytes = Encoding.UTF8.GetBytes("v\n1\n2\n");
        await using var server = new OneFileServer(bytes);
        var input = workspace.Input() with
        {
            Downloads = [new RemoteFile(server.Url("data.csv"), Digest.Of(bytes))],
        };
        var dataset = await workspace.Ingest(input);
        dataset.Sources.ShouldHaveSingleItem().File
            .ShouldBe(new SourceFile(server.Url("data.csv"), Digest.Of(bytes), bytes.Length));
        (await workspace.Cells(dataset, "v")).ShouldBe("1|2");

        var other = input with { Downloads = [new RemoteFile(server.Url("data.csv"), Digest.Of("other"u8))] };
        var refused = (await workspace.Problems(other)).ShouldHaveSingleItem();
        refused.Id.ShouldBe("DATA-049");
        refused.Actual.ShouldBe($"SHA-256 {Digest.Of(bytes)}");

        (await workspace.Problems(
            input with { Downloads = [new RemoteFile(server.Url("absent.csv"), Digest.Of(bytes))] }))
            .ShouldHaveSingleItem().Actual.ShouldBe("The server answered 404.");
    }

    [Fact]
    public async Task ServersThatFailAreAskedAgainAndRedirectsAreFollowed()
    {
        var bytes = Encoding.UTF8.GetBytes("v\n1\n");
        await using var server = new OneFileServer(bytes) { FailuresFirst = 1 };
        (await workspace.Ingest(workspace.Input() with
        {
            Downloads = [new RemoteFile(server.Url("moved.csv"), Digest.Of(bytes))],
        }))
            .Table.RowCount.ShouldBe(1);
        server.Asked.ShouldBe(["/moved.csv", "/moved.csv", "/data.csv"]);
        (await workspace.Problems(workspace.Input() with
        {
            Downloads = [new RemoteFile(server.Url("away.csv"), Digest.Of(bytes))],
        }))
            .ShouldHaveSingleItem().Actual!.ShouldContain("which is not followed");
    }

    [Fact]
    public async Task OfflineNothingIsFetched()
    {
        var stage = IngestStage.Create(workspace.Hooks, offline: true);
        await workspace.With("v\n1\n").Ingest(workspace.Input());
        var input = new IngestInput([], new TextFormat(), null, null, 0,
            Downloads: [new RemoteFile("https://example.org/a.csv", Digest.Of("x"u8))]);
        (await Should.ThrowAsync<ProblemException>(() => workspace.Context.Call(stage, input)))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("DATA-050");
    }

    [Theory]
    [InlineData("http://example.org/a.csv")]
    [InlineData("https://user:secret@example.org/a.csv")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a.csv")]
    public void AddressesThatAreNotSafeAreRefused(string url) => RemoteFile.FindFault(url).ShouldNotBeNull();
}

/// <summary>
/// A server of this process that has one file as /data.csv, and leads to it from /moved.csv.
/// </summary>
sealed class OneFileServer : IAsyncDisposable
{
    readonly HttpListener listener = new();
    readonly Task answering;
    readonly int port;
    readonly byte[] bytes;

    public OneFileServer(byte[] bytes)
    {
        this.bytes = bytes;
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        answering = Answer();
    }

    public int FailuresFirst { get; set; }

    public List<string> Asked { get; } = [];

    public string Url(string file) => $"http://127.0.0.1:{port}/{file}";

    async Task Answer()
    {
        while (listener.IsListening)
        {
            HttpListenerContext request;
            try
            {
                request = await listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Asked.Add(request.Request.Url!.AbsolutePath);
            var response = request.Response;
            response.StatusCode = FailuresFirst-- > 0 ? 503 : request.Request.Url.AbsolutePath switch
            {
                "/data.csv" => 200,
                "/moved.csv" or "/away.csv" => 302,
                _ => 404,
            };
            if (response.StatusCode == 302)
                response.RedirectLocation = request.Request.Url.AbsolutePath == "/moved.csv"
                    ? "/data.csv"
                    : "http://example.org/data.csv";
            if (response.StatusCode == 200)
                await response.OutputStream.WriteAsync(bytes);
            response.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        listener.Close();
        await answering;
    }
}
