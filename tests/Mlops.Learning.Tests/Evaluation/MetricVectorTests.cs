using System.Text.Json;
using Mlops.Data.Tests.Statistics;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Tests.Evaluation;

/// <summary>Every figure of the cases that a pipeline may name, or that a report shows.</summary>
public sealed class MetricVectorTests
{
    [Theory]
    [InlineData("binary", 10, 829)]
    [InlineData("regression", 7, 49)]
    [InlineData("multiclass", 1, 16)]
    [InlineData("paired-binary", 3, 42)]
    public void WhatIsComputedAgrees(string kind, int cases, int figures)
    {
        var (compared, known) = (0, 0);
        foreach (var (id, expected, rows) in ReferenceMetrics.OfKind(kind))
        {
            compared += ExpectedFigures.Compare(
                id, JsonSerializer.SerializeToElement(expected), Figures(kind, rows), Others);
            known++;
        }
        (known, compared).ShouldBe((cases, figures));
    }

    /// <summary>What the vectors hold beside.</summary>
    static readonly string[] Others =
    [
        "specificity", "npv", "balanced_accuracy", "mcc", "mce_10_equal_width", "ece_10_equal_count",
        "auprc_mlnet_lower_trapezoid", "ks_two_class", "gains", "mse", "medae", "max_error", "smape_0_2",
        "wape", "explained_variance", "pinball_10", "pinball_50", "pinball_90", "pearson", "spearman", "macro_f1",
        "weighted_f1", "cohen_kappa", "auc_macro_ovr", "auc_macro_ovo", "top2_accuracy", "brier_multiclass",
        "per_class", "delong_paired", "mcnemar",
    ];

    static Figures Figures(string kind, double[][] rows) => kind switch
    {
        "binary" => Binary([.. rows.Select(row => row[0] == 1)], [.. rows.Select(row => row[1])]),
        "regression" =>
            Regression(new RegressionOutcomes(
                [.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])])),
        "multiclass" => Multiclass([.. rows.Select(row => (int)row[0])], [.. rows.Select(row => row[1..])]),
        _ => PairedBinary(
            [.. rows.Select(row => row[0] == 1)],
            [.. rows.Select(row => row[1])], [.. rows.Select(row => row[2])]),
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
            ["f1"] = outcomes.Metric("f1"),
            ["log_loss"] = outcomes.Metric("log-loss"),
            ["log_loss_base2"] = outcomes.Metric("log-loss") / Math.Log(2),
            ["brier"] = outcomes.Metric("brier"),
            ["ece_10_equal_width"] = outcomes.Metric("ece"),
            ["auc"] = outcomes.Metric("auc"),
            ["gini"] = 2 * outcomes.Metric("auc") - 1,
            ["auprc_average_precision"] = bothClasses ? outcomes.Metric("auprc") : null,
            ["roc_points"] = outcomes.Thresholds.Count + 1,
        };
        Counts(figures, "confusion", counts);
        Counts(figures, "confusion_if_strictly_greater", strict);
        var (low, high) = counts.AccuracyInterval();
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
            [("auc", interval.Auc), ("variance", interval.Variance), ("se", Math.Sqrt(interval.Variance))]);
        figures.List(name + ".ci95", [interval.Low, interval.High]);
        figures.List(name + ".ci95_logit", [interval.LogitLow, interval.LogitHigh]);
    }

    static Figures Regression(RegressionOutcomes outcomes) => new()
    {
        ["n"] = outcomes.Count,
        ["rmse"] = outcomes.Metric("rmse"),
        ["mae"] = outcomes.Metric("mae"),
        ["mean_error"] = outcomes.Metric("bias"),
        ["r2"] = outcomes.Metric("r2"),
        ["mape_nonzero"] = outcomes.Metric("mape"),
        ["mape_skipped_zeros"] = outcomes.Actual.ToArray().Count(value => value == 0),
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
            ["log_loss"] = outcomes.Metric("log-loss"),
        };
        string[] labels = ["red", "green", "blue"];
        figures.List("labels", labels);
        for (var i = 0; i < labels.Length; i++)
            figures.List($"confusion_rows_actual.{i}", confusion[i]);
        return figures;
    }

    static Figures PairedBinary(bool[] actual, double[] champion, double[] challenger)
    {
        var figures = new Figures();
        DeLong(figures, "champion", AucUncertainty.Of(actual, champion));
        DeLong(figures, "challenger", AucUncertainty.Of(actual, challenger));
        return figures;
    }
}
