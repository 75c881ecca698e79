using Microsoft.ML;
using Mlops.Data.Tables;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Training;

public class ModelFittingTests
{
    public static TheoryData<string, LearningTask> EveryTrainerAndTask =>
        [.. TrainerCatalog.All.SelectMany(trainer => trainer.Tasks.Select(task => (trainer.Name, task)))];

    [Theory]
    [MemberData(nameof(EveryTrainerAndTask))]
    public void LearnsMoreThanTheBaseline(string trainer, LearningTask task)
    {
        var train = Samples.Train(task, trainer);
        var fitted = Fit(Samples.Table(), train);
        var holdout = Samples.Table(200, seed: 8);

        var predictions =
            ModelScorer.Load(new MemoryStream(fitted.Model), train, fitted.Details).Score(holdout);

        predictions.RowCount.ShouldBe(200);
        if (task == LearningTask.Regression)
            Quality.R2(Labels.Numbers(holdout, train.Label), predictions.Value).ShouldBeGreaterThan(0.6);
        else
            Quality.Accuracy(
                Labels.ClassIndices(holdout, train.Label, fitted.Details.Classes), predictions.PredictedClass)
                .ShouldBeGreaterThan(fitted.Details.Baseline.ClassShares.Max() + 0.1);
        predictions.PositiveProbability.ShouldAllBe(probability => probability >= 0 && probability <= 1);
        predictions.ClassProbabilities.ShouldAllBe(row => Math.Abs(row.Sum() - 1) < 1e-4 && row.Min() >= 0);
    }

    [Fact]
    public async Task FreshProcessesFitTheSameBytes()
    {
        var outputs = await Task.WhenAll(
            FreshProcess.Output(Program.FitAll), FreshProcess.Output(Program.FitAll));

        outputs[1].ShouldBe(outputs[0]);
        outputs[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count().ShouldBe(15);
    }

    [Theory]
    [InlineData("fast-tree")]
    [InlineData("sdca")]
    public void SlotNamesNameEverySlotOfTheFeatureVector(string trainer)
    {
        var train = Samples.Train(LearningTask.Binary, trainer);
        var fitted = Fit(Samples.Table(), train);

        var model = new MLContext().Model.Load(new MemoryStream(fitted.Model), out var schema);
        var features = (Microsoft.ML.Data.VectorDataViewType)model.GetOutputSchema(schema)["Features"].Type;

        features.Size.ShouldBe(fitted.Details.FeatureNames.Count);
        fitted.Details.FeatureNames.Take(7).ShouldBe(
            ["size", "load", "active", "day.Month", "day.DayOfWeek", "size is missing", "plan = basic"]);
        fitted.Details.FeatureNames[^1].ShouldBe("city #15");
        schema.Select(column => column.Name).ShouldBe(["Numbers", "Category.plan", "Category.city"]);
    }

    [Fact]
    public void SaysWhatWasLeftOutOrHashed()
    {
        var fitted = Fit(Samples.Table(), Samples.Train(LearningTask.Regression, "fast-tree"));

        fitted.Details.Notes.ShouldBe(
        [
            "'city' hashed into 16 slots: 40 levels in training",
            "'fixed' dropped: the same in every training row",
        ]);
        fitted.Details.Columns.Select(column => $"{column.Column} {column.Kind} {column.Slots}").ShouldBe(
        [
            "size Number 1", "load Number 1", "active Number 1",
            "plan OneHot 3", "city Hash 16", "day DateParts 2",
        ]);
    }

    [Fact]
    public void UnseenLevelsAndMissingNumbersAreScored()
    {
        var train = Samples.Train(LearningTask.Regression, "lbfgs");
        var table = Samples.Table();
        var fitted = Fit(table.Where(row => table["plan"].Text(row) != "trial"), train);

        var predictions =
            ModelScorer.Load(new MemoryStream(fitted.Model), train, fitted.Details).Score(table);

        predictions.Value.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void DefaultsWrittenOutFitTheSameModel()
    {
        var train = Samples.Train(LearningTask.Binary, "light-gbm");
        var written = train with { Trainer = TrainerCatalog.WithDefaults(train.Trainer) };

        Fit(Samples.Table(), written).Model.ShouldBe(Fit(Samples.Table(), train).Model);
        written.Trainer.Leaves.ShouldBe(31);
        written.Trainer.Iterations.ShouldBeNull();
    }

    static FittedModel Fit(Table table, TrainSpecification train) =>
        ModelFitting.Fit(table, train, TestContext.Current.CancellationToken);
}
