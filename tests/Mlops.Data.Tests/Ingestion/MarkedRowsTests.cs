using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Quarantining;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Byte-order marks among the rows, as where files were put together by <c>copy a+b</c>.</summary>
public sealed class MarkedRowsTests : IDisposable
{
    const int PieceBytes = 120;

    const string Found = "Left out the byte-order mark before 2 rows, as where one file was appended to "
        + "another: first in 'data.csv(4)'.";

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"k{i},{i}.5\n"));

    /// <summary>The key had an invisible character in front of it, and was another.</summary>
    [Theory]
    [InlineData("\ufeffDE,1\n", "utf-8", false)]
    [InlineData("\ufeffDE,1\n", "utf-8", true)]
    [InlineData("\ufeff\"DE\",1\n", "utf-8", true)]
    [InlineData("\ufeffDE,1\n", "utf-16", false)]
    [InlineData("\ufeff\"DE\",1\r\n", "utf-16", true)]
    [InlineData("\ufeffDE,1\n", "utf-16BE", true)]
    [InlineData("\ufeffDE,1\n", "gb18030", true)]
    public async Task OneBeforeARowIsNoPartOfItsKeyAndSaid(string row, string encoding, bool isDeclared)
    {
        var text = "\ufeffkey,value\nDE,1\nDE,1\n" + row + "DE,2\n" + row;
        workspace.With("data.csv", SourceText.Strict(encoding).GetBytes(text));
        var dataset = await workspace.Ingest(workspace.Input(
            new TextFormat(Encoding: isDeclared ? encoding : null)));
        var table = await workspace.Load(dataset);
        Enumerable.Range(0, 5).Select(at => table[0].Text(at)).ShouldAllBe(key => key == "DE");
        dataset.QuarantinedRows.ShouldBe(0);
        dataset.Judgement.Findings.ShouldContain(Found);
    }

    /// <summary>Types are inferred of what is kept.</summary>
    [Fact]
    public async Task OneBeforeANumberLeavesItANumber()
    {
        workspace.With("a,b\n1,x\n\ufeff2,y\n");
        var dataset = await workspace.Ingest(workspace.Input());
        dataset.Table.Schema.Columns[0].TypeWord.ShouldBe("integer");
        (await workspace.Load(dataset))[0].Text(1).ShouldBe("2");
    }

    [Theory]
    [InlineData("k,0.5\n")]
    [InlineData("\"k\nk,\",0.5\n")]
    public async Task APieceMayBeginWithOneAndLinesCountInTheFile(string row)
    {
        var marked = string.Concat(Enumerable.Repeat("\ufeff" + row, 100));
        workspace.With("key,value\n" + marked + Rows(100));
        var dataset = await workspace.Ingest(workspace.Input(), PieceBytes);
        dataset.Table.Parts.Count.ShouldBeGreaterThan(5);
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((200, 0));
        var table = await workspace.Load(dataset);
        Enumerable.Range(0, 200).Select(at => table[0].Text(at)!).ShouldAllBe(key => key.StartsWith('k'));
        dataset.Judgement.Findings.ShouldHaveSingleItem().ShouldBe(
            Found.Replace("2 rows", "100 rows").Replace("(4)", "(2)"));
    }

    [Fact]
    public async Task ARowSetAsideKeepsItInItsTextAndItsBytes()
    {
        workspace.With("key,value\nDE,1\n\ufeffDE,x\n\ufeff\nDE,2\n\ufeff");
        var format = new TextFormat();
        ColumnDeclaration[] columns = [new("key", ColumnType.Text), new("value", ColumnType.Real)];
        var dataset = await workspace.Ingest(workspace.Input(format, columns, maxShare: 1));
        var row = dataset.Sources[0].Samples.ShouldHaveSingleItem();
        (row.Line, row.Text, row.Column).ShouldBe((3, "\ufeffDE,x", "value"));
        dataset.Judgement.Findings.ShouldNotContain(finding => finding.Contains("byte-order"));
        var (_, result) = await Aside.Of(workspace, dataset, new([], null, null, null, []), format);
        File.ReadAllText(workspace.Context.Locate(result.Files!.ShouldHaveSingleItem().File))
            .ShouldBe("key,value\n\ufeffDE,x\n");
    }

    [Fact]
    public async Task ASecondOneBeforeTheHeaderIsNoPartOfAName()
    {
        workspace.With("\ufeff\ufeff\"key\",\"value\"\nDE,1\n");
        var dataset = await workspace.Ingest(workspace.Input());
        dataset.Table.Schema.Columns[0].Name.ShouldBe("key");
    }

    [Fact]
    public async Task OneBeforeALineOfJsonIsNoFault()
    {
        const string Row = "{\"key\":\"DE\"}";
        var rows = $"{Row}\n{Row}\n{Row}\n\ufeff{Row}\r\n\ufeff\n\ufeff{Row}\n\ufeff{{\"key\":\n\ufeff";
        workspace.With(rows, "data.jsonl");
        var dataset = await workspace.Ingest(workspace.Input(maxShare: 1));
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((5, 1));
        dataset.Sources[0].Samples[0].Text.ShouldBe("\ufeff{\"key\":");
        dataset.Judgement.Findings.ShouldContain(Found.Replace(".csv", ".jsonl"));
    }
}
