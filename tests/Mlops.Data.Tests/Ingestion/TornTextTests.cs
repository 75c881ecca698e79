using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Delimited text as it should not be.</summary>
public sealed class TornTextTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string?[] Column(Table table, string name) =>
        [.. Enumerable.Range(0, table.RowCount).Select(table[name].Text)];

    async Task<Problem> Problem(IngestInput input) =>
        (await Should.ThrowAsync<ProblemException>(() => workspace.Ingest(input)))
            .Problems.ShouldHaveSingleItem();

    [Fact]
    public async Task QuotedNewlinesCountAsLines()
    {
        workspace.With("a,b\r\n1,\"x\r\ny \"\"z\"\"\"\r\nbad,2\r\n3,w");
        var dataset = await workspace.Ingest(
            workspace.Input(columns: [new("a", ColumnType.Integer), new("b", ColumnType.Text)], maxShare: 1));
        Column(await workspace.Load(dataset), "b").ShouldBe(["x\r\ny \"z\"", "w"]);
        dataset.Sources[0].Samples.ShouldBe([new QuarantinedRow(4, "a", "'bad' is not an integer", "bad,2")]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4\r\n\r\n")]
    [InlineData("\ufeffa,b\n\"1\",\"2\"\n\"3\",4\n")]
    [InlineData("\n a ,b\n 1 ,2\n3, 4 ")]
    public async Task LineEndsMarksAndBlanksDoNotMatter(string text)
    {
        var table = await workspace.With(text).Table(workspace.Input());
        table.Schema.Columns.ShouldBe(
            [new Column("a", ColumnType.Integer), new Column("b", ColumnType.Integer)]);
        Column(table, "a").ShouldBe(["1", "3"]);
        Column(table, "b").ShouldBe(["2", "4"]);
    }

    [Fact]
    public async Task RaggedRowsAreQuarantinedWhole()
    {
        workspace.With("a,b\n1,2\n3\n4,5,6\n7,8,\n9,10\n");
        var dataset = await workspace.Ingest(workspace.Input(maxShare: 1));
        Column(await workspace.Load(dataset), "a").ShouldBe(["1", "9"]);
        dataset.Sources[0].Samples.ShouldBe(
        [
            new QuarantinedRow(3, null, "1 cell instead of 2", "3"),
            new QuarantinedRow(4, null, "3 cells instead of 2", "4,5,6"),
            new QuarantinedRow(5, null, "3 cells instead of 2", "7,8,"),
        ]);
    }

    [Fact]
    public async Task AStrayQuoteDoesNotSwallowTheRowsAfterIt()
    {
        workspace.With("a,b\n1,x\n2,\"torn\n3,y\n4,\"whole\"\n5,\"a\"b\n6,z\n7,\"open\n8,w\n");
        var dataset = await workspace.Ingest(workspace.Input(maxShare: 1));
        Column(await workspace.Load(dataset), "a").ShouldBe(["1", "3", "4", "6", "8"]);
        dataset.Sources[0].Samples.ShouldBe(
        [
            new QuarantinedRow(3, null, "the quote that opens cell 2 is not closed", "2,\"torn"),
            new QuarantinedRow(6, null, "cell 2 goes on after its closing quote", "5,\"a\"b"),
            new QuarantinedRow(8, null, "the quote that opens cell 2 is not closed", "7,\"open"),
        ]);
    }

    [Fact]
    public async Task QuarantineKeepsWholeRowsAndRejectsAboveTheLimit()
    {
        var longRow = "x" + new string('ü', 300) + ",\"a\tb\"";
        workspace.With($"n,t\n1,a\n{longRow}\n3,b\n");
        ColumnDeclaration[] columns = [new("n", ColumnType.Integer), new("t", ColumnType.Text)];
        var dataset = await workspace.Ingest(workspace.Input(columns: columns, maxShare: 0.33));
        dataset.Judgement.Accepted.ShouldBeFalse();
        dataset.Judgement.Findings[0]
            .ShouldBe("1 of 3 rows (33.33 %) did not parse, more than the 33.00 % of each source allowed: "
                + "data.csv 1 of 3 (33.33 %).");
        dataset.Judgement.Findings[1].ShouldBe("'n': 1 row.");
        dataset.Judgement.Findings[2].ShouldStartWith("data.csv(3): n: 'xüü");
        dataset.Sources[0].Samples[0].Text.ShouldBe(longRow[..200]);
        var line = JsonDocument.Parse(workspace.Text(dataset.Sources[0].Quarantine!)).RootElement;
        line.GetProperty("text").GetString().ShouldBe(longRow);
        line.GetProperty("line").GetInt32().ShouldBe(3);
        (await workspace.Ingest(workspace.Input(columns: columns, maxShare: 0.34)))
            .Judgement.Accepted.ShouldBeTrue();
    }

    /// <summary>Many good rows elsewhere do not make up for a file that is bad.</summary>
    [Theory]
    [InlineData(0.5, null, true)]
    [InlineData(0.4, null, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 0, false)]
    public async Task LimitsAreOfEachSource(double maxShare, int? maxCount, bool isAccepted)
    {
        workspace.With($"n\n{string.Concat(Enumerable.Repeat("1\n", 50))}", "good.csv")
            .With("n\n1\nx\n", "bad.csv");
        var dataset = await workspace.Ingest(workspace.Input(
            columns: [new("n", ColumnType.Integer)], maxShare: maxShare) with
        { QuarantineMaxCount = maxCount });
        dataset.Judgement.Accepted.ShouldBe(isAccepted);
        var rows = maxCount is null ? "" : $" and {maxCount} {(maxCount == 1 ? "row" : "rows")}";
        dataset.Judgement.Findings[0].ShouldBe(
            string.Create(CultureInfo.InvariantCulture, $"1 of 52 rows (1.92 %) did not parse, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{(isAccepted ? "within" : "more than")} the {maxShare:P2}{rows} of each source allowed")
            + (isAccepted ? "." : ": bad.csv 1 of 2 (50.00 %)."));
    }

    [Fact]
    public async Task NothingKeptIsNeverAccepted()
    {
        workspace.With("n\nx\ny\n");
        var dataset = await workspace.Ingest(
            workspace.Input(columns: [new("n", ColumnType.Integer)], maxShare: 1));
        dataset.Judgement.Accepted.ShouldBeFalse();
        dataset.Table.Parts.ShouldBeEmpty();
        dataset.Table.Schema.Columns.ShouldBe([new Column("n", ColumnType.Integer)]);
    }

    [Fact]
    public async Task DuplicateAndEmptyNamesAreMadeUnique()
    {
        workspace.With("x,,x,x-2,\n1,2,3,4,5\n");
        var dataset = await workspace.Ingest(workspace.Input());
        dataset.Table.Schema.Columns.Select(column => column.Name)
            .ShouldBe(["x", "column-2", "x-3", "x-2", "column-5"]);
        dataset.Judgement.Findings.ShouldHaveSingleItem()
            .ShouldContain("column 3 is a second 'x' and is called 'x-3'");
    }

    [Fact]
    public async Task EmptyFileHeaderOnlyAndSuspectDelimiterAreProblems()
    {
        using var empty = new Workspace();
        empty.With("", "a.csv").With("\ufeff", "b.csv").With("a\n1\n", "c.csv");
        var problems = (await Should.ThrowAsync<ProblemException>(() => empty.Ingest(empty.Input())))
            .Problems;
        problems.Select(problem => $"{problem.Id} {problem.Where}")
            .ShouldBe(["DATA-014 a.csv", "DATA-014 b.csv"]);
        using var header = new Workspace();
        header.With("a,b\n");
        (await Should.ThrowAsync<ProblemException>(() => header.Ingest(header.Input())))
            .Problems[0].Id.ShouldBe("DATA-015");
        workspace.With("a;b\n1;2\n");
        var problem = await Problem(workspace.Input());
        problem.Id.ShouldBe("DATA-016");
        problem.Next.ShouldBe("Set the delimiter to ';'.");
    }

    [Fact]
    public async Task OneColumnOfSentencesIsNoWrongDelimiter() =>
        (await workspace.With("review\n\"Good, really\"\nBad; sorry\n\nfine").Table(workspace.Input()))
            .RowCount.ShouldBe(4);

    [Fact]
    public async Task BytesOutsideTheEncodingOfAHeaderNameTheirLine()
    {
        workspace.With("data.csv", [.. "\n\na,"u8, 0xff, .. "\n"u8]);
        var problem = await Problem(workspace.Input(new TextFormat(Encoding: "utf-8")));
        problem.Id.ShouldBe("DATA-017");
        problem.Where!.ToString().ShouldBe("data.csv(3)");
        problem.Actual!.ShouldContain("FF");
    }

    [Fact]
    public async Task ByteOrderMarkWinsOverTheDeclaredEncoding()
    {
        workspace.With("data.csv",
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\nä,1\n")]);
        Column(await workspace.Table(workspace.Input()), "a").ShouldBe(["ä"]);
    }

    [Fact]
    public async Task GzipIsToldByItsContent()
    {
        workspace.With("data.csv", Gzip([.. "a,b\n1,2\n"u8]));
        Column(await workspace.Table(workspace.Input()), "b").ShouldBe(["2"]);
    }

    [Fact]
    public async Task ConcatenatedGzipMembersAreOneFile()
    {
        workspace.With("data.csv", [.. Gzip([.. "a,b\n1,2\n"u8]), .. Gzip([.. "3,4\n"u8])]);
        Column(await workspace.Table(workspace.Input()), "b").ShouldBe(["2", "4"]);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task TornGzipIsAProblem(double kept)
    {
        var rows = string.Concat(Enumerable.Range(0, 20000).Select(i => $"{i},{i * 7919 % 10007}\n"));
        var packed = Gzip(Encoding.UTF8.GetBytes("a,b\n" + rows));
        workspace.With("data.csv.gz", packed[..(int)(packed.Length * kept)]);
        (await Problem(workspace.Input())).Id.ShouldBe("DATA-018");
    }

    [Fact]
    public async Task FlippedGzipIsAProblem()
    {
        var packed = Gzip(
            Encoding.UTF8.GetBytes("a,b\n" + string.Concat(
            Enumerable.Range(0, 20000).Select(i => $"{i},{i % 7}\n"))));
        packed[^6] ^= 0x40;
        workspace.With("data.csv.gz", packed);
        (await Problem(workspace.Input())).Id.ShouldBe("DATA-018");
    }

    [Fact]
    public async Task GzipBombIsRefused()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write("a,b\n"u8);
            var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 1 << 18)));
            for (var i = 0; i < 80; i++)
                gzip.Write(lines);
        }
        workspace.With("bomb.csv.gz", bomb.ToArray());
        (await Problem(workspace.Input(columns: [new("a", ColumnType.Text), new("b", ColumnType.Text)])))
            .Id.ShouldBe("DATA-019");
    }

    [Fact]
    public async Task HugeCellIsAProblem()
    {
        workspace.With("a,b\n1,2\n3," + new string('x', (16 << 20) + 1) + "\n");
        var problem = await Problem(workspace.Input());
        problem.Id.ShouldBe("DATA-020");
        problem.Where!.Line.ShouldBe(3);
    }

    [Fact]
    public async Task LargeCellsAcrossBuffersAreWhole()
    {
        var cell = string.Concat(Enumerable.Range(0, 100000).Select(i => $"{i}\"\"\n"));
        workspace.With($"a,b\n1,\"{cell}\"\n2,x\n");
        Column(await workspace.Table(workspace.Input()), "b").ShouldBe([cell.Replace("\"\"", "\""), "x"]);
    }

    static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
