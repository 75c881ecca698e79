using System.Globalization;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// The model window by window: each metric with its interval, the band of the reference windows beside it, and an alarm
/// where it is worse than that.
/// </summary>
static class PerformanceWindows
{
    /// <summary>With fewer labelled rows a window is told but not judged.</summary>
    public const int MinRows = 200;

    const int MinReferenceWindows = 3;

    /// <param name="past">Metrics of windows before any of these, as of a package; they count as reference.</param>
    public static IReadOnlyList<PeriodMetrics> Of(
        WindowedTable windows, ModelPerformance? performance, int? windowRows,
        IReadOnlyList<IReadOnlyList<MetricValue>> past)
    {
        var (reference, current) = (windows.Reference.ToHashSet(), windows.Current.ToHashSet());
        var cut = windowRows is { } size ? InRows(windows, size) : CalendarPeriods.Cut(windows.Time);
        var measured = cut.Select(window => (
            window.Period, window.Rows,
            InReference: window.Rows.Any(reference.Contains), InCurrent: window.Rows.Any(current.Contains),
            Measured: performance?.On(window.Rows))).ToList();
        var ofReference = measured
            .Where(window => window is { InReference: true, InCurrent: false, Measured.LabelledRows: >= MinRows })
            .Select(window => (window.Period, window.Measured!.Metrics))
            .Concat(past.Select(metrics => (Period: "", Metrics: metrics)))
            .ToList();
        return [.. measured.Select(window => new PeriodMetrics(
            window.Period, window.Rows.Length, window.InReference, window.InCurrent,
            window.Measured?.Metrics ?? [],
            window.Measured is { LabelledRows: > 0 } on
                ? [.. on.Metrics.Select(metric => Range(metric, on, window.Period, ofReference))]
                : null))];
    }

    /// <summary>As "auc 0.721 in 2026-03 (0.69 to 0.75) is worse than the reference windows, 0.78 to 0.86".</summary>
    public static IEnumerable<string> Alarms(IReadOnlyList<PeriodMetrics> periods) =>
        from period in periods
        where period.InCurrent
        from range in period.Ranges ?? []
        where range.IsAlarm
        let value = period.Metrics.First(metric => metric.Name == range.Name).Value!.Value
        select $"{range.Name} {Text(value)} in {period.Period}"
            + (range.Low is null ? "" : $" (95 %: {Text(range.Low.Value)} to {Text(range.High!.Value)})")
            + $" is worse than in the reference windows, {Text(range.BandLow!.Value)} to {Text(range.BandHigh!.Value)}";

    static MetricRange Range(
        MetricValue metric, MeasuredRows on, string period,
        List<(string Period, IReadOnlyList<MetricValue> Metrics)> reference)
    {
        // A window that helps to make its own band makes it too wide for itself and too narrow for others.
        double[] values = [.. reference
            .Where(window => window.Period != period)
            .Select(window => window.Metrics.FirstOrDefault(other => other.Name == metric.Name)?.Value)
            .OfType<double>()];
        var (least, largest) = Limits(metric.Name);
        var band = values.Length < MinReferenceWindows ? null : ReferenceBand.Of(values, least, largest);
        var interval = on.Interval(metric.Name);
        return new MetricRange(
            metric.Name, interval?.Low, interval?.High, band?.Low, band?.High,
            on.LabelledRows >= MinRows && band is not null && metric.Value is { } value && IsWorse(metric, value, band));
    }

    static bool IsWorse(MetricValue metric, double value, ReferenceBand band) =>
        metric.Name == "bias" ? !band.Contains(value)
        : metric.HigherIsBetter ? value < band.Low
        : value > band.High;

    /// <summary>The range of a metric whatever the data.</summary>
    static (double? Least, double? Largest) Limits(string metric) => metric switch
    {
        "bias" => (null, null),
        "r2" => (null, 1),
        "rmse" or "mae" or "mape" or "log-loss" => (0, null),
        _ => (0, 1),
    };

    /// <summary>Windows of so many rows in order of time; what is left over belongs to the last one.</summary>
    static List<(string Period, int[] Rows)> InRows(WindowedTable windows, int size)
    {
        var order = windows.InOrder();
        var count = Math.Max(1, order.Length / size);
        return [.. Enumerable.Range(0, order.Length == 0 ? 0 : count).Select(window =>
        {
            var rows = order[(window * size)..(window == count - 1 ? order.Length : (window + 1) * size)];
            return ($"{windows.Time.Text(rows[0])} to {windows.Time.Text(rows[^1])}", rows);
        })];
    }

    static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
