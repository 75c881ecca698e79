using System.IO.Compression;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files that begin with lines above their header, as reports do.</summary>
public sealed class TitleLinesTests : IDisposable
{
    const int PieceBytes = 120;

    /// <summary>
    /// Five lines; a quote in one would open a cell that goes on into the next, which has more cells than
    /// there are columns.
    /// </summary>
    const string Titles = "Report of 2026-03\r\n\n\"Amounts in 1000 €\nas of\";2026-03-31;by;x;y\n\r\n";

    static readonly TextFormat Format = new(Delimiter: ";", SkipLines: 5);

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{i};{i}.5;\"x;\n{i}\"\n"));

    static string Described(Dataset dataset) => string.Join(", ",
        dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    public async Task TheyAreNeitherHeaderNorRows(int count)
    {
        workspace.With(Titles + "id;y;note\n" + Rows(count));
        var dataset = await workspace.Ingest(workspace.Input(Format), PieceBytes);
        Described(dataset).ShouldBe("id integer, y real, note text");
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((count, 0));
        dataset.Judgement.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALargeFileIsCutBehindTheHeaderBelowThem()
    {
        const string before = Titles + "id;y;note\n";
        var input = workspace.With(before + Rows(300)).Input(Format);
        await workspace.Ingest(input);
        using var file = workspace.Context.OpenRaw(input.Sources[0].Digest);
        var start = await CutStart.Of(
            workspace.Context, file, CutInput.Of(Format, input.Sources[0], PieceBytes / 3, PieceBytes));
        start!.DataStart.ShouldBe(Encoding.UTF8.GetByteCount(before));
    }

    [Theory]
    [InlineData("utf-16", null)]
    [InlineData("utf-16BE", "utf-16BE")]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("windows-1252", null)]
    [InlineData("gb18030", "gb18030")]
    public async Task TheyAreInAnyEncodingAndPacked(string written, string? declared)
    {
        var encoding = SourceText.Strict(written);
        byte[] mark = declared is null ? encoding.GetPreamble() : [];
        byte[] bytes = [.. mark, .. encoding.GetBytes(Titles + "id;y;note\n" + Rows(300))];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        workspace.With("a.csv", bytes).With("b.csv.gz", packed.ToArray());
        var dataset = await workspace.Ingest(
            workspace.Input(Format with { Encoding = declared }), PieceBytes);
        Described(dataset).ShouldBe("id integer, y real, note text");
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((600, 0));
    }

    [Fact]
    public async Task BytesInThemThatAreNoTextDoNotMatter()
    {
        workspace.With("a.csv", [.. "caf"u8, 0xe9, .. "\nid;y\n1;2\n"u8]);
        var dataset = await workspace.Ingest(
            workspace.Input(Format with { SkipLines = 1, Encoding = "utf-8" }));
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task RowsBelowThemMayHaveNoHeader(int skipped)
    {
        workspace.With(Titles + Rows(300));
        var dataset = await workspace.Ingest(
            workspace.Input(Format with { Header = false, SkipRows = skipped }), PieceBytes);
        Described(dataset).ShouldBe("column-1 integer, column-2 real, column-3 text");
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((300 - skipped, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RowsSetAsideKeepTheirLinesAndAreHandedBackBelowThem(bool header)
    {
        var above = Titles + (header ? "id;y;note\n" : "");
        workspace.With(above + Rows(30) + "x;1;\n" + Rows(3));
        var format = Format with { Header = header };
        var dataset = await workspace.Ingest(
            workspace.Input(format, [new("id", ColumnType.Integer), new("y", ColumnType.Real),
                new("note", ColumnType.Text)], maxShare: 1), PieceBytes);
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Line.ShouldBe((header ? 7 : 6) + 60);
        var quarantined = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, format, dataset.Table, null, null, null, [], null, null));
        workspace.Text(quarantined.Files!.ShouldHaveSingleItem().File).ShouldBe(above + "x;1;\n");
    }

    [Fact]
    public async Task ASeparatorLineIsOneOfThemAndIsHeldAgainstTheDelimiter()
    {
        workspace.With("sep=;\nReport\nid;y\n1;2\n");
        var two = Format with { SkipLines = 2 };
        Described(await workspace.Ingest(workspace.Input(two))).ShouldBe("id integer, y integer");
        (await workspace.Problems(workspace.Input(two with { Delimiter = "," }))).ShouldHaveSingleItem()
            .Id.ShouldBe("DATA-064");
    }

    [Theory]
    [InlineData("Report\n\nid;y\n", 4)]
    [InlineData("Report\n\nid;y\n", 1000)]
    [InlineData("Report", 2)]
    public async Task AFileThatEndsWithinThemIsRefused(string text, int skipped)
    {
        workspace.With(text);
        var problem = (await workspace.Problems(
            workspace.Input(Format with { SkipLines = skipped }))).ShouldHaveSingleItem();
        (problem.Id, problem.Where).ShouldBe(("DATA-065", new Place("data.csv")));
        problem.Next!.ShouldContain("data.format.skip-lines");
    }

    [Fact]
    public async Task AProblemOfTheHeaderSaysItsLine()
    {
        workspace.With(Titles + "id;y;note\n1;2;x\n");
        (await workspace.Problems(workspace.Input(Format, [new("idd", ColumnType.Integer)])))
            .ShouldHaveSingleItem().Where.ShouldBe(new Place("data.csv", 6, Field: "idd"));
        (await workspace.Problems(workspace.Input(Format with { Delimiter = "|" })))
            .ShouldHaveSingleItem().Where.ShouldBe(new Place("data.csv", 6));
    }
}
