using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Evaluation;

public sealed class EvaluateStageTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task ARegressionIsMeasuredBesideItsBaseline()
    {
        var (evaluation, details) = await Evaluate(Shop.Amount, new(["mae"], ["region", "size"], []));

        evaluation.HoldoutRows.ShouldBe(200);
        evaluation.Metrics.Select(metric => metric.Name).ShouldBe(["mae", "rmse", "r2", "mape", "bias"]);
        var mae = evaluation.Metrics[0];
        mae.Value!.Value.ShouldBeLessThan(0.3 * mae.Baseline!.Value);
        mae.Champion.ShouldBeNull();
        evaluation.Metrics[2].Value!.Value.ShouldBeGreaterThan(0.9);
        evaluation.Judgement.Accepted.ShouldBeTrue();
        details.Residuals.ShouldNotBeNull().Histogram.Sum().ShouldBe(200);
        details.Roc.ShouldBeNull();
        details.Slices.Where(slice => slice.Column == "region").Sum(slice => slice.Rows).ShouldBe(200);
        details.Slices.Count(slice => slice.Column == "size").ShouldBe(4);
    }

    [Fact]
    public async Task ABinaryModelHasCurvesAndAConfusion()
    {
        var (evaluation, details) = await Evaluate(Shop.Loyal, new(["auc", "log-loss"], [], []));

        evaluation.Metrics.Count.ShouldBe(9);
        evaluation.Metrics[0].Value!.Value.ShouldBeGreaterThan(0.95);
        evaluation.Metrics[0].Baseline.ShouldBe(0.5);
        details.Classes.ShouldBe(["false", "true"]);
        details.Confusion.ShouldNotBeNull().Sum(row => row.Sum()).ShouldBe(200);
        var correct = details.Confusion[0][0] + details.Confusion[1][1];
        evaluation.Metrics.Single(metric => metric.Name == "accuracy").Value.ShouldBe(correct / 200.0);
        details.Roc.ShouldNotBeNull()[^1].ShouldBe(new CurvePoint(1, 1));
        details.PrecisionRecall.ShouldNotBeNull().ShouldNotBeEmpty();
        details.Calibration.ShouldNotBeNull().Sum(bin => bin.Count).ShouldBe(200);
    }

    [Fact]
    public async Task AMulticlassModelIsMeasuredByClass()
    {
        var (evaluation, details) = await Evaluate(Shop.Tier, new(["macro-accuracy"], [], []));

        evaluation.Metrics.Select(metric => metric.Name).ShouldBe(["macro-accuracy", "accuracy", "log-loss"]);
        evaluation.Metrics[0].Value!.Value.ShouldBeGreaterThan(0.9);
        evaluation.Metrics[0].Baseline!.Value.ShouldBe(1 / 3.0, 1e-12);
        details.Classes.ShouldBe(["bronze", "gold", "silver"]);
        details.Confusion.ShouldNotBeNull().Sum(row => row.Sum()).ShouldBe(200);
    }

    [Fact]
    public async Task WhatTheModelUsesIsImportantAndWhatIsRandomIsNot()
    {
        var (_, details) = await Evaluate(Shop.Amount, new(["rmse"], [], [], ImportanceRows: 100));

        details.ImportanceMetric.ShouldBe("rmse");
        details.Importance.Select(feature => feature.Column).ShouldBe(["size", "region", "luck"]);
        details.Importance[0].Drop.ShouldBeGreaterThan(10);
        Math.Abs(details.Importance[2].Drop).ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task NoImportanceIsMeasuredOfNoRows()
    {
        var (_, details) = await Evaluate(Shop.Amount, new(["rmse"], [], [], ImportanceRows: 0));

        details.Importance.ShouldBeEmpty();
        details.ImportanceMetric.ShouldBeNull();
    }

    [Fact]
    public async Task AFailedGateRejectsTheModelInWords()
    {
        var (evaluation, _) = await Evaluate(Shop.Loyal, new(["auc"], ["region"],
            [new("auc", Min: 0.5, BeatsBaseline: true), new("accuracy", Min: 0.99999, EverySlice: true)]));

        evaluation.Judgement.Accepted.ShouldBeFalse();
        evaluation.Gates.Count.ShouldBe(4);
        evaluation.Gates.Take(2).ShouldAllBe(gate => gate.Passed);
        evaluation.Gates[0].Sentence.ShouldMatch("^auc 0\\.9\\d* ≥ 0\\.5$");
        evaluation.Gates[2].Sentence.ShouldMatch("^accuracy 0\\.9\\d* is below 0\\.99999$");
        evaluation.Judgement.Findings.ShouldBe(evaluation.Gates.Skip(2).Select(gate => gate.Sentence));
        evaluation.Gates[3].Sentence.ShouldContain("where region is ");
    }

    [Theory]
    [InlineData("loyal", 1000, "^mae ≤ 1000 in each of 2 slices$")]
    [InlineData("loyal", 0, " where loyal is \\w+ and breaks in 1 more slice$")]
    [InlineData("region", 0, " where region is \\w+ and breaks in 2 more slices$")]
    public async Task AGateOfEverySliceSaysInHowManyItHoldsOrBreaks(string slices, double most, string said)
    {
        var (evaluation, _) = await Evaluate(
            Shop.Amount, new(["mae"], [slices], [new("mae", Max: most, EverySlice: true)]));

        evaluation.Gates[^1].Sentence.ShouldMatch(said);
    }

    [Fact]
    public async Task AGateOnEverySliceIsFailedWhereNoSliceIsLargeEnoughToBeJudged()
    {
        var rows = Shop.Rows(120);
        var evaluation = await bench.Context.Call(EvaluateStage.Value, new EvaluateInput(
            await bench.Fit(rows, Shop.Amount), await bench.Store(rows),
            await bench.Assign(120, row => row < 80 ? RowRole.Train : RowRole.Holdout),
            new(["rmse"], ["region"], [new("rmse", Max: 1e9, EverySlice: true)]), null));

        evaluation.Judgement.Accepted.ShouldBeFalse();
        evaluation.Judgement.Findings.Single().ShouldBe(
            "rmse ≤ 1000000000 was judged in none of 3 slices: they are too small (fewer than 30 rows) or "
            + "rmse is not defined in them");
        evaluation.Gates.Select(gate => (gate.Passed, gate.NotRun)).ShouldBe([(true, null), (false, true)]);
    }

    [Fact]
    public async Task AGateWithoutAChampionIsNoJudgement()
    {
        var (evaluation, _) = await Evaluate(
            Shop.Amount, new(["rmse"], [], [new("rmse", Max: 1e9, ChampionTolerance: 0)]));

        evaluation.Judgement.Accepted.ShouldBeTrue();
        evaluation.Gates[1].Sentence.ShouldEndWith(": there is no champion to compare with");
        evaluation.Gates.Select(gate => gate.IsMet).ShouldBe([true, false]);
    }

    [Fact]
    public async Task TheChampionIsScoredOnTheSameRows()
    {
        var champion = await bench.Fit(
            Shop.Rows(60, seed: 9), Shop.Amount with { Trainer = new("fast-tree", Trees: 2, Threads: 1) });

        var (evaluation, details) = await Evaluate(Shop.Amount,
            new(["rmse"], ["region"], [new("rmse", ChampionTolerance: 0)]), champion);

        evaluation.Metrics[0].Champion!.Value.ShouldBeGreaterThan(2 * evaluation.Metrics[0].Value!.Value);
        evaluation.Gates.Single().Passed.ShouldBeTrue();
        details.Slices.ShouldAllBe(slice => slice.Metrics[0].Champion != null);
    }

    [Fact]
    public async Task AModelThatIsWorseThanItsChampionIsRejected()
    {
        var champion = await bench.Fit(Shop.Rows(1000, seed: 1), Shop.Amount);

        var (evaluation, _) = await Evaluate(
            Shop.Amount with { Trainer = new("fast-tree", Trees: 2, Threads: 1) },
            new(["rmse"], [], [new("rmse", ChampionTolerance: 0.1)]), champion);

        evaluation.Judgement.Accepted.ShouldBeFalse();
        evaluation.Judgement.Findings.Single().ShouldContain("more than 0.1");
    }

    [Fact]
    public async Task AChampionThatNeedsOtherColumnsIsNotCompared()
    {
        var rows = Shop.Rows(200);
        var other = new Table(
            new TableSchema(
                [.. rows.Schema.Columns.Select(c => c.Name == "luck" ? c with { Name = "charm" } : c)]),
            [.. rows.Schema.Columns.Select(column => rows[column.Name])]);
        var features = Shop.Amount.Features with { Include = ["size", "charm"] };
        var champion = await bench.Fit(other, Shop.Amount with { Features = features });

        var (evaluation, _) = await Evaluate(
            Shop.Amount, new(["rmse"], [], [new("rmse", ChampionTolerance: 0)]), champion);

        evaluation.Metrics[0].Champion.ShouldBeNull();
        evaluation.Judgement.Accepted.ShouldBeTrue();
        evaluation.Judgement.Findings.Single().ShouldStartWith("the champion is not compared: ");
        evaluation.Judgement.Findings.Single().ShouldContain("'charm'");
        evaluation.Gates.Single().Sentence.ShouldContain(": the champion is not compared: ");
    }

    [Fact]
    public async Task EverythingWrongWithTheRequestIsSaidAtOnce()
    {
        var thrown = await Should.ThrowAsync<ProblemException>(() => Evaluate(Shop.Amount, new(
            ["rmsee"], ["regio"], [new("auc", Min: 0.8), new("mae"), new("mae", Max: 3, EverySlice: true)])));

        thrown.Problems.Select(problem => problem.Id)
            .ShouldBe(["EVAL-001", "EVAL-001", "EVAL-002", "EVAL-004"]);
        thrown.Problems[0].Expected!.ShouldContain("'rmse'");
        thrown.Problems[1].What.ShouldBe("'auc' is not a metric of a regression model.");
        thrown.Problems[3].Expected!.ShouldContain("'region'");
    }

    [Fact]
    public async Task EverySliceWithoutSlicesIsAProblem()
    {
        var thrown = await Should.ThrowAsync<ProblemException>(() => Evaluate(
            Shop.Amount, new(["rmse"], [], [new("rmse", Max: 3, EverySlice: true)])));

        thrown.Problems.Single().Id.ShouldBe("EVAL-003");
    }

    [Fact]
    public async Task ASplitOfAnotherTableIsRefused()
    {
        var rows = Shop.Rows(50);
        var input = new EvaluateInput(await bench.Fit(rows, Shop.Amount), await bench.Store(rows),
            await bench.Assign(49, _ => RowRole.Holdout), new(["rmse"], [], []), null);

        var thrown = await Should.ThrowAsync<ProblemException>(
            () => bench.Context.Call(EvaluateStage.Value, input));
        thrown.Problems.Single().Id.ShouldBe("SCORE-004");
    }

    [Theory]
    [InlineData("loyal", 150)]
    [InlineData("tier", 200)]
    public async Task ALabelThatTrainingNeverSawIsNoOutcomeOfABinaryModelAndAMissOfOthers(
        string label, int measured)
    {
        var rows = Shop.Rows(200);
        var model = await bench.Fit(rows, label == "loyal" ? Shop.Loyal : Shop.Tier);
        string[] levels = ["true", "false", "bronze", "silver", "gold", "platinum"];
        var labels = new TextValues([.. Enumerable.Range(0, 200).Select(
            row => row % 4 == 0 ? 5 : Array.IndexOf(levels, rows[label].Text(row)))], levels);
        var changed = new Table(
            new TableSchema([.. rows.Schema.Columns.Select(
                column => column.Name == label ? column with { Type = ColumnType.Text } : column)]),
            [.. rows.Schema.Columns.Select(column => column.Name == label ? labels : rows[column.Name])]);

        var evaluation = await bench.Context.Call(EvaluateStage.Value, new EvaluateInput(
            model, await bench.Store(changed), await bench.Assign(200, _ => RowRole.Holdout),
            new(["accuracy"], [], []), null));

        evaluation.HoldoutRows.ShouldBe(measured);
        if (label == "tier")
            evaluation.Metrics[0].Value!.Value.ShouldBe(0.75, 0.05);
        else
            evaluation.Judgement.Findings.Single()
                .ShouldStartWith("50 of 200 holdout rows are not measured: ");
    }

    [Fact]
    public async Task EqualInputsGiveEqualBytes()
    {
        var specification = new EvaluateSpecification(
            ["rmse"], ["region", "size", "day"], [new("rmse", Max: 100)], ImportanceRows: 50);

        var first = await Evaluate(Shop.Amount, specification);
        using var other = new Workbench();
        var second = await Evaluate(Shop.Amount, specification, bench: other);

        second.Evaluation.Details.ShouldBe(first.Evaluation.Details);
        second.Evaluation.Metrics.ShouldBe(first.Evaluation.Metrics);
    }

    async Task<(ModelEvaluation Evaluation, EvaluationDetails Details)> Evaluate(
        TrainSpecification train, EvaluateSpecification evaluate,
        TrainedModel? champion = null, Workbench? bench = null)
    {
        bench ??= this.bench;
        var rows = Shop.Rows(1000);
        var model = await bench.Fit(
            rows.Take([.. Enumerable.Range(0, 1000).Where(row => row % 5 != 4)]), train);
        var assignment = await bench.Assign(1000, row => row % 5 == 4 ? RowRole.Holdout : RowRole.Train);
        var evaluation = await bench.Context.Call(EvaluateStage.Value,
            new EvaluateInput(model, await bench.Store(rows), assignment, evaluate, champion));
        return (evaluation, await bench.Read(evaluation.Details, LearningJson.Default.EvaluationDetails));
    }
}
