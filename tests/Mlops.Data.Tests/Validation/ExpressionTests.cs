using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>Rules between columns.</summary>
public sealed class ExpressionTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    /// <summary>Which of the rows fail; row 3 lacks its price.</summary>
    [Theory]
    [InlineData("price <= list-price", new long[] { 1 })]
    [InlineData("list-price - price >= 1", new long[] { 1, 2 })]
    [InlineData("net + tax = total", new long[] { 2 })]
    [InlineData("net + tax == total", new long[] { 2 })]
    [InlineData("total <> 0.3", new long[] { 0, 3 })]
    [InlineData("plan = 'gold' or price < 10", new long[] { 1 })]
    [InlineData("not (plan = 'gold')", new long[] { 0 })]
    [InlineData("plan in ('gold', \"base\")", new long[] { 3 })]
    [InlineData("price is not missing", new long[] { 3 })]
    [InlineData("plan is missing or plan != 'base'", new long[] { 1 })]
    [InlineData("day < '2026-01-03'", new long[] { 2 })]
    [InlineData("'2026-01-01' <= day and day <= \"2026-01-02\"", new long[] { 2 })]
    [InlineData("abs(price - 10) * 2 < 5 / 2 + 1", new long[] { 0, 1 })]
    [InlineData("-price < 0", new long[0])]
    [InlineData("[list-price] >= 10 and true = 1", new long[] { 0 })]
    [InlineData("2 + 3 * 2 = 8 and (2 + 3) * 2 = 10 or price = 1", new long[0])]
    public async Task ARuleNamesTheRowsThatBreakIt(string rule, long[] failing)
    {
        var outcome = await datasets.Outcome(Rows(), new TableRule(Rule: rule), $"rule:{rule}");
        outcome.Samples.Select(sample => sample.Row).ShouldBe(failing);
    }

    /// <summary>Of numbers as large as these a second, or one, is less than 1e-9.</summary>
    [Theory]
    [InlineData("id < next", true)]
    [InlineData("id = next", false)]
    [InlineData("id + 1 = next", true)]
    [InlineData("id / 3 * 3 = id", true)]
    [InlineData("id in (1000000000001, 1000000000002)", false)]
    [InlineData("started < ended", true)]
    [InlineData("ended <= started", false)]
    [InlineData("started > '2026-01-01T10:00:00'", true)]
    [InlineData("paid < due", true)]
    [InlineData("paid * 1.5 = 1500000000000.03", true)]
    public async Task WholeNumbersDecimalsAndTimesAreComparedExactly(string rule, bool holds)
    {
        var whole = Table(
            ("id", Integers(1_000_000_000_000)), ("next", Integers(1_000_000_000_001)),
            ("started", Times("2026-01-01T10:00:00.5")), ("ended", Times("2026-01-01T10:00:01.5")));
        Column[] amounts =
            [new("paid", ColumnType.Decimal, 17, 2), new("due", ColumnType.Decimal, 17, 2)];
        var table = new Table(
            new TableSchema([.. whole.Schema.Columns, .. amounts]),
            [
                .. whole.Schema.Columns.Select((_, i) => whole[i]),
                new WholeValues(ColumnType.Decimal, [100_000_000_000_002], 2),
                new WholeValues(ColumnType.Decimal, [100_000_000_000_003], 2),
            ]);
        (await datasets.Outcome(table, new TableRule(Rule: rule), $"rule:{rule}")).Status
            .ShouldBe(holds ? CheckStatus.Pass : CheckStatus.Fail);
    }

    /// <summary>A double has 53 bits: it takes 2^53 + 1 for 2^53.</summary>
    [Theory]
    [InlineData("id = next", false)]
    [InlineData("id < next", true)]
    [InlineData("next - id = 1", true)]
    [InlineData("id + 1 = next", true)]
    [InlineData("abs(-next) > id", true)]
    [InlineData("next = 9007199254740993", true)]
    [InlineData("next in (9007199254740992, 9007199254740994)", false)]
    [InlineData("id >= 9007199254740992.5", false)]
    [InlineData("next > 9.007199254740992e15", true)]
    [InlineData("next * next = id * id", false)]
    [InlineData("next * next - id * id = 18014398509481985", true)]
    [InlineData("ended - started = 0.3", true)]
    [InlineData("ended - started > 0.3", false)]
    [InlineData("ended - started <= 0.299999", false)]
    [InlineData("started + 0.3 = ended", true)]
    [InlineData("due - paid = 0.01", true)]
    [InlineData("paid * 3 - due * 3 = -0.03", true)]
    [InlineData("paid < 9999999999999999.98", false)]
    [InlineData("id * id * id * id * id = next * next * next * next * next", true)]
    [InlineData("id < 1e300 and id > 1e-300", true)]
    public async Task NothingIsRoundedOfWholeNumbersDecimalsAndTimes(string rule, bool holds)
    {
        var whole = Table(
            ("id", Integers(9_007_199_254_740_992)), ("next", Integers(9_007_199_254_740_993)),
            ("started", Times("2026-01-01T10:00:00.1")), ("ended", Times("2026-01-01T10:00:00.4")));
        Column[] amounts =
            [new("paid", ColumnType.Decimal, 18, 2), new("due", ColumnType.Decimal, 18, 2)];
        var table = new Table(
            new TableSchema([.. whole.Schema.Columns, .. amounts]),
            [
                .. whole.Schema.Columns.Select((_, i) => whole[i]),
                new WholeValues(ColumnType.Decimal, [999_999_999_999_999_998], 2),
                new WholeValues(ColumnType.Decimal, [999_999_999_999_999_999], 2),
            ]);
        (await datasets.Outcome(table, new TableRule(Rule: rule), $"rule:{rule}")).Status
            .ShouldBe(holds ? CheckStatus.Pass : CheckStatus.Fail);
    }

    /// <summary>The nearest of single precision to 0.1 is more than it, to 0.7 less.</summary>
    [Theory]
    [InlineData("x <= 0.1 or x >= 0.7", true)]
    [InlineData("0.1 >= x or 0.7 <= x", true)]
    [InlineData("x in (0.1, 0.7)", true)]
    [InlineData("negative >= -0.1 and negative != -0.7", true)]
    [InlineData("x < 0.1 or x > 0.7", false)]
    public async Task ANumberBesideAColumnOfSinglePrecisionIsOneToo(string rule, bool holds)
    {
        var table = Table(
            ("x", new RealValues([0.1f, 0.7f], ColumnType.Float)),
            ("negative", new RealValues([-0.1f, double.NaN], ColumnType.Float)));
        (await datasets.Outcome(table, new TableRule(Rule: rule), $"rule:{rule}")).Status
            .ShouldBe(holds ? CheckStatus.Pass : CheckStatus.Fail);
    }

    /// <summary>Where a rule divides by zero it is infinity, which nothing else is near.</summary>
    [Theory]
    [InlineData("a / b <= 10", new long[] { 0 })]
    [InlineData("a / b = 10", new long[] { 0, 1 })]
    [InlineData("a / b >= 10", new long[] { 1 })]
    [InlineData("-a / b > 10", new long[] { 0, 1 })]
    public async Task WhatIsDividedByZeroIsNearNoNumber(string rule, long[] failing)
    {
        var table = Table(("a", Reals(5, 8, 0)), ("b", Reals(0, 2, 0)));
        var outcome = await datasets.Outcome(table, new TableRule(Rule: rule), $"rule:{rule}");
        outcome.Samples.Select(sample => sample.Row).ShouldBe(failing);
        outcome.RowsTested.ShouldBe(2);
    }

    [Fact]
    public async Task RowsThatLackACellAreNotTestedAndSamplesShowAllThatTheRuleLooksAt()
    {
        var outcome = await datasets.Outcome(
            Rows(), new TableRule(Rule: "price <= list-price", Name: "cheaper"), "rule:cheaper");
        outcome.RowsTested.ShouldBe(3);
        outcome.Samples.ShouldBe([new CheckSample(1, "list-price = 10, price = 12")]);
        outcome.Status.ShouldBe(CheckStatus.Fail);
    }

    [Theory]
    [InlineData("price + plan > 1", "a number", "a text")]
    [InlineData("price", "a condition", "a number")]
    [InlineData("price = 'high'", "both sides", "a number and a text")]
    [InlineData("price and true = 1", "a condition", "a number")]
    [InlineData("day > 'yesterday'", "a date as", "'yesterday'")]
    [InlineData("1 < 2", "a column", "a rule without any")]
    [InlineData("prise > 1", null, null)]
    public async Task WhatDoesNotFitTheColumnsIsSaidBeforeARowIsRead(
        string rule, string? expected, string? actual)
    {
        var problem = (await Should.ThrowAsync<ProblemException>(
            () => datasets.Outcome(Rows(), new TableRule(Rule: rule), ""))).Problems.ShouldHaveSingleItem();
        problem.Id.ShouldBe("VALIDATE-006");
        problem.Where!.File.ShouldBe(rule);
        if (expected is null)
            problem.Next.ShouldBe("Did you mean 'price'?");
        else
            problem.ToString().ShouldContain(expected);
        (problem.Actual ?? "").ShouldContain(actual ?? "");
    }

    [Fact]
    public async Task DeepAndLongRulesAreRefusedNotFollowed()
    {
        foreach (var rule in new[] { new string('(', 5_000),
            string.Concat(Enumerable.Repeat("(", 60)) + "1",
            string.Concat(Enumerable.Repeat("not ", 400)) + "x",
            string.Concat(Enumerable.Repeat("- ", 400)) + "1 > 0" })
            (await Should.ThrowAsync<ProblemException>(() =>
                datasets.Outcome(Rows(), new TableRule(Rule: rule), "")))
                .Problems[0].Id.ShouldBe("VALIDATE-006");
    }

    static Table Rows() => Table(
        ("price", Reals(8, 12, 9.5, null)), ("list-price", Reals(9, 10, 10, 10)),
        ("net", Reals(0.1, 1, 1, 0.1)), ("tax", Reals(0.2, 2, 3, 0.2)), ("total", Reals(0.3, 3, 5, 0.3)),
        ("plan", Texts("gold", "base", null, "silver")),
        ("day", Dates("2026-01-01", "2026-01-02", "2026-01-03", null)));
}
