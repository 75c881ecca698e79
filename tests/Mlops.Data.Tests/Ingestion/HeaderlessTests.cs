using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tables;
using Mlops.Data.Validation;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Files without a header whose paths give columns that their rows do not have, or do.</summary>
public sealed class HeaderlessTests : IDisposable
{
    /// <summary>Those of the files that are cut are longer than a piece, the others shorter.</summary>
    const int PieceBytes = 120;

    static readonly TextFormat Headerless = new(Header: false);

    static readonly ColumnDeclaration[] Declared =
        [new("market", ColumnType.Text), new("id", ColumnType.Integer), new("note", ColumnType.Text)];

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    static string Names(Dataset dataset) =>
        string.Join(", ", dataset.Table.Schema.Columns.Select(column => $"{column.Name} {column.TypeWord}"));

    static string Rows(int count, Func<int, string> row) =>
        string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    /// <summary>Whatever the rows are: as many, in order.</summary>
    static string Repeated(int count, Func<int, string> cell) =>
        string.Join('|', Enumerable.Range(0, count).Select(cell));

    static string Text(int i) => i.ToString(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task InferredColumnsAreNumberedAndThoseOfThePathComeBehindThem(int count)
    {
        workspace.With(Rows(count, i => $"{i},2.5,true"), "market=DE/a.csv")
            .With(Rows(count, i => $"{i},3.5,false"), "market=FR/a.csv");
        var dataset = await workspace.Ingest(workspace.Input(Headerless), PieceBytes);
        Names(dataset).ShouldBe("column-1 integer, column-2 real, column-3 boolean, market text");
        dataset.QuarantinedRows.ShouldBe(0);
        (dataset.Table.Parts.Count > 10).ShouldBe(count > 1);
        (await workspace.Cells(dataset, "market")).ShouldBe(
            $"{Repeated(count, _ => "DE")}|{Repeated(count, _ => "FR")}");
        (await workspace.Cells(dataset, "column-1")).ShouldBe($"{Repeated(count, Text)}|{Repeated(count, Text)}");
    }

    /// <summary>The first with its market in the rows too, which wins unless the path is asked for.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(300, false)]
    [InlineData(1, true)]
    [InlineData(300, true)]
    public async Task DeclaredColumnsAreTheCellsInOrderWithoutThoseOfThePathOrWithThem(
        int count, bool isAsked)
    {
        workspace.With(Rows(count, i => $"own,{i},a"), "market=DE/a.csv")
            .With(Rows(count, i => $"{i},b"), "market=FR/a.csv");
        var input = workspace.Input(Headerless, Declared);
        var dataset = await workspace.Ingest(
            isAsked ? input with { Partitions = ["market"] } : input, PieceBytes);
        Names(dataset).ShouldBe("market text, id integer, note text");
        dataset.QuarantinedRows.ShouldBe(0);
        (dataset.Table.Parts.Count > 10).ShouldBe(count > 1);
        (await workspace.Cells(dataset, "market")).ShouldBe(
            $"{Repeated(count, _ => isAsked ? "DE" : "own")}|{Repeated(count, _ => "FR")}");
        (await workspace.Cells(dataset, "id")).ShouldBe($"{Repeated(count, Text)}|{Repeated(count, Text)}");
        (await workspace.Cells(dataset, "note")).ShouldBe(
            $"{Repeated(count, _ => "a")}|{Repeated(count, _ => "b")}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task APartitionThatIsCalledAsANumberedCellTakesItsPlaceAlone(int count)
    {
        workspace.With(Rows(count, i => $"{i},2.5,true"), "column-2=DE/a.csv");
        var dataset = await workspace.Ingest(
            workspace.Input(Headerless) with { Partitions = ["column-2"] }, PieceBytes);
        Names(dataset).ShouldBe("column-1 integer, column-3 boolean, column-2 text");
        (await workspace.Cells(dataset, "column-3")).ShouldBe(Repeated(count, _ => "true"));
        (await workspace.Cells(dataset, "column-2")).ShouldBe(Repeated(count, _ => "DE"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task AFileWithFewerCellsIsAdapted(int count)
    {
        workspace.With(Rows(count, i => $"{i},2.5,true"), "a.csv")
            .With(Rows(count, i => $"{i},3.5"), "b.csv");
        var dataset = await workspace.Ingest(
            workspace.Input(Headerless) with { OnSchemaChange = SchemaChange.Adapt }, PieceBytes);
        dataset.QuarantinedRows.ShouldBe(0);
        (await workspace.Cells(dataset, "column-3")).ShouldBe(
            $"{Repeated(count, _ => "true")}|{Repeated(count, _ => "-")}");
        dataset.Judgement.Findings.ShouldContain(
            "'column-3' is missing in all rows of 'b.csv', which lack the column.");
    }

    /// <summary>Blank lines are rows where there is one cell, and none where there are two.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task RowsSetAsideAreFoundAgainByTheCellsThatTheFileHas(int count)
    {
        workspace.With(Rows(count, i => Text(i)) + "\nx\n1000\n", "market=DE/a.csv");
        var dataset = await workspace.Ingest(
            workspace.Input(Headerless, [Declared[0], Declared[1]], maxShare: 1), PieceBytes);
        dataset.Sources[0].Names.ShouldBe(["id"]);
        var rules = new ValidationRules([], null, null, null, [new ColumnRule("id", Max: 999, FailAbove: 1)]);
        var validation = await workspace.Context.Call(
            ValidateStage.Value, new ValidateInput(dataset.Table, null, rules));
        var quarantined = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, Headerless, dataset.Table, null, null, null, validation.TakenOut!,
            validation.Details, null));
        workspace.Text(quarantined.Files!.ShouldHaveSingleItem().File).ShouldBe("x\n1000\n");
    }
}
