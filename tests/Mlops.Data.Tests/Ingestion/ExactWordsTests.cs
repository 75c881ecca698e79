using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>What is said of files that cannot be taken as they are.</summary>
public sealed class ExactWordsTests : IDisposable
{
    const string Apart = "cafe\u0301";
    const string Together = "caf\u00e9";

    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task ADatasetWithoutAnyRowLeftIsNotRejectedForALimitThatItKeeps()
    {
        workspace.With("a,b\n1\n2\n");
        var dataset = await workspace.Ingest(workspace.Input(maxShare: 1));
        dataset.Judgement.Accepted.ShouldBeFalse();
        dataset.Judgement.Findings[0].ShouldBe("2 of 2 rows (100.00 %) did not parse, so no row is left.");
    }

    [Fact]
    public async Task ColumnsThatLookAlikeAreToldApart()
    {
        workspace.With($"id,{Apart}\n1,2\n");
        var problem = (await workspace.Problems(workspace.Input(
            columns: [new("id", ColumnType.Integer), new(Together, ColumnType.Integer)])))
            .ShouldHaveSingleItem();
        problem.Next!.ShouldStartWith(
            $"'{Together}' is there as '{Apart}', which looks alike: one has letters and accents apart");
    }

    [Fact]
    public async Task ColumnsOfTwoFilesThatLookAlikeAreToldApart()
    {
        workspace.With($"id,{Apart}\n1,2\n", "a.csv").With($"id,{Together}\n1,2\n", "b.csv");
        (await workspace.Problems(workspace.Input())).ShouldHaveSingleItem().Next!
            .ShouldContain("looks alike");
    }

    [Theory]
    [InlineData("caf\u0301")]
    [InlineData("cafe")]
    [InlineData("caXe\u0301")]
    [InlineData("caf\u0301\u00e9")]
    public async Task OtherNamesAreNotSaidToLookAlike(string name)
    {
        workspace.With($"id,{name}\n1,2\n");
        (await workspace.Problems(workspace.Input(
            columns: [new("id", ColumnType.Integer), new(Together, ColumnType.Integer)])))
            .ShouldHaveSingleItem().Next!.ShouldNotContain("looks alike");
    }

    [Theory]
    [InlineData("{\"id\":1,\"y\":2}\n{\"id\":2,\"y\":3}\n")]
    [InlineData("[{\"id\":1,\"y\":2}]\n")]
    [InlineData("[\n  {\"id\":1}\n]\n")]
    public async Task JsonIsCalledJsonAndNotABadHeader(string text)
    {
        workspace.With(text, "data.json");
        var problem = (await workspace.Problems(workspace.Input())).ShouldHaveSingleItem();
        (problem.Id, problem.What).ShouldBe(("DATA-063", "The file is JSON."));
        problem.Next!.ShouldContain("data.format.kind to jsonl");
    }

    [Fact]
    public async Task AStatementWithoutRowsIsSaidToGiveNone()
    {
        workspace.With("a,b\n1,2\n", "a.csv");
        var problem = (await workspace.Problems(
            workspace.Input() with { Sql = "SELECT * FROM 'a.csv' WHERE a > 5" })).ShouldHaveSingleItem();
        (problem.What, problem.Where).ShouldBe(("The statement gives no row.", new Place("data.sql")));
        problem.Next!.ShouldContain("data.sql");
    }

    [Theory]
    [InlineData("SELECT a,\n  c\nFROM 'a.csv'", 2)]
    [InlineData("SELECT a\nFROM 'a.csv'\nORDER BY c", 3)]
    public async Task AStatementThatFailsIsSaidWithTheLineThatItFailsIn(string sql, int line)
    {
        workspace.With("a,b\n1,2\n", "a.csv");
        (await workspace.Problems(workspace.Input() with { Sql = sql })).ShouldHaveSingleItem()
            .Actual!.ShouldEndWith($"(line {line} of the statement)");
    }

    /// <summary>As PostgreSQL and DuckDB write them.</summary>
    [Theory]
    [InlineData("2026-03-31 12:30:00+00", "2026-03-31T12:30:00")]
    [InlineData("2026-03-31 12:30:00.25-05", "2026-03-31T17:30:00.25")]
    [InlineData("2026-03-31 12:30+14", "2026-03-30T22:30:00")]
    public async Task AnOffsetMayBeHoursAlone(string cell, string utc)
    {
        workspace.With($"t\n{cell}\n");
        var dataset = await workspace.Ingest(workspace.Input());
        dataset.Table.Schema.Columns[0].TypeWord.ShouldBe("timestamp");
        (await workspace.Cells(dataset, "t")).ShouldBe(utc);
    }

    [Theory]
    [InlineData("2026-03-31 12:30:00+15")]
    [InlineData("2026-03-31 12:30:00+1")]
    [InlineData("2026-03-31+01")]
    public async Task AnOffsetThatIsNoneIsRefused(string cell)
    {
        workspace.With($"t\n{cell}\n");
        var dataset = await workspace.Ingest(workspace.Input(columns: [new("t", ColumnType.Timestamp)]));
        dataset.QuarantinedRows.ShouldBe(1);
    }
}
