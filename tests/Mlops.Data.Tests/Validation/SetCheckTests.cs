using Mlops.Data.Tables;
using Mlops.Data.Validation;
using static Mlops.Data.Tests.Validation.Columns;
using static Mlops.Data.Tests.Validation.Datasets;

namespace Mlops.Data.Tests.Validation;

/// <summary>Checks of a column, or of the dataset, as a whole, by hand.</summary>
public sealed class SetCheckTests : IDisposable
{
    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task ColumnsMustBeThereExactlySpeltAndInTheirOrder()
    {
        var parts = await datasets.Write(Table(
            ("Price", Reals(1, 2)), ("plan", Texts("a", "b")), ("id", Integers(1, 2))));
        var (result, details) = await datasets.Validate(parts, Datasets.Rules() with
        { Schema = new SchemaRule(["id", "plan", "price"], Order: Severity.Warn) });
        Single(details, "columns").Observed.ShouldBe("'price' is missing, did you mean 'Price'?");
        Single(details, "columns").Status.ShouldBe(CheckStatus.Fail);
        Single(details, "extra-columns").Observed.ShouldBe("there are 'Price'");
        Single(details, "extra-columns").Status.ShouldBe(CheckStatus.Warn);
        Single(details, "column-order").Observed.ShouldBe("'plan' stands where 'id' should");
        result.Judgement.Accepted.ShouldBeFalse();
        var (_, right) = await datasets.Validate(parts, Datasets.Rules() with
        { Schema = new SchemaRule(["Price", "id"], Extra: null, Order: null) });
        right.Checks.Select(check => check.Id).ShouldNotContain("extra-columns");
        Single(right, "columns").Status.ShouldBe(CheckStatus.Pass);
    }

    /// <summary>Of 1, 2, 3, 4 and 10: mean 4, median 3, sd √12.5, sum 20, upper quartile 4.</summary>
    [Theory]
    [InlineData("mean", null, 4.0, 4.0)]
    [InlineData("median", null, 3.0, 3.0)]
    [InlineData("sd", null, 3.535, 3.536)]
    [InlineData("sum", null, 20.0, 20.0)]
    [InlineData("quantile", 0.75, 4.0, 4.0)]
    public async Task StatisticsLieInTheirBounds(string name, double? at, double min, double max)
    {
        var table = Table(("x", Reals(1, 2, 3, 4, 10, null)));
        var id = at is null ? $"{name}:x" : "quantile-0.75:x";
        (await Of(table,
            new ColumnRule("x", Statistics: [new StatisticRule(name, new Bounds(min, max), at)]), id))
            .Status.ShouldBe(CheckStatus.Pass);
        var low = await Of(table,
            new ColumnRule("x", Statistics: [new StatisticRule(name, new Bounds(max + 0.01), at)]), id);
        low.Status.ShouldBe(CheckStatus.Warn);
        low.Observed.ShouldStartWith("it is ");
    }

    [Fact]
    public async Task DistinctValuesAreCountedAndCompared()
    {
        var table = Table(("t", Texts("a", "b", "a", null)));
        (await Of(table, new ColumnRule("t", Distinct: new Bounds(2, 2)), "distinct:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", Distinct: new Bounds(3)), "distinct:t")).Observed
            .ShouldBe("it has 2");
        (await Of(table, new ColumnRule("t", MostShare: 0.7), "most-share:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", MostShare: 0.5), "most-share:t")).Observed
            .ShouldBe("'a' has 66.67 %");
        (await Of(table, new ColumnRule("t", ValuesIn: ["a", "b", "c"]), "values-in:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", ValuesIn: ["a"]), "values-in:t")).Observed
            .ShouldBe("it also has 'b'");
        (await Of(table, new ColumnRule("t", ValuesContain: ["a"]), "values-contain:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", ValuesContain: ["a", "c"]), "values-contain:t")).Observed
            .ShouldBe("it lacks 'c'");
        (await Of(table, new ColumnRule("t", ValuesEqual: ["b", "a"]), "values-equal:t")).Status
            .ShouldBe(CheckStatus.Pass);
        (await Of(table, new ColumnRule("t", ValuesEqual: ["a", "c"]), "values-equal:t")).Observed.ShouldBe(
            "it differs in 'b', 'c'");
    }

    [Theory]
    [InlineData("2026-03-08", CheckStatus.Pass, "it is 2026-03-01, 7 days before 2026-03-08")]
    [InlineData("2026-03-08T00:00:01Z", CheckStatus.Warn,
        "it is 2026-03-01, 7 days before 2026-03-08T00:00:01Z")]
    [InlineData("2026-02-20", CheckStatus.Pass, "it is 2026-03-01, 9 days ahead of 2026-02-20")]
    public async Task DataGetsOldAgainstTheMomentOfTheRun(string now, CheckStatus expected, string observed)
    {
        var parts = await datasets.Write(Table(("day", Dates("2026-02-01", "2026-03-01", null))));
        var (_, details) = await datasets.Validate(new ValidateInput(
            parts, null, Datasets.Rules(new ColumnRule("day", MaxAgeSeconds: 7 * 86_400)), Now: now));
        Single(details, "freshness:day").Status.ShouldBe(expected);
        Single(details, "freshness:day").Observed.ShouldBe(observed);
    }

    [Fact]
    public async Task GapsAreBetweenConsecutiveTimesOfAllParts()
    {
        var parts = await datasets.Write(
            Table(("at", Times("2026-01-01T00:00:00", "2026-01-01T05:00:00", null))),
            Table(("at", Times("2026-01-01T02:00:00", "2026-01-01T03:00:00", "2026-01-01T03:00:00"))));
        var gap = Single((await datasets.Validate(
            parts, Datasets.Rules(new ColumnRule("at", MaxGapSeconds: 3_600)))).Details, "gap:at");
        gap.Status.ShouldBe(CheckStatus.Warn);
        gap.Observed.ShouldBe("the longest gap is 2 hours, from 2026-01-01T00:00:00 to 2026-01-01T02:00:00");
        Single((await datasets.Validate(
            parts, Datasets.Rules(new ColumnRule("at", MaxGapSeconds: 7_200)))).Details, "gap:at")
            .Status.ShouldBe(CheckStatus.Pass);
        (await Of(Table(("at", Times("2026-01-01T00:00:00", null))),
            new ColumnRule("at", MaxGapSeconds: 1), "gap:at"))
            .Status.ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task DuplicateRowsAreThoseBeyondTheFirst()
    {
        var table = Table(
            ("a", Integers(1, 1, 1, 2, null, null)), ("b", Texts("x", "x", "y", "x", null, null)));
        var all = await Of(table, new TableRule(Duplicates: ["all"]), "duplicates:all");
        all.Samples.Select(sample => sample.Row).ShouldBe([1, 5]);
        all.Status.ShouldBe(CheckStatus.Warn);
        (await Of(table, new TableRule(Duplicates: ["b"]), "duplicates:b")).Samples
            .Select(sample => sample.Row).ShouldBe([1, 3, 5]);
        var unique = await Of(table, new TableRule(Unique: ["a", "b"]), "unique:a+b");
        unique.Samples.ShouldBe([new CheckSample(1, "1 + x")]);
        unique.RowsTested.ShouldBe(4);
    }

    [Fact]
    public async Task EqualFeaturesWithUnlikeLabelsConflict()
    {
        var table = Table(
            ("id", Integers(1, 2, 3, 4, 5)), ("x", Reals(1, 1, 2, 2, 1)),
            ("y", Texts("yes", "no", "yes", "yes", null)));
        var learning = new LearningColumns("y", true, null, ["id"]);
        var outcome = await datasets.Outcome(
            table, new TableRule(ConflictingLabels: true), "conflicting-labels", learning);
        outcome.Samples.Select(sample => sample.Value).ShouldBe(["yes", "no"]);
        (outcome.RowsTested, outcome.RowsFailing).ShouldBe((4, 2));
        (await Of(table, new TableRule(ConflictingLabels: true), "conflicting-labels")).Status
            .ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task TheRarestLabelHasItsShareOfTheMostFrequent()
    {
        var table = Table(("y", Texts("a", "a", "a", "a", "b", null)));
        var learning = new LearningColumns("y", true, null, []);
        (await datasets.Outcome(table, new TableRule(ClassBalance: 0.25), "class-balance", learning)).Status
            .ShouldBe(CheckStatus.Pass);
        (await datasets.Outcome(table, new TableRule(ClassBalance: 0.26), "class-balance", learning)).Observed
            .ShouldBe("1 against 4 rows, 25 %");
        (await datasets.Outcome(
            table, new TableRule(ClassBalance: 0.1), "class-balance", learning with { IsClass = false }))
            .Status.ShouldBe(CheckStatus.NotRun);
    }

    /// <summary>r of (1, 2, 3, 4) and (1, 3, 2, 4) is 0.8, of the first and its negative -1.</summary>
    /// <summary>The rarest label is the most frequent one too, and nothing is balanced by that.</summary>
    [Fact]
    public async Task OneLabelAloneIsNoBalance()
    {
        var outcome = await datasets.Outcome(
            Table(("y", Texts("a", "a", null))), new TableRule(ClassBalance: 0.1), "class-balance",
            new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.Observed.ShouldBe("there is one label alone");
    }

    [Fact]
    public async Task FeaturesThatSayTheSameAreNoted()
    {
        var table = Table(
            ("a", Reals(1, 2, 3, 4)), ("b", Reals(1, 3, 2, 4)), ("c", Reals(-1, -2, -3, -4)),
            ("t", Texts("x", "y", "x", "z")), ("u", Texts("x", "y", "x", "z")),
            ("y", Texts("1", "0", "1", "0")));
        var learning = new LearningColumns("y", true, null, []);
        var outcome = await datasets.Outcome(table, new TableRule(Correlation: 0.9), "correlation", learning);
        outcome.Observed.ShouldBe("t and u are copies; a and c -1");
        var odd = Table(
            ("c", Reals([.. Enumerable.Repeat((double?)0.1, 10)])),
            ("d", Reals([.. Enumerable.Repeat((double?)0.7, 10)])),
            ("big", Reals([.. Enumerable.Range(0, 10).Select(row => (double?)(row - 5) * 1e307)])),
            ("same", Reals([.. Enumerable.Range(0, 10).Select(row => row < 6 ? (double?)row : null)])));
        (await datasets.Outcome(odd, new TableRule(Correlation: 0.9), "correlation",
            new LearningColumns("y", true, null, []))).Observed.ShouldBe("big and same 1 over 6 rows");
        outcome.Status.ShouldBe(CheckStatus.Noted);
        (await datasets.Outcome(table, new TableRule(Correlation: 0.79), "correlation", learning)).Observed
            .ShouldContain("a and b 0.8");
    }

    [Fact]
    public async Task FeaturesOfWhichNoTwoCanBeComparedDoNotPass()
    {
        var table = Table(
            ("a", Reals(1, 2, 3, 4)), ("t", Texts("x", "y", "x", "z")), ("y", Texts("1", "0", "1", "0")));
        var alone = await datasets.Outcome(
            table, new TableRule(Correlation: 0.9), "correlation", new LearningColumns("y", true, null, []));
        alone.Status.ShouldBe(CheckStatus.NotRun);
        alone.Observed.ShouldBe("there are no two features that can be compared");
        (await datasets.Outcome(
            table, new TableRule(Correlation: 0.9), "correlation",
            new LearningColumns("y", true, ["a", "y"], []))).Status.ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task AColumnWithoutValuesHasNoNumberOfThemThatPasses()
    {
        var table = Table(("t", Texts(null, null, null)), ("x", Reals(1, 2, 3)));
        (await Of(table, new ColumnRule("t", Distinct: new Bounds(null, 5)), "distinct:t")).Status
            .ShouldBe(CheckStatus.NotRun);
        (await Of(table, new ColumnRule("t", Distinct: new Bounds(1, 5)), "distinct:t")).Status
            .ShouldBe(CheckStatus.Warn);
    }

    [Fact]
    public async Task WhatIsComparedWithThePastDoesNotRunWithoutOne()
    {
        var rules = Datasets.Rules(
            new ColumnRule("t", NewValues: true),
            new ColumnRule("x", Statistics: [new StatisticRule("mean", new Bounds(WithinSd: 1))])) with
        { RowChange = new Bounds(0.5, 2), Checks = [new TableRule(Drift: ["all"])] };
        var before = Table(("t", Texts([.. Enumerable.Repeat("a", 40), .. Enumerable.Repeat("b", 40)])),
            ("x", Reals([.. Enumerable.Range(0, 80).Select(i => (double?)i)])));
        var (first, untold) = await datasets.Validate(await datasets.Write(before), rules);
        foreach (var id in new[] { "new-values:t", "mean:x", "row-change", "drift:all" })
            Single(untold, id).Status.ShouldBe(CheckStatus.NotRun, id);

        var after = Table(("t", Texts([.. Enumerable.Repeat("a", 30), "c", null])),
            ("x", Reals([.. Enumerable.Range(0, 32).Select(i => (double?)(i + 200))])));
        var (second, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(after), null, rules, Previous: first.Accepted));
        Single(details, "new-values:t").Samples.ShouldBe([new CheckSample(30, "c")]);
        Single(details, "mean:x").Status.ShouldBe(CheckStatus.Warn);
        Single(details, "row-change").Observed.ShouldBe("32 after 80, 0.4 times as many");
        Single(details, "drift:all").Status.ShouldBe(CheckStatus.Warn);
        Single(details, "drift:all").Observed.ShouldContain("x ");
        second.Judgement.Accepted.ShouldBeTrue();
        var (_, same) = await datasets.Validate(
            new ValidateInput(await datasets.Write(before), null, rules, Previous: first.Accepted));
        same.Checks.ShouldAllBe(check => check.Status == CheckStatus.Pass);
    }

    /// <summary>A drift check says which level moved, whatever the check is called.</summary>
    [Theory]
    [InlineData("all", null, "drift:all")]
    [InlineData("t", null, "drift:t")]
    [InlineData("t", "moved", "drift:moved")]
    public async Task WhatMovedIsNotSaidOfRedactedColumns(string columns, string? name, string id)
    {
        var rules = Datasets.Rules() with
        { Checks = [new TableRule(name, Drift: [columns])], Redact = ["t"] };
        var (first, _) = await datasets.Validate(
            await datasets.Write(Table(("t", Texts([.. Enumerable.Repeat("known", 80)])))), rules);
        var (_, details) = await datasets.Validate(new ValidateInput(
            await datasets.Write(Table(("t", Texts([.. Enumerable.Repeat("secret", 80)])))), null, rules,
            Previous: first.Accepted));
        Single(details, id).Status.ShouldBe(CheckStatus.Warn);
        Single(details, id).Observed.ShouldBe("found: •••");
    }

    [Theory]
    [InlineData("a+b")]
    [InlineData("a#b")]
    [InlineData("a:b")]
    public async Task ValuesOfARedactedColumnAreNotSaidWhateverItsName(string column)
    {
        var (_, details) = await datasets.Validate(
            await datasets.Write(Table((column, Texts("secret", "other")))),
            Datasets.Rules(new ColumnRule(column, ValuesIn: ["other"])) with { Redact = [column] });
        Single(details, $"values-in:{column}").Observed.ShouldBe("found: •••");
    }

    Task<CheckOutcome> Of(Table table, ColumnRule rule, string id) => datasets.Outcome(table, rule, id);

    Task<CheckOutcome> Of(Table table, TableRule rule, string id) => datasets.Outcome(table, rule, id);
}
