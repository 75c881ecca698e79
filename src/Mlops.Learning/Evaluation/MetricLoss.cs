namespace Mlops.Learning.Evaluation;

/// <summary>Every metric as a loss, so that "worse" means "larger" for all of them.</summary>
public static class MetricLoss
{
    /// <summary>The metric negated where higher is better; the distance from 0 for <c>bias</c>.</summary>
    public static double Of(string metric, bool higherIsBetter, double value) =>
        metric == "bias" ? Math.Abs(value) : higherIsBetter ? -value : value;

    /// <summary>
    /// By how much the second value is worse than the first, in the metric's unit; negative is better.
    /// </summary>
    public static double Worsening(MetricDescription metric, double before, double after) =>
        Of(metric.Name, metric.HigherIsBetter, after) - Of(metric.Name, metric.HigherIsBetter, before);
}
