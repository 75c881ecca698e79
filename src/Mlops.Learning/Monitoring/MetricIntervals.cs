using Mlops.Data.Statistics;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// How exactly some rows tell a metric, as 95 % intervals: Wilson's for shares of rows, DeLong's on the logit
/// scale for AUC, mean ± 1.96 s / √n for means of a loss, and for RMSE the root of that of the squared
/// errors. Metrics that are neither (F1, average precision, calibration, R²) have none.
/// </summary>
static class MetricIntervals
{
    const double Clip = 1e-15;

    public static (double Low, double High)? Of(Outcomes outcomes, string metric) => outcomes switch
    {
        { Count: < 2 } => null,
        BinaryOutcomes binary => Binary(binary, metric),
        MulticlassOutcomes multiclass => Multiclass(multiclass, metric),
        RegressionOutcomes regression => Regression(regression, metric),
        _ => null,
    };

    /// <summary>
    /// As <see cref="Of"/>; an AUC of 0 or 1, which has no interval on the logit scale, is a point.
    /// </summary>
    public static (double Low, double High)? OrPoint(Outcomes outcomes, string metric) =>
        Of(outcomes, metric) is { } interval ? interval
        : metric == "auc" && outcomes is BinaryOutcomes binary
            && AucUncertainty.Of(binary.Actual, binary.Probability) is { } auc ? (auc.Low, auc.High)
        : null;

    static (double, double)? Binary(BinaryOutcomes outcomes, string metric)
    {
        var counts = outcomes.Confusion;
        return metric switch
        {
            "auc" =>
                AucUncertainty.Of(outcomes.Actual, outcomes.Probability)
                    is { LogitLow: { } low, LogitHigh: { } high }
                    ? (low, high)
                    : null,
            "accuracy" => BinaryMeasures.AccuracyInterval(counts),
            "precision" => Share(counts.TruePositives, counts.TruePositives + counts.FalsePositives),
            "recall" => Share(counts.TruePositives, counts.Positives),
            "log-loss" => Mean(outcomes.Count, row =>
                -Math.Log(Math.Clamp(Right(row), Clip, 1 - Clip))),
            "brier" => Mean(outcomes.Count, row => (1 - Right(row)) * (1 - Right(row))),
            _ => null,
        };

        double Right(int row) =>
            outcomes.Actual[row] ? outcomes.Probability[row] : 1 - outcomes.Probability[row];
    }

    static (double, double)? Multiclass(MulticlassOutcomes outcomes, string metric) => metric switch
    {
        "accuracy" =>
            Share((long)Math.Round(outcomes.Metric("accuracy")!.Value * outcomes.Count), outcomes.Count),
        "log-loss" =>
            Mean(outcomes.Count, row => -Math.Log(Math.Clamp(outcomes.ActualProbability[row], Clip, 1))),
        _ => null,
    };

    static (double, double)? Regression(RegressionOutcomes outcomes, string metric)
    {
        return metric switch
        {
            "rmse" => Mean(outcomes.Count, row => Error(row) * Error(row)) is var (low, high)
                ? (Math.Sqrt(Math.Max(0, low)), Math.Sqrt(high))
                : null,
            "mae" => Mean(outcomes.Count, row => Math.Abs(Error(row))),
            "bias" => Mean(outcomes.Count, Error),
            "mape" => Relative(),
            _ => null,
        };

        double Error(int row) => outcomes.Predicted[row] - outcomes.Actual[row];

        (double, double)? Relative()
        {
            int[] rows = [.. Enumerable.Range(0, outcomes.Count).Where(row => outcomes.Actual[row] != 0)];
            return rows.Length < 2
                ? null
                : Mean(rows.Length, i => Math.Abs(Error(rows[i]) / outcomes.Actual[rows[i]]));
        }
    }

    static (double, double)? Share(long part, long whole) =>
        whole == 0 ? null : Proportion.Wilson(part, whole);

    static (double, double)? Mean(int rows, Func<int, double> loss)
    {
        var losses = new double[rows];
        for (var row = 0; row < rows; row++)
            losses[row] = loss(row);
        var moments = Moments.Of(losses);
        if (moments.StandardDeviation is not { } deviation)
            return null;
        var half = Proportion.Normal95 * deviation / Math.Sqrt(rows);
        return (moments.Mean - half, moments.Mean + half);
    }
}
