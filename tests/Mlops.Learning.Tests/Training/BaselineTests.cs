using Mlops.Data.Tables;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Training;

/// <summary>
/// Public data sets against scikit-learn's HistGradientBoosting on the same rows (200 trees of 31 leaves,
/// learning rate 0.1): nothing here is tuned on the holdout.
/// </summary>
public class BaselineTests
{
    const double Tolerance = 0.01;

    [Theory]
    [InlineData("fast-tree")]
    [InlineData("light-gbm")]
    [InlineData("sdca")]
    [InlineData("lbfgs")]
    [InlineData("fast-forest")]
    public void TelcoChurn(string trainer)
    {
        var (actual, predictions) = Fit(
            RealData.Load("telco-churn/Telco-Customer-Churn.csv"), row => row % 5 == 4,
            LearningTask.Binary, "Churn", trainer, exclude: ["customerID"]);

        Measured($"telco {trainer} auc",
            Quality.Auc(Indices(actual, "Churn", ["No", "Yes"]), predictions.PositiveProbability))
            .ShouldBeGreaterThan(0.8176 - Tolerance);
    }

    [Theory]
    [InlineData("fast-tree")]
    [InlineData("light-gbm")]
    [InlineData("sdca")]
    [InlineData("lbfgs")]
    [InlineData("fast-forest")]
    public void Penguins(string trainer)
    {
        var (actual, predictions) = Fit(RealData.Load("penguins/penguins.csv"), row => row % 5 == 4,
            LearningTask.Multiclass, "species", trainer, exclude: []);

        Measured($"penguins {trainer} accuracy", Quality.Accuracy(
            Indices(actual, "species", ["Adelie", "Chinstrap", "Gentoo"]), predictions.PredictedClass))
                .ShouldBeGreaterThan(0.97);
    }

    [Theory]
    [InlineData("fast-tree", 0.9198 - Tolerance)]
    [InlineData("light-gbm", 0.9198 - Tolerance)]
    [InlineData("fast-forest", 0.7)]
    [InlineData("sdca", 0.25)]
    [InlineData("lbfgs", 0.25)]
    public void BikeSharingFromAugust2012(string trainer, double least)
    {
        var (actual, predictions) = Fit(RealData.Load("bike-sharing/hour.csv"), row => row >= 13_903,
            LearningTask.Regression, "cnt", trainer, exclude: ["instant", "dteday", "casual", "registered"]);

        Measured($"bike {trainer} r2", Quality.R2(Labels.Numbers(actual, "cnt"), predictions.Value))
            .ShouldBeGreaterThan(least);
    }

    [Theory]
    [InlineData("fast-tree")]
    [InlineData("light-gbm")]
    public void BeijingTiantanFromMarch2016(string trainer)
    {
        var all = RealData.Load("beijing-air/PRSA_Data_Tiantan_20130301-20170228.csv.gz");
        var labelled = all.Where(row => !all["PM2.5"].IsMissing(row));
        var (actual, predictions) = Fit(
            labelled, From2016March(labelled), LearningTask.Regression, "PM2.5", trainer,
            exclude: ["No", "year", "day", "station"]);

        Measured($"beijing {trainer} r2", Quality.R2(Labels.Numbers(actual, "PM2.5"), predictions.Value))
            .ShouldBeGreaterThan(0.914 - Tolerance);
    }

    static Func<int, bool> From2016March(Table table) =>
        row => table["year"].Number(row) * 12 + table["month"].Number(row) >= 2016 * 12 + 3;

    static (Table Holdout, Predictions Predictions) Fit(
        Table table, Func<int, bool> heldOut, LearningTask task,
        string label, string trainer, string[] exclude)
    {
        var features = new FeatureSpecification(null, exclude, [], 100, 10, []);
        var train = new TrainSpecification(task, label, null, features, new TrainerSpecification(trainer));
        var started = TimeProvider.System.GetTimestamp();
        var fitted = ModelFitting.Fit(
            table.Where(row => !heldOut(row)), train, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fitted.Rows} rows x {fitted.Details.FeatureNames.Count} slots, "
            + $"{fitted.Model.Length / 1024} KB: "
            + $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:F2} s");
        var holdout = table.Where(heldOut);
        return (holdout,
            ModelScorer.Load(new MemoryStream(fitted.Model), train, fitted.Details).Score(holdout));
    }

    static int[] Indices(Table table, string label, string[] classes) =>
        Labels.ClassIndices(table, label, classes);

    static double Measured(string what, double value)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} {value:F4}");
        return value;
    }
}
