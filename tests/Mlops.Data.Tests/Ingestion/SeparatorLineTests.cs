using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files that begin with the line by which Excel is told what separates their cells.</summary>
public sealed class SeparatorLineTests : IDisposable
{
    const int PieceBytes = 120;

    static readonly TextFormat Semicolons = new(Delimiter: ";");

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{i};{i}.5\n"));

    /// <summary>With two columns all rows had as many cells as that line, so nothing was said.</summary>
    [Theory]
    [InlineData("sep=;\n", 2)]
    [InlineData("sep=;\r\n", 300)]
    [InlineData("\ufeffSEP=;\n", 2)]
    [InlineData("\"sep=;\"\n", 300)]
    [InlineData("\n\nsep=;\n\n", 300)]
    public async Task TheLineIsNeitherHeaderNorRow(string line, int count)
    {
        workspace.With(line + "id;y\n" + Rows(count));
        var dataset = await workspace.Ingest(workspace.Input(Semicolons), PieceBytes);
        dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}")
            .ShouldBe(["id integer", "y real"]);
        dataset.Table.RowCount.ShouldBe(count);
        dataset.QuarantinedRows.ShouldBe(0);
    }

    [Theory]
    [InlineData("sep=;\n", 0, 2)]
    [InlineData("sep=;\n", 1, 1)]
    [InlineData("sep=;\n\n", 1, 2)]
    [InlineData("\n", 1, 2)]
    [InlineData("", 1, 1)]
    [InlineData("\n", 0, 2)]
    public async Task ItIsNoneOfTheLinesThatAreSkippedWithoutAHeader(string line, int skipped, int rows)
    {
        workspace.With(line + Rows(2));
        var dataset = await workspace.Ingest(
            workspace.Input(Semicolons with { Header = false, SkipRows = skipped }));
        dataset.Table.RowCount.ShouldBe(rows);
        dataset.QuarantinedRows.ShouldBe(0);
    }

    [Theory]
    [InlineData("sep=\t\n", "a tab")]
    [InlineData("sep=|\n", "'|'")]
    public async Task OneThatSaysAnotherSeparatorIsBelieved(string line, string word)
    {
        workspace.With(line + "id;y\n" + Rows(2));
        var problem = (await workspace.Problems(workspace.Input(Semicolons))).ShouldHaveSingleItem();
        problem.Id.ShouldBe("DATA-064");
        problem.Where.ShouldBe(new Place("data.csv", 1));
        problem.Next.ShouldBe($"Set data.format.delimiter to {word}.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RowsSetAsideKeepTheirLinesAndAreHandedBackBehindIt(bool header)
    {
        workspace.With("sep=;\n" + (header ? "id;y\n" : "") + "1;1\nx;2\n");
        var format = Semicolons with { Header = header };
        var dataset = await workspace.Ingest(workspace.Input(
            format, [new("id", ColumnType.Integer), new("y", ColumnType.Real)], maxShare: 1));
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Line.ShouldBe(header ? 4 : 3);
        var quarantined = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, format, dataset.Table, null, null, null, [], null, null));
        workspace.Text(quarantined.Files!.ShouldHaveSingleItem().File)
            .ShouldBe("sep=;\n" + (header ? "id;y\n" : "") + "x;2\n");
    }
}
