using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <param name="Worse">Whether the worsening counts.</param>
/// <param name="Sentence">What happened, where it should be said.</param>
sealed record PerformanceDrop(bool Worse, string? Sentence)
{
    /// <summary>The worsening of the metric from window to window, relative to the reference.</summary>
    public static PerformanceDrop? Of(
        MetricDescription metric,
        Judged reference,
        Judged current,
        MonitorSpecification monitor)
    {
        if (monitor.PerformanceDrop is not { } limit)
            return null;
        var fewest = Math.Min(reference.LabelledRows, current.LabelledRows);
        if (fewest < monitor.Thresholds.MinRows)
            return new PerformanceDrop(false, $"performance is not judged: {fewest} labelled rows in "
                + $"{(reference.LabelledRows <= current.LabelledRows ? "the reference" : "the current")} "
                + "window");
        var (before, after) = (Value(reference.Metrics, metric), Value(current.Metrics, metric));
        if (before is null || after is null)
            return new PerformanceDrop(
                false, $"performance is not judged: {metric.Name} is not defined in both windows");
        var worsening = MetricLoss.Worsening(metric, before.Value, after.Value);
        var worse = worsening > 0 && worsening >= limit * Math.Abs(before.Value);
        var move = MonitorFindings.Move(metric.Name, before.Value, after.Value);
        return new PerformanceDrop(worse, worse ? $"performance dropped: {move}" : null);
    }

    static double? Value(IReadOnlyList<MetricValue> metrics, MetricDescription metric) =>
        metrics.First(value => value.Name == metric.Name).Value;
}
