using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Leakage;
using static Mlops.Data.Tests.Validation.Columns;
using static Mlops.Data.Tests.Validation.Datasets;

namespace Mlops.Data.Tests.Validation;

/// <summary>What is known on both sides of the split, or of the label.</summary>
public sealed class LeakageTests : IDisposable
{
    const int Rows = 200;

    readonly Datasets datasets = new();

    public void Dispose() => datasets.Dispose();

    [Fact]
    public async Task AnEntityOnBothSidesOfTheSplitIsAnError()
    {
        var parts = await datasets.Write(Table(
            ("who", Integers(1, 2, 1, 3, null, null)), ("y", Texts("a", "b", "a", "b", "a", "b"))));
        var roles = await Roles(0, 0, 1, 1, 0, 1);
        var input = new ValidateInput(
            parts, roles, Datasets.Rules() with { Leakage = new LeakageRule(Entity: ["who"]) },
            new LearningColumns("y", true, null, []));
        var leak = Single((await datasets.Validate(input)).Details, "key-leakage:who");
        leak.Status.ShouldBe(CheckStatus.Fail);
        leak.Samples.ShouldBe([new CheckSample(2, "1")]);
        leak.RowsTested.ShouldBe(2);
        (await datasets.Validate(input with { Rules = Datasets.Rules() })).Details.Checks
            .ShouldNotContain(check => check.Id.StartsWith("key-leakage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 })]
    [InlineData(new[] { 1, 1, 0, 0 })]
    public async Task ASideOfTheSplitWithoutAnyEntityLeavesNothingToCompare(int[] roles)
    {
        var parts = await datasets.Write(Table(
            ("who", Integers(1, 2, null, null)), ("y", Texts("a", "b", "a", "b"))));
        var input = new ValidateInput(
            parts, await Roles(roles), Datasets.Rules() with { Leakage = new LeakageRule(Entity: ["who"]) },
            new LearningColumns("y", true, null, []));
        Single((await datasets.Validate(input)).Details, "key-leakage:who").Status
            .ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task TrainingRowsThatAreNotOlderThanTheHoldoutAreSaid()
    {
        var parts = await datasets.Write(Table(
            ("day", Dates("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-02", null)),
            ("y", Reals(1, 2, 3, 4, 5))));
        var learning = new LearningColumns("y", false, null, ["day"], "day");
        var late = Single((await datasets.Validate(
            new ValidateInput(
                parts, await Roles(0, 1, 0, 0, 0), Datasets.Rules(), learning))).Details, "time-leakage");
        late.Status.ShouldBe(CheckStatus.Warn);
        late.Samples.ShouldBe([new CheckSample(2, "2026-01-03"), new CheckSample(3, "2026-01-02")]);
        late.RowsTested.ShouldBe(3);
        Single((await datasets.Validate(new ValidateInput(
            parts, await Roles(0, 0, 1, 0, 0), Datasets.Rules(), learning))).Details, "time-leakage").Status
                .ShouldBe(CheckStatus.Pass);
        Single((await datasets.Validate(new ValidateInput(
            parts, null, Datasets.Rules(), learning))).Details, "time-leakage").Status
                .ShouldBe(CheckStatus.NotRun);
    }

    /// <summary>Of four values one is the largest, whatever the label.</summary>
    [Fact]
    public async Task AFewValuesThatChanceOrdersTellNothing()
    {
        bool[] yes = [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0)];
        var table = Table(
            ("sparse", Reals([.. yes.Select((each, row) =>
                row is 81 or 82 or 83 or 85 ? each ? 2 : (double?)1 : null)])),
            ("y", Texts([.. yes.Select(each => each ? "yes" : "no")])));
        var outcome = await LabelLeakage(table, new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(CheckStatus.Pass, outcome.Observed);
    }

    /// <summary>Of two rows it happens by chance that they stand above all others, of three hardly.</summary>
    [Theory]
    [InlineData(2, CheckStatus.Pass)]
    [InlineData(3, CheckStatus.Warn)]
    public async Task TwoRowsOfALabelAboveAllOthersAccuseNoFeature(int rare, CheckStatus status)
    {
        var seen = 0;
        bool[] yes = [.. Enumerable.Range(0, Rows).Select(row => row % 4 == 1)];
        // Rows of odd numbers are held out.
        var table = Table(
            ("sparse", Reals([.. yes.Select((each, row) =>
                row % 2 == 0 || (each && ++seen > rare) ? null : each ? 2 : (double?)1)])),
            ("y", Texts([.. yes.Select(each => each ? "yes" : "no")])));
        var outcome = await LabelLeakage(table, new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(status, outcome.Observed);
    }

    [Fact]
    public async Task AFeatureThatAloneTellsTheLabelIsSaidHoweverItDoes()
    {
        var draws = new Drift.Draws(7);
        bool[] yes = [.. Enumerable.Range(0, Rows).Select(_ => draws.Uniform() < 0.3)];
        var table = Table(
            ("noise", Reals([.. yes.Select(_ => (double?)draws.Normal())])),
            ("copy", Reals([.. yes.Select(each => (double?)(each ? 10 : 0) + draws.Uniform())])),
            ("code", Texts([.. yes.Select((each, i) => each ? $"L{i / 2 % 2}" : $"S{i / 2 % 3}")])),
            ("when", Dates([.. yes.Select(each => each ? "2026-01-01" : null)])),
            ("weak", Reals([.. yes.Select(each => (double?)(each ? 1 : 0) + draws.Normal())])),
            ("y", Texts([.. yes.Select(each => each ? "yes" : "no")])));
        var outcome = await LabelLeakage(table, new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(CheckStatus.Warn);
        outcome.Observed.Split("; ").Select(said => said.Split(" ha")[0]).ShouldBe(
            ["copy", "code", "when", "whether when is missing"]);
        (await LabelLeakage(
            table, new LearningColumns("y", true, ["noise", "weak"], []))).Status.ShouldBe(CheckStatus.Pass);
        (await LabelLeakage(table, new LearningColumns("y", true, null, ["copy", "code", "when"]))).Status
            .ShouldBe(CheckStatus.Pass);
    }

    [Fact]
    public async Task ANumberLeaksToo()
    {
        var draws = new Drift.Draws(8);
        double[] label = [.. Enumerable.Range(0, Rows).Select(_ => 100 * draws.Uniform())];
        var table = Table(
            ("twice", Reals([.. label.Select(value => (double?)value * 2)])),
            ("weak", Reals([.. label.Select(value => (double?)value + 40 * draws.Normal())])),
            ("y", Reals([.. label.Select(value => (double?)value)])));
        (await LabelLeakage(table, new LearningColumns("y", false, null, []))).Observed
            .ShouldStartWith("twice has a predictive power of 0.9");
    }

    /// <summary>
    /// Positives at 1 and 3, others at 2 and 4: of four pairs one has the positive above, so 1 - 0.25.
    /// </summary>
    [Fact]
    public void TheAreaUnderTheCurveIsCountedInPairs()
    {
        double[] scores = [1, 2, 3, 4];
        PredictivePower.Auc(row => scores[row], row => row is 0 or 2, [0, 1, 2, 3]).ShouldBe(0.75);
        PredictivePower.Auc(_ => 5, row => row == 0, [0, 1, 2]).ShouldBe(0.5);
        PredictivePower.Auc(row => scores[row], _ => true, [0, 1]).ShouldBeNull();
    }

    [Fact]
    public async Task TooFewRowsAreNotJudged()
    {
        var table = Table(("x", Reals(1, 2, 3, 4)), ("y", Texts("a", "b", "a", "b")));
        (await LabelLeakage(
            table, new LearningColumns("y", true, null, []))).Status.ShouldBe(CheckStatus.NotRun);
    }

    [Fact]
    public async Task NoFeatureTellsALabelThatIsTheSameEverywhereWhichSaysNothingOfThem()
    {
        var table = Table(
            ("x", Reals([.. Enumerable.Range(0, Rows).Select(row => (double?)row)])),
            ("y", Texts([.. Enumerable.Range(0, Rows).Select(row => row == 0 ? "no" : "yes")])));
        var outcome = await LabelLeakage(table, new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(CheckStatus.NotRun);
        outcome.Observed.ShouldBe("all labels of the holdout are equal");
    }

    [Fact]
    public async Task NoFeaturesTellNothing()
    {
        var table = Table(
            ("y", Texts([.. Enumerable.Range(0, Rows).Select(row => row / 2 % 2 == 0 ? "no" : "yes")])));
        var outcome = await LabelLeakage(table, new LearningColumns("y", true, null, []));
        outcome.Status.ShouldBe(CheckStatus.NotRun);
        outcome.Observed.ShouldBe("there are no features");
    }

    async Task<CheckOutcome> LabelLeakage(Table table, LearningColumns learning) =>
        Single((await datasets.Validate(
            new ValidateInput(
                await datasets.Write(table),
                await Roles([.. Enumerable.Range(0, table.RowCount).Select(row => row % 2)]),
                Datasets.Rules(), learning))).Details, "label-leakage");

    Task<Engine.Artifact> Roles(params int[] roles) =>
        datasets.WriteBytes([.. roles.Select(role => (byte)role)]);
}
