using System.Text.Json.Nodes;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Tests.Evaluation;

public sealed class ReferenceMetricsTests
{
    [Theory]
    [InlineData("b01-typical-1k")]
    [InlineData("b02-imbalanced-20k")]
    [InlineData("b03-ties-10-levels")]
    [InlineData("b04-perfect")]
    [InlineData("b05-inverted")]
    [InlineData("b06-constant-score")]
    [InlineData("b07-one-class")]
    [InlineData("b08-tiny")]
    [InlineData("b09-overconfident-2k")]
    [InlineData("b10-edge-scores")]
    public void BinaryMetricsAgree(string id)
    {
        var (expected, rows) = ReferenceMetrics.Load(id);
        var outcomes = new BinaryOutcomes(
            [.. rows.Select(row => row[0] == 1)], [.. rows.Select(row => row[1])]);

        Agree(outcomes, expected,
            ("auc", "auc"), ("auprc", "auprc_average_precision"), ("accuracy", "accuracy"),
            ("precision", "precision"), ("recall", "recall"), ("f1", "f1"),
            ("log-loss", "log_loss"), ("brier", "brier"), ("ece", "ece_10_equal_width"));
        var confusion = expected["confusion"]!;
        outcomes.Confusion.ShouldBe(new BinaryConfusion(
            (long)confusion["tp"]!, (long)confusion["fp"]!, (long)confusion["fn"]!, (long)confusion["tn"]!));
        AgreeOnCalibration(BinaryCurves.Calibration(outcomes), expected["calibration_bins"]!.AsArray());
        if (expected["roc"] is { } roc)
            AgreeOnPoints(BinaryCurves.Roc(outcomes), roc.AsArray());
    }

    [Theory]
    [InlineData("r01-typical-1k")]
    [InlineData("r02-zeros-in-target")]
    [InlineData("r03-constant-target")]
    [InlineData("r04-perfect")]
    [InlineData("r05-biased")]
    [InlineData("r06-outlier")]
    [InlineData("r07-worse-than-mean")]
    public void RegressionMetricsAgree(string id)
    {
        var (expected, rows) = ReferenceMetrics.Load(id);

        Agree(new RegressionOutcomes(
            [.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]), expected,
            ("rmse", "rmse"), ("mae", "mae"), ("r2", "r2"), ("mape", "mape_nonzero"), ("bias", "mean_error"));
    }

    [Fact]
    public void MulticlassMetricsAgree()
    {
        var (expected, rows) = ReferenceMetrics.Load("m01-three-classes");
        int[] actual = [.. rows.Select(row => (int)row[0])];
        int[] predicted = [.. rows.Select(row => Array.IndexOf(row[1..], row[1..].Max()))];

        var outcomes = new MulticlassOutcomes(
            3, actual, predicted, [.. rows.Select(row => row[1 + (int)row[0]])]);

        Agree(outcomes, expected, ("accuracy", "accuracy"),
            ("macro-accuracy", "macro_accuracy"), ("log-loss", "log_loss"));
        var confusion = expected["confusion_rows_actual"]!.AsArray();
        outcomes.Confusion().Select(row => row.ToArray()).ShouldBe(
            confusion.Select(row => row!.AsArray().Select(count => (long)count!).ToArray()));
    }

    static void Agree(Outcomes outcomes, JsonNode expected, params (string Metric, string Field)[] pairs)
    {
        foreach (var (metric, field) in pairs)
            ReferenceMetrics.ShouldAgree(outcomes.Metric(metric), expected[field], metric);
    }

    static void AgreeOnCalibration(IReadOnlyList<CalibrationBin> bins, JsonArray expected)
    {
        bins.Count.ShouldBe(expected.Count);
        for (var i = 0; i < bins.Count; i++)
        {
            bins[i].Count.ShouldBe((long)expected[i]!["count"]!);
            ReferenceMetrics.ShouldAgree(
                bins[i].MeanPredicted, expected[i]!["mean_score"], $"mean of bin {i}");
            ReferenceMetrics.ShouldAgree(
                bins[i].PositiveShare, expected[i]!["positive_rate"], $"share of bin {i}");
        }
    }

    static void AgreeOnPoints(IReadOnlyList<CurvePoint> points, JsonArray expected)
    {
        points.Count.ShouldBe(expected.Count);
        for (var i = 0; i < points.Count; i++)
        {
            points[i].X.ShouldBe((double)expected[i]![0]!, 1e-12);
            points[i].Y.ShouldBe((double)expected[i]![1]!, 1e-12);
        }
    }
}
