using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files that were put together with their headers, as by <c>cat *.csv</c>.</summary>
public sealed class RepeatedHeaderTests : IDisposable
{
    const int PieceBytes = 120;

    const string Reason = "the header again, as where one file was appended to another with its header";

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{i},{i}.5,n{i}\n"));

    /// <summary>Every column was text because of it, and it was a row.</summary>
    [Theory]
    [InlineData("id,y,n\n", 2)]
    [InlineData("id,y,n\n", 300)]
    [InlineData("\"id\",\"y\",\"n\"\r\n", 2)]
    [InlineData("\"id\",\"y\",\"n\"\n", 300)]
    [InlineData("\ufeffid,y,n\n", 300)]
    [InlineData("\ufeff\"id\",\"y\",\"n\"\n", 300)]
    [InlineData(",y,y\n", 300)]
    [InlineData("id , y,\n", 2)]
    public async Task AHeaderAmongTheRowsIsSetAsideAndSaysNothingAboutTypes(string header, int count)
    {
        workspace.With(header + Rows(count) + header + Rows(count));
        var dataset = await workspace.Ingest(workspace.Input(maxShare: 1), PieceBytes);
        dataset.Table.Schema.Columns.Select(column => column.TypeWord).ShouldBe(["integer", "real", "text"]);
        dataset.Table.RowCount.ShouldBe(2 * count);
        var row = dataset.Sources[0].Samples.ShouldHaveSingleItem();
        (row.Line, row.Column, row.Reason).ShouldBe((count + 2, null, Reason));
        dataset.QuarantinedRows.ShouldBe(1);
    }

    [Fact]
    public async Task OneIsSetAsideTooWhereAllColumnsAreText()
    {
        workspace.With("a,b\nx,y\na,b\n");
        var dataset = await workspace.Ingest(workspace.Input(
            columns: [new("a", ColumnType.Text), new("b", ColumnType.Text)], maxShare: 1));
        dataset.Sources[0].Samples.ShouldHaveSingleItem().Reason.ShouldBe(Reason);
    }

    [Theory]
    [InlineData("word\nother\nword\n", true)]
    [InlineData("a,b\na,c\nb,a\n", true)]
    [InlineData("a,b\na,b\nb,a\n", false)]
    public async Task RowsThatOnlyResembleItAreRows(string text, bool header)
    {
        workspace.With(text);
        var dataset = await workspace.Ingest(workspace.Input(new TextFormat(Header: header)));
        dataset.QuarantinedRows.ShouldBe(0);
        dataset.Table.RowCount.ShouldBe(header ? 2 : 3);
    }
}
