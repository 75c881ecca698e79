using System.IO.Compression;
using System.Text;
using Mlops.Data.Tests.Ingestion.Typed;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files that people take for data, with names that say so.</summary>
public sealed class ForeignFileTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    async Task<Problem> Problem(string name, byte[] bytes, long maxPieceBytes = 1 << 20)
    {
        workspace.With(name, bytes);
        var refused = await Should.ThrowAsync<ProblemException>(
            () => workspace.Ingest(workspace.Input(), maxPieceBytes));
        return refused.Problems.ShouldHaveSingleItem();
    }

    static byte[] Workbook(int bytes)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        using (var sheet = archive.CreateEntry("xl/sheet1.xml", CompressionLevel.NoCompression).Open())
            sheet.Write(Encoding.ASCII.GetBytes(new string('\n', bytes)));
        return file.ToArray();
    }

    /// <summary>Also where it is so large that delimited text would be cut.</summary>
    [Theory]
    [InlineData("sales.xlsx", 100)]
    [InlineData("sales.csv", 5 << 20)]
    [InlineData("sales.jsonl", 100)]
    public async Task AWorkbookIsCalledOneAndNotWronglyEncoded(string name, int bytes)
    {
        var problem = await Problem(name, Workbook(bytes));
        problem.Id.ShouldBe("DATA-063");
        problem.What.ShouldContain("Excel");
        problem.Next!.ShouldContain("Save the sheet as CSV");
    }

    [Fact]
    public async Task AWorkbookInsideOfAGzipFileIsToo()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Workbook(100));
        (await Problem("sales.csv.gz", packed.ToArray())).What.ShouldContain("Excel");
    }

    [Fact]
    public async Task AParquetFileOfAnotherNameIsCalledOne()
    {
        using var files = new TypedFiles();
        var file = files.AddParquet("part-0", "SELECT 1 AS a, 'x' AS b");
        (await Problem("part-00000", await files.Bytes(file)))
            .ShouldBe(new Problem(
                "DATA-063", "The file is Parquet.", new Place("part-00000"),
                Expected: "delimited text or JSON lines",
                Next: "Name it .parquet, or set data.format.kind to parquet."));
    }

    [Theory]
    [InlineData("BZh91AY&SY123", "bzip2")]
    [InlineData("\u00fd7zXZ\0\0", "xz")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1\0\0", "Excel (.xls)")]
    [InlineData("SQLite format 3\0", "SQLite")]
    [InlineData("ARROW1\0\0", "Arrow")]
    [InlineData("%PDF-1.7\n", "PDF")]
    [InlineData("\r\n<!DOCTYPE html>\n<html><title>Sign in</title>", "web page")]
    [InlineData("\u00ef\u00bb\u00bf<HTML>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS")]
    public async Task EachIsCalledWhatItIs(string start, string word)
    {
        var problem = await Problem("data.csv", Encoding.Latin1.GetBytes(start));
        problem.Id.ShouldBe("DATA-063");
        problem.What.ShouldContain(word);
    }

    /// <summary>Names of columns that begin as such files do.</summary>
    [Theory]
    [InlineData("PK,a\n1,2\n")]
    [InlineData("PAR1,a\n1,2\n")]
    [InlineData("BZh,a\n1,2\n")]
    [InlineData("<htm,a\n1,2\n")]
    public async Task TextThatBeginsLikeOneIsRead(string text)
    {
        workspace.With(text);
        (await workspace.Table(workspace.Input())).RowCount.ShouldBe(1);
    }
}
