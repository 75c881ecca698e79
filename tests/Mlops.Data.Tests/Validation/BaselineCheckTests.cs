using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;

namespace Mlops.Data.Tests.Validation;

/// <summary>Checks against the dataset accepted last where one of the two is not as the other.</summary>
public sealed class BaselineCheckTests : IDisposable
{
    const int Rows = 100;

    static readonly ValidationRules Drift =
        Datasets.Rules() with { Checks = [new TableRule(Drift: ["all"])] };

    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task TooFewRowsToTellDriftAreNoPass()
    {
        var few = Table(("x", Reals(1, 2, 3)));
        var outcome = await Against(few, few, Drift, "drift:all");
        outcome.Status.ShouldBe(CheckStatus.NotRun);
        outcome.Observed.ShouldBe(
            "no column has 30 values on both sides: numbers are given, no verdict is");
        (await Against(few, Table(("x", Reals())), Drift, "drift:all")).Observed
            .ShouldBe("there are no rows");
    }

    [Fact]
    public async Task AColumnThatIsGoneOrOfAnotherKindIsNotDistributedAsBefore()
    {
        var outcome = await Against(
            Table(("x", Words), ("y", Numbers), ("z", Numbers)),
            Table(("x", Numbers), ("y", Numbers), ("w", Numbers)),
            Drift, "drift:all");
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.Observed.ShouldBe("x was text and is real; z is gone; w is new");
        var added = await Against(
            Table(("y", Numbers)), Table(("y", Numbers), ("w", Numbers)), Drift, "drift:all");
        added.Status.ShouldBe(CheckStatus.Pass);
        added.Observed.ShouldEndWith("; w is new");
    }

    [Fact]
    public async Task AColumnThatBecameMissingIsNotDistributedAsBefore()
    {
        var outcome = await Against(
            Table(("x", Numbers), ("y", Numbers)), Table(("x", Reals(new double?[Rows])), ("y", Numbers)),
            Drift, "drift:all");
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.Observed.ShouldBe("x: missing 0 % → 100 %");
    }

    [Fact]
    public async Task DeviationsOfABaselineWithoutAnyAreSaid()
    {
        var constant = Table(("x", Reals(5, 5, 5)));
        var rules = Within(new Bounds(WithinSd: 2));
        (await Against(constant, constant, rules, "mean:x")).ShouldSatisfyAllConditions(
            outcome => outcome.Status.ShouldBe(CheckStatus.Pass),
            outcome => outcome.Observed.ShouldBe("it is 5, after 5 where all numbers were equal"));
        (await Against(constant, Table(("x", Reals(6, 6))), rules, "mean:x")).ShouldSatisfyAllConditions(
            outcome => outcome.Status.ShouldBe(CheckStatus.Warn),
            outcome => outcome.Observed.ShouldBe("it is 6, after 5 where all numbers were equal"));
        (await Against(Table(("x", Reals(5))), constant, rules, "mean:x")).Observed
            .ShouldBe("x has no standard deviation in the dataset accepted last");
        (await Against(
            Table(("x", Reals(1e200, 2e200, 3e200))), Table(("x", Reals(9e200))), rules, "mean:x")).Status
            .ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task WhyThereIsNothingToCompareWithIsSaid()
    {
        var rules = Datasets.Rules(new ColumnRule("x", NewValues: true));
        (await Against(Table(("x", Texts("1", "2"))), Table(("x", Integers(1, 2))), rules, "new-values:x"))
            .Observed.ShouldBe("x was Text in the dataset accepted last");
        var before = await datasets.Validate(await datasets.Write(Table(("y", Integers(1)))), Datasets.Rules(
            new ColumnRule("y", NewValues: true)));
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("x", Integers(1)))), null, rules, Previous: before.Result.Accepted));
        details.Checks.Single(check => check.Id == "new-values:x").Observed
            .ShouldBe("the dataset accepted last has no column x");
    }

    [Fact]
    public async Task ABrokenBoundIsBrokenWithoutABaseline()
    {
        var (_, details) = await datasets.Validate(
            await datasets.Write(Table(("x", Reals(-5, -4)))), Within(new Bounds(Min: 0, WithinSd: 2)));
        var outcome = details.Checks.Single(check => check.Id == "mean:x");
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.Observed.ShouldBe("it is -4.5");
    }

    static ColumnValues Numbers => Reals([.. Enumerable.Range(0, Rows).Select(row => (double?)row)]);

    static ColumnValues Words => Texts([.. Enumerable.Range(0, Rows).Select(row => $"w{row % 7}")]);

    static ValidationRules Within(Bounds bounds) =>
        Datasets.Rules(new ColumnRule("x", Statistics: [new StatisticRule("mean", bounds)]));

    async Task<CheckOutcome> Against(Table before, Table now, ValidationRules rules, string id)
    {
        var first = await datasets.Validate(await datasets.Write(before), rules);
        var second = await datasets.Validate(new ValidateInput(
            await datasets.Write(now), null, rules, Previous: first.Result.Accepted));
        return second.Details.Checks.Single(check => check.Id == id);
    }
}
