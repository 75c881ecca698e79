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
        var reference = profile is null
            ? Judged.Of(performance?.On(windows.Reference))
            : new Judged((int)Math.Min(int.MaxValue, profile.Loss?.Count ?? 0), profile.Metrics);
        var current = Judged.Of(performance?.On(windows.Current));
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
sealed record Judged(int LabelledRows, IReadOnlyList<MetricValue> Metrics)
{
    public static Judged? Of(MeasuredRows? measured) =>
        measured is null ? null : new Judged(measured.LabelledRows, measured.Metrics);

    public IReadOnlyList<MetricValue>? Known => LabelledRows > 0 ? Metrics : null;
}
