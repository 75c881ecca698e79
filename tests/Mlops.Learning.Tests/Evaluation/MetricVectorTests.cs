using System.Text.Json;
using Mlops.Data.Statistics;
using Mlops.Data.Tests.Statistics;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Tests.Evaluation;

/// <summary>Every figure of the 22 cases, not only those of the metrics that a pipeline may name.</summary>
public sealed class MetricVectorTests
{
    [Theory]
    [InlineData("binary", 10, 1409)]
    [InlineData("regression", 7, 126)]
    [InlineData("multiclass", 1, 39)]
    [InlineData("paired-binary", 3, 79)]
    [InlineData("paired-regression", 1, 6)]
    public void EveryFigureAgrees(string kind, int cases, int figures)
    {
        var (compared, known) = (0, 0);
        foreach (var (id, expected, rows) in ReferenceMetrics.OfKind(kind))
        {
            compared += ExpectedFigures.Compare(
                id, JsonSerializer.SerializeToElement(expected), Figures(kind, rows));
            known++;
        }
        (known, compared).ShouldBe((cases, figures));
    }

    static Figures Figures(string kind, double[][] rows) => kind switch
    {
        "binary" => Binary([.. rows.Select(row => row[0] == 1)], [.. rows.Select(row => row[1])]),
        "regression" =>
            Regression(new RegressionOutcomes(
                [.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])])),
        "multiclass" => Multiclass([.. rows.Select(row => (int)row[0])], [.. rows.Select(row => row[1..])]),
        "paired-binary" => PairedBinary(
            [.. rows.Select(row => row[0] == 1)],
            [.. rows.Select(row => row[1])], [.. rows.Select(row => row[2])]),
        _ => PairedRegression([.. rows.Select(row => Math.Abs(row[2] - row[0]) - Math.Abs(row[1] - row[0]))]),
    };

    static Figures Binary(bool[] actual, double[] score)
    {
        var outcomes = new BinaryOutcomes(actual, score);
        var counts = outcomes.Confusion;
        var bothClasses = counts.Positives > 0 && counts.Negatives > 0;
        var strict = new BinaryOutcomes(actual, [.. score.Select(p => p > 0.5 ? 1.0 : 0.0)]).Confusion;
        var figures = new Figures
        {
            ["n"] = outcomes.Count,
            ["positives"] = counts.Positives,
            ["threshold"] = BinaryOutcomes.Threshold,
            ["accuracy"] = outcomes.Metric("accuracy"),
            ["precision"] = outcomes.Metric("precision"),
            ["recall"] = outcomes.Metric("recall"),
            ["specificity"] = BinaryMeasures.Specificity(counts),
            ["npv"] = BinaryMeasures.NegativePredictiveValue(counts),
            ["f1"] = outcomes.Metric("f1"),
            ["balanced_accuracy"] = BinaryMeasures.BalancedAccuracy(counts),
            ["mcc"] = BinaryMeasures.Matthews(counts),
            ["log_loss"] = outcomes.Metric("log-loss"),
            ["log_loss_base2"] = outcomes.Metric("log-loss") / Math.Log(2),
            ["brier"] = outcomes.Metric("brier"),
            ["ece_10_equal_width"] = outcomes.Metric("ece"),
            ["mce_10_equal_width"] = BinaryMeasures.MaximumCalibrationError(outcomes),
            ["ece_10_equal_count"] = BinaryMeasures.CalibrationErrorByCount(outcomes),
            ["auc"] = outcomes.Metric("auc"),
            ["gini"] = 2 * outcomes.Metric("auc") - 1,
            ["auprc_average_precision"] = bothClasses ? outcomes.Metric("auprc") : null,
            ["auprc_mlnet_lower_trapezoid"] = BinaryMeasures.LowerTrapezoid(outcomes),
            ["ks_two_class"] = BinaryMeasures.Separation(outcomes),
            ["roc_points"] = outcomes.Thresholds.Count + 1,
        };
        Counts(figures, "confusion", counts);
        Counts(figures, "confusion_if_strictly_greater", strict);
        var (low, high) = BinaryMeasures.AccuracyInterval(counts);
        figures.List("accuracy_wilson95", [low, high]);
        DeLong(figures, "delong", AucUncertainty.Of(actual, score));
        Pictures(figures, outcomes);
        return figures;
    }

    static void Counts(Figures figures, string prefix, BinaryConfusion counts) => figures.Put(prefix,
    [
        ("tp", counts.TruePositives), ("fp", counts.FalsePositives), ("fn", counts.FalseNegatives),
        ("tn", counts.TrueNegatives),
    ]);

    static void Pictures(Figures figures, BinaryOutcomes outcomes)
    {
        var bins = BinaryCurves.Calibration(outcomes);
        for (var i = 0; i < bins.Count; i++)
            figures.Put($"calibration_bins.{i}",
            [
                ("bin", i), ("count", bins[i].Count), ("mean_score", bins[i].MeanPredicted),
                ("positive_rate", bins[i].PositiveShare),
            ]);
        var gains = BinaryMeasures.Gains(outcomes);
        for (var i = 0; i < gains.Count; i++)
            figures.Put($"gains.{i}",
            [
                ("tenth", gains[i].Tenth), ("rows", gains[i].Rows), ("positives", gains[i].Positives),
                ("cumulative_gain", gains[i].CumulativeGain), ("lift", gains[i].Lift),
            ]);
        Points(figures, "roc", BinaryCurves.Roc(outcomes));
        Points(figures, "pr", [.. BinaryCurves.PrecisionRecall(outcomes).Reverse()]);
    }

    static void Points(Figures figures, string name, IReadOnlyList<CurvePoint> points)
    {
        for (var i = 0; i < points.Count; i++)
            figures.List($"{name}.{i}", [points[i].X, points[i].Y]);
    }

    static void DeLong(Figures figures, string name, AucInterval? interval)
    {
        if (interval is null)
        {
            figures[name] = null;
            return;
        }
        figures.Put(name,
            [("auc", interval.Auc), ("variance", interval.Variance), ("se", interval.StandardError)]);
        figures.List(name + ".ci95", [interval.Low, interval.High]);
        figures.List(name + ".ci95_logit", [interval.LogitLow, interval.LogitHigh]);
    }

    static Figures Regression(RegressionOutcomes outcomes) => new()
    {
        ["n"] = outcomes.Count,
        ["rmse"] = outcomes.Metric("rmse"),
        ["mse"] = RegressionMeasures.MeanSquaredError(outcomes),
        ["mae"] = outcomes.Metric("mae"),
        ["medae"] = RegressionMeasures.MedianAbsoluteError(outcomes),
        ["max_error"] = RegressionMeasures.LargestError(outcomes),
        ["mean_error"] = outcomes.Metric("bias"),
        ["r2"] = outcomes.Metric("r2"),
        ["mape_nonzero"] = outcomes.Metric("mape"),
        ["mape_skipped_zeros"] = outcomes.Actual.ToArray().Count(value => value == 0),
        ["smape_0_2"] = RegressionMeasures.SymmetricPercentageError(outcomes),
        ["wape"] = RegressionMeasures.WeightedPercentageError(outcomes),
        ["explained_variance"] = RegressionMeasures.ExplainedVariance(outcomes),
        ["pinball_10"] = RegressionMeasures.Pinball(outcomes, 0.1),
        ["pinball_50"] = RegressionMeasures.Pinball(outcomes, 0.5),
        ["pinball_90"] = RegressionMeasures.Pinball(outcomes, 0.9),
        ["pearson"] = RegressionMeasures.Pearson(outcomes),
        ["spearman"] = RegressionMeasures.Spearman(outcomes),
    };

    static Figures Multiclass(int[] actual, double[][] probabilities)
    {
        int[] predicted = [.. probabilities.Select(p => Array.IndexOf(p, p.Max()))];
        var outcomes = new MulticlassOutcomes(
            3, actual, predicted, [.. probabilities.Select((p, row) => p[actual[row]])]);
        var confusion = outcomes.Confusion();
        var figures = new Figures
        {
            ["n"] = outcomes.Count,
            ["accuracy"] = outcomes.Metric("accuracy"),
            ["macro_accuracy"] = outcomes.Metric("macro-accuracy"),
            ["macro_f1"] = MulticlassMeasures.MacroF1(confusion),
            ["weighted_f1"] = MulticlassMeasures.WeightedF1(confusion),
            ["mcc"] = MulticlassMeasures.Matthews(confusion),
            ["cohen_kappa"] = MulticlassMeasures.Kappa(confusion),
            ["log_loss"] = outcomes.Metric("log-loss"),
            ["auc_macro_ovr"] = MulticlassMeasures.AucAgainstRest(actual, probabilities),
            ["auc_macro_ovo"] = MulticlassMeasures.AucOfPairs(actual, probabilities),
            ["top2_accuracy"] = MulticlassMeasures.TopAccuracy(actual, probabilities, 2),
            ["brier_multiclass"] = MulticlassMeasures.Brier(actual, probabilities),
        };
        string[] labels = ["red", "green", "blue"];
        figures.List("labels", labels);
        var classes = MulticlassMeasures.PerClass(confusion);
        for (var i = 0; i < labels.Length; i++)
        {
            figures.List($"confusion_rows_actual.{i}", confusion[i]);
            figures.Put($"per_class.{i}",
            [
                ("label", labels[i]), ("support", classes[i].Support), ("precision", classes[i].Precision),
                ("recall", classes[i].Recall), ("f1", classes[i].F1),
            ]);
        }
        return figures;
    }

    static Figures PairedBinary(bool[] actual, double[] champion, double[] challenger)
    {
        var figures = new Figures();
        DeLong(figures, "champion", AucUncertainty.Of(actual, champion));
        DeLong(figures, "challenger", AucUncertainty.Of(actual, challenger));
        var difference = AucUncertainty.Compare(actual, champion, challenger)!;
        figures.Put("delong_paired",
        [
            ("diff", difference.Difference), ("variance", difference.Variance),
            ("z", difference.Z), ("p", difference.P),
        ]);
        figures.List("delong_paired.ci95", [difference.Low, difference.High]);
        var right = McNemar.Of(
            actual, [.. champion.Select(p => p >= 0.5)], [.. challenger.Select(p => p >= 0.5)]);
        figures.Put("mcnemar",
        [
            ("only_a_right", right.OnlyChampionRight), ("only_b_right", right.OnlyChallengerRight),
            ("p_exact", right.PExact), ("chi2_cc", right.Corrected.Statistic),
            ("p_chi2_cc", right.Corrected.P),
            ("chi2", right.ChiSquare.Statistic), ("p_chi2", right.ChiSquare.P),
        ]);
        return figures;
    }

    static Figures PairedRegression(double[] differences)
    {
        var t = PairedTests.Student(differences)!.Value;
        var wilcoxon = PairedTests.Wilcoxon(differences)!.Value;
        return new Figures
        {
            ["mean_abs_error_diff"] = Moments.Of(differences).Mean,
            ["t"] = t.Statistic,
            ["df"] = differences.Length - 1,
            ["p"] = t.P,
            ["wilcoxon_w"] = wilcoxon.Statistic,
            ["wilcoxon_p_normal"] = wilcoxon.P,
        };
    }
}
