using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <param name="Worse">Whether the worsening counts.</param>
/// <param name="Sentence">What happened, where it should be said.</param>
sealed record PerformanceDrop(bool Worse, string? Sentence)
{
    /// <summary>
    /// The worsening of the metric from window to window, relative to the reference. As with a column it
    /// counts where it is large <em>and</em> chance does not explain it.
    /// </summary>
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
        if (reference.Value(metric) is not { } before || current.Value(metric) is not { } after)
            return new PerformanceDrop(
                false, $"performance is not judged: {metric.Name} is not defined in both windows");
        var worsening = MetricLoss.Worsening(metric, before, after);
        if (!(worsening > 0 && worsening >= limit * Math.Abs(before)))
            return new PerformanceDrop(false, null);
        var move = MonitorFindings.Move(metric.Name, before, after);
        return IsProven(metric, reference, current)
            ? new PerformanceDrop(true, $"performance dropped: {move}")
            : new PerformanceDrop(
                false, $"performance may have dropped, or it is chance: {move}; the 95 % intervals of "
                    + $"{reference.LabelledRows} and {current.LabelledRows} labelled rows do not tell");
    }

    /// <summary>
    /// Whether the 95 % interval of the worsening lies above 0, put together from the intervals of both
    /// windows (MOVER, Zou and Donner 2008), which need not be symmetric.
    /// </summary>
    static bool IsProven(MetricDescription metric, Judged reference, Judged current)
    {
        if (reference.Interval is not { } before || current.Interval is not { } after)
            return false;
        var (from, to) = (reference.Value(metric)!.Value, current.Value(metric)!.Value);
        var uncertain = metric.HigherIsBetter
            ? double.Hypot(after.High - to, from - before.Low)
            : double.Hypot(to - after.Low, before.High - from);
        return MetricLoss.Worsening(metric, from, to) > uncertain;
    }
}
