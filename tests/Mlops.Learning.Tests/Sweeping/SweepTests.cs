using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Scoring;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Sweeping;

public sealed class SweepTests : IDisposable
{
    static readonly Folding Folds = new(3, SplitMethod.Random, null, 1);

    readonly PipelineFixture pipeline = new();

    public void Dispose() => pipeline.Dispose();

    [Fact]
    public void EveryCombinationIsATrialTheLastOptionChangingFastest() =>
        TrialGrid.Of(new TrainerSpecification("fast-tree", Trees: 5),
                [new("leaves", [2, 4]), new("learning-rate", [0.1, 0.2, 0.3])])
            .Select(trial => (trial.Trees, trial.Leaves, trial.LearningRate))
            .ShouldBe([(5, 2, 0.1), (5, 2, 0.2), (5, 2, 0.3), (5, 4, 0.1), (5, 4, 0.2), (5, 4, 0.3)]);

    [Fact]
    public void EveryOptionButThreadsCanBeSwept()
    {
        var options = TrainerCatalog.All.SelectMany(trainer => trainer.Options);
        foreach (var option in options.Select(option => option.Name).Distinct())
            if (option == "threads")
                TrialGrid.Options.ShouldNotContain(option);
            else
                TrialGrid.Of(new TrainerSpecification("any"), [new(option, [3])]).ShouldHaveSingleItem()
                    .ShouldNotBe(new TrainerSpecification("any"));
    }

    [Theory]
    [InlineData(LearningTask.Binary, "log-loss")]
    [InlineData(LearningTask.Binary, "auc")]
    [InlineData(LearningTask.Multiclass, "accuracy")]
    [InlineData(LearningTask.Regression, "rmse")]
    public async Task TheBestTrialIsTrainedOnAllTrainingRows(LearningTask task, string metric)
    {
        var table = Samples.Table();
        var single = Samples.Train(task, "fast-tree");
        var sweep = new SweepSpecification(metric, [new("trees", [1, 30]), new("leaves", [2, 8])], Folds);

        var model = await TrainStage.Value.Body(
            pipeline.Context, await pipeline.TrainInput(table, single with { Sweep = sweep }));

        var details = Details(model);
        details.Trials.Count.ShouldBe(4);
        var better = MetricCatalog.Of(task).First(known => known.Name == metric).HigherIsBetter ? 1 : -1;
        var best = details.Trials.MaxBy(trial => better * trial.Result.Mean!.Value)!;
        details.Trials[details.Chosen].ShouldBe(best);
        model.Train.ShouldBe(single with { Trainer = best.Trainer });
        var alone = await TrainStage.Value.Body(
            pipeline.Context, await pipeline.TrainInput(table, model.Train));
        model.WithoutSweep().ShouldBe(alone);
        details.Trials.Select(trial => trial.Result.Mean).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task ATrialIsMeasuredOnRowsThatItDidNotLearnFrom()
    {
        var table = Samples.Table();
        var train = Samples.Train(LearningTask.Regression, "fast-tree");
        var input = await pipeline.TrainInput(table, train);

        var result = await TrialStage.Value.Body(
            pipeline.Context, new TrialInput(input.Table, input.Assignment, train, Folds, "rmse"));

        var rows = table.Where(row => row % 5 != 4 && row != 0);
        var expected = new List<double?>();
        foreach (var fold in Fold.Of(rows.RowCount, null, Folds))
        {
            var fitted = ModelFitting.Fit(
                rows.Take(fold.Learning), train, TestContext.Current.CancellationToken);
            var scorer = ModelScorer.Load(new MemoryStream(fitted.Model), train, fitted.Details);
            expected.Add(new LoadedModel(train, fitted.Details, scorer)
                .Measure(rows.Take(fold.Measured)).Metric("rmse"));
        }
        result.Folds.ShouldBe(expected);
        result.Mean.ShouldBe(expected.Average());
    }

    [Fact]
    public async Task TheHoldoutHasNoPartInTheChoice()
    {
        var train = Samples.Train(LearningTask.Regression, "fast-tree") with
        {
            Sweep = new SweepSpecification("rmse", [new("trees", [1, 10])], Folds),
        };
        var table = Samples.Table();
        var other = Samples.Table(seed: 8);
        var mixed = Mlops.Data.Tables.Table.Concatenate([table, other])
            .Take([.. Enumerable.Range(0, table.RowCount)
                .Select(row => row % 5 == 4 ? row + table.RowCount : row)]);

        var model = await TrainStage.Value.Body(pipeline.Context, await pipeline.TrainInput(table, train));
        var same = await TrainStage.Value.Body(pipeline.Context, await pipeline.TrainInput(mixed, train));

        Details(same).Trials.Select(trial => trial.Result.Mean)
            .ShouldBe(Details(model).Trials.Select(trial => trial.Result.Mean));
    }

    SweepDetails Details(TrainedModel model) => JsonSerializer.Deserialize(
        File.ReadAllBytes(pipeline.Context.Locate(model.Sweep!)), LearningJson.Default.SweepDetails)!;
}
