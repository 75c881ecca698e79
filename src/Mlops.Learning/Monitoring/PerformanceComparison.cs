using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>How a model does in the windows, where it can be told.</summary>
/// <param name="Told">The metric that it is told by; null where no model was scored.</param>
/// <param name="Reference">Of a package what it remembers.</param>
/// <param name="Drop">Null where it is not asked for, or where one window has no metrics.</param>
sealed record PerformanceComparison(
    MetricDescription? Told,
    Judged? Reference,
    Judged? Current,
    PerformanceDrop? Drop,
    IReadOnlyList<PeriodMetrics> Periods,
    IReadOnlyList<DetectorOutcome>? Detectors)
{
    public bool IsWorse => Drop is { Worse: true } || (Told is not null && Periods.Any(HasAlarm));

    /// <param name="performance">Null where no model was scored.</param>
    /// <param name="profile">Null where the reference is a window.</param>
    public static PerformanceComparison Of(
        WindowedTable windows, ModelPerformance? performance, MonitorSpecification monitor,
        ReferenceProfile? profile)
    {
        var current = Judged.Of(performance, windows.Current);
        var reference = profile is null
            ? Judged.Of(performance, windows.Reference)
            : Judged.Of(profile, performance?.First, current);
        return new PerformanceComparison(
            performance?.First, reference, current,
            reference is null || current is null
                ? null : PerformanceDrop.Of(performance!.First, reference, current, monitor),
            PerformanceWindows.Of(windows, performance, monitor.WindowRows, profile?.Windows ?? []),
            performance is null ? null : ResultDetectors.Run(windows, performance, profile?.Loss));
    }

    public IEnumerable<string> Findings()
    {
        if (Drop?.Sentence is { } dropped)
            yield return dropped;
        if (Told is not null)
            foreach (var alarm in PerformanceWindows.Alarms(Periods, Told.Name))
                yield return alarm;
        foreach (var change in MonitorFindings.Of(Detectors ?? []))
            yield return change;
    }

    bool HasAlarm(PeriodMetrics period) => period.InCurrent
        && (period.Ranges ?? []).Any(range => range.IsAlarm && range.Name == Told?.Name);
}

/// <summary>Metrics of some rows, and how many had labels.</summary>
/// <param name="Interval">95 % interval of the metric that performance is told by; null where it has none.
/// </param>
sealed record Judged(
    int LabelledRows, IReadOnlyList<MetricValue> Metrics, (double Low, double High)? Interval)
{
    public static Judged? Of(ModelPerformance? performance, int[] rows)
    {
        if (performance?.On(rows) is not { } measured)
            return null;
        return new Judged(
            measured.LabelledRows, measured.Metrics,
            MetricIntervals.OrPoint(measured.Outcomes, performance.First.Name));
    }

    /// <summary>
    /// What a package remembers. It has no interval of that time, so it gets the one that the current rows
    /// would have if they were as many: intervals shrink with the root of the rows.
    /// </summary>
    public static Judged Of(ReferenceProfile profile, MetricDescription? told, Judged? current)
    {
        var remembered = new Judged(
            (int)Math.Min(int.MaxValue, profile.Loss?.Count ?? 0), profile.Metrics, null);
        if (told is null || remembered.Value(told) is not { } value
            || current?.Interval is not var (low, high) || current.Value(told) is not { } now)
            return remembered;
        var share = Math.Sqrt((double)current.LabelledRows / Math.Max(1, remembered.LabelledRows));
        return remembered with { Interval = (value - share * (now - low), value + share * (high - now)) };
    }

    public IReadOnlyList<MetricValue>? Known => LabelledRows > 0 ? Metrics : null;

    public double? Value(MetricDescription metric) =>
        Metrics.First(value => value.Name == metric.Name).Value;
}
