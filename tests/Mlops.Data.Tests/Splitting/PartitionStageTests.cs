using CsCheck;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Splitting;

public sealed class PartitionStageTests : IDisposable
{
    readonly PartsOfTables parts = new();

    public void Dispose() => parts.Dispose();

    static Table Markets(int?[] markets) => new(
        new TableSchema([new Column("market", ColumnType.Text), new Column("row", ColumnType.Integer)]),
        [
            new TextValues(
                [.. markets.Select(market => market ?? -1)],
                ["west", "Total U.S.", "Baltimore/Washington", "east"]),
            new WholeValues(
                ColumnType.Integer, [.. Enumerable.Range(0, markets.Length).Select(row => (long)row)]),
        ]);

    [Fact]
    public async Task EveryRowWithAValueIsInItsCellInOrder() =>
        await Gen.Int[-1, 3].Select(code => code < 0 ? (int?)null : code)
            .Array[0, 60].SampleAsync(async markets =>
        {
            var table = Markets(markets);
            var result = await parts.Context.Call(
                PartitionStage.Value, new PartitionInput(await parts.Store(table, 3), "market"));
            result.Cells.Select(cell => cell.Value)
                .ShouldBe(result.Cells.Select(cell => cell.Value).Order(StringComparer.Ordinal));
            result.RowsWithoutValue.ShouldBe(markets.Count(market => market is null));
            foreach (var cell in result.Cells)
            {
                var rows = await TableReading.Load(parts.Context, cell.Table);
                Enumerable.Range(0, rows.RowCount).Select(row => (int)rows["row"].Number(row))
                    .ShouldBe(Enumerable.Range(0, table.RowCount)
                        .Where(row => table["market"].Text(row) == cell.Value));
            }
            result.Cells.Sum(cell => cell.Table.RowCount)
                .ShouldBe(markets.Count(market => market is not null));
        }, iter: 30, threads: 1);

    [Fact]
    public async Task AChangeInOneMarketLeavesTheOthersBytesAlone()
    {
        var before = await parts.Context.Call(
            PartitionStage.Value, new PartitionInput(await parts.Store(Markets([0, 1, 0, 3])), "market"));
        var after = await parts.Context.Call(
            PartitionStage.Value, new PartitionInput(await parts.Store(Markets([0, 1, 0, 2])), "market"));
        after.Cells.Single(cell => cell.Value == "west").Table.Parts
            .ShouldBe(before.Cells.Single(cell => cell.Value == "west").Table.Parts);
    }

    [Fact]
    public async Task AnUnknownColumnNamesTheNearest()
    {
        var input = new PartitionInput(await parts.Store(Markets([0])), "markets");
        (await Should.ThrowAsync<ProblemException>(() => parts.Context.Call(PartitionStage.Value, input)))
            .Problems.ShouldHaveSingleItem().Next.ShouldBe("Did you mean 'market'?");
    }
}
