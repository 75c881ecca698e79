using Mlops.Data.Statistics;

namespace Mlops.Learning.Evaluation;

/// <summary>
/// What auditors ask of a regression beyond the metrics that a pipeline may name. At least one row.
/// </summary>
public static class RegressionMeasures
{
    public static double MedianAbsoluteError(RegressionOutcomes outcomes)
    {
        var errors = Array.ConvertAll(Errors(outcomes), Math.Abs);
        Array.Sort(errors);
        return Quantile.Type7(errors, 0.5);
    }

    public static double LargestError(RegressionOutcomes outcomes) => Errors(outcomes).Max(Math.Abs);

    public static double MeanSquaredError(RegressionOutcomes outcomes)
    {
        var errors = Errors(outcomes);
        return CompensatedSum.Mean(errors.Length, row => errors[row] * errors[row]);
    }

    /// <summary>
    /// Mean of 2 |error| / (|actual| + |predicted|), in [0, 2]; rows where both are 0 count as 0.
    /// </summary>
    public static double SymmetricPercentageError(RegressionOutcomes outcomes)
    {
        var (actual, predicted) = (outcomes.Actual.ToArray(), outcomes.Predicted.ToArray());
        return CompensatedSum.Mean(actual.Length, row =>
            Math.Abs(actual[row]) + Math.Abs(predicted[row]) is > 0 and var size
                ? 2 * Math.Abs(predicted[row] - actual[row]) / size
                : 0);
    }

    /// <summary>Σ |error| / Σ |actual|; null where all targets are 0.</summary>
    public static double? WeightedPercentageError(RegressionOutcomes outcomes)
    {
        var actual = outcomes.Actual.ToArray();
        var size = CompensatedSum.Mean(actual.Length, row => Math.Abs(actual[row]));
        var errors = Errors(outcomes);
        return size == 0 ? null : CompensatedSum.Mean(errors.Length, row => Math.Abs(errors[row])) / size;
    }

    /// <summary>1 - variance of the errors / variance of the target; null for a constant target.</summary>
    public static double? ExplainedVariance(RegressionOutcomes outcomes) =>
        IsConstant(outcomes.Actual)
            ? null
            : 1 - Moments.Of(Errors(outcomes)).SquaredDeviations
                / Moments.Of(outcomes.Actual).SquaredDeviations;

    /// <summary>
    /// Mean of max(a d, (a - 1) d) with d = actual - predicted: least where a of the targets lie below.
    /// </summary>
    /// <param name="a">In (0, 1).</param>
    public static double Pinball(RegressionOutcomes outcomes, double a)
    {
        var errors = Errors(outcomes);
        return CompensatedSum.Mean(errors.Length, row => Math.Max(a * -errors[row], (a - 1) * -errors[row]));
    }

    /// <summary>Pearson's correlation of target and prediction; null where either is constant.</summary>
    public static double? Pearson(RegressionOutcomes outcomes) =>
        Correlation(outcomes.Actual, outcomes.Predicted);

    /// <summary>The same of their ranks, ties sharing theirs.</summary>
    public static double? Spearman(RegressionOutcomes outcomes) =>
        Correlation(Ranks.Of(outcomes.Actual), Ranks.Of(outcomes.Predicted));

    static double? Correlation(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (IsConstant(left) || IsConstant(right))
            return null;
        var (a, b) = (Moments.Of(left), Moments.Of(right));
        var sum = new CompensatedSum();
        for (var i = 0; i < left.Length; i++)
            sum.Add((left[i] - a.Mean) * (right[i] - b.Mean));
        return Math.Clamp(sum.Value / Math.Sqrt(a.SquaredDeviations * b.SquaredDeviations), -1, 1);
    }

    static bool IsConstant(ReadOnlySpan<double> values) => values.IndexOfAnyExcept(values[0]) < 0;

    static double[] Errors(RegressionOutcomes outcomes)
    {
        var errors = new double[outcomes.Count];
        for (var row = 0; row < errors.Length; row++)
            errors[row] = outcomes.Predicted[row] - outcomes.Actual[row];
        return errors;
    }
}
