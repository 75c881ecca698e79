using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>Checks of numbers that a double does not tell apart.</summary>
public sealed class ExactBoundTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    /// <summary>2^53 + 1 is no double: the nearest is 2^53.</summary>
    [Theory]
    [InlineData(null, 9_007_199_254_740_992.0, null, 1)]
    [InlineData(9_007_199_254_740_992.0, null, null, 0)]
    [InlineData(9_007_199_254_740_992.0, null, "9007199254740993", 1)]
    [InlineData(null, 9_007_199_254_740_992.0, "9007199254740993", 0)]
    public async Task BoundsOfWholeNumbersThatNoDoubleIsAreExact(
        double? min, double? max, string? written, long failing)
    {
        var table = Table(("id", Integers(9_007_199_254_740_992, 9_007_199_254_740_993)));
        var rule = new ColumnRule(
            "id", Min: min, Max: max, LowWritten: min is null ? null : written,
            HighWritten: max is null ? null : written);
        (await Of(table, rule, "range:id")).RowsFailing.ShouldBe(failing);
        (await Of(table, rule with { Min = null, Above = min, Max = null, Below = max }, "range:id"))
            .RowsFailing.ShouldBe(failing + 1);
    }

    [Fact]
    public async Task ABoundIsSaidAsItWasWritten() =>
        (await Of(
            Table(("id", Integers(1))),
            new ColumnRule("id", Min: 0, Max: 9_007_199_254_740_992.0, HighWritten: "9007199254740993"),
            "range:id")).Sentence.ShouldBe("id lies in [0, 9007199254740993]");

    /// <summary>18 digits are more than a double has.</summary>
    [Theory]
    [InlineData(0.1, 1e15, "999999999999999.94", 1)]
    [InlineData(0.1, 1e15, "999999999999999.95", 0)]
    [InlineData(0.1, 1e15, "999999999999999.9499", 1)]
    [InlineData(0.11, 1e300, null, 1)]
    [InlineData(1e-300, 1e15, null, 0)]
    public async Task BoundsOfDecimalsAreExact(double min, double max, string? written, long failing)
    {
        var table = new Table(
            new TableSchema([new Column("paid", ColumnType.Decimal, 18, 2)]),
            [new WholeValues(ColumnType.Decimal, [10, 99_999_999_999_999_995, WholeValues.Missing], 2)]);
        (await Of(table, new ColumnRule("paid", Min: min, Max: max, HighWritten: written), "range:paid"))
            .RowsFailing.ShouldBe(failing);
    }

    [Fact]
    public async Task WholeNumbersThatNoDoubleIsAreInOrder()
    {
        var table = Table(("id", Integers(
            9_007_199_254_740_992, 9_007_199_254_740_993, 9_007_199_254_740_993, 9_007_199_254_740_992)));
        foreach (var (order, failing) in new[] { ("strictly-increasing", 2), ("increasing", 1) })
            (await Of(table, new ColumnRule("id", Order: order), "order:id")).RowsFailing.ShouldBe(failing);
    }

    Task<CheckOutcome> Of(Table table, ColumnRule rule, string id) => datasets.Outcome(table, rule, id);
}
