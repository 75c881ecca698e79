using System.Globalization;
using Mlops.Data.Statistics;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// The model window by window: each metric with its interval, the band of the reference windows beside it,
/// and an alarm where it is worse than that.
/// </summary>
static class PerformanceWindows
{
    /// <summary>With fewer labelled rows a window is told but not judged.</summary>
    public const int MinRows = 200;

    const int MinReferenceWindows = 3;

    /// <summary>
    /// A metric without an interval alarms by its value alone: of fewer windows three deviations are too
    /// often exceeded by chance (5 % of four, 1 % of ten).
    /// </summary>
    const int ManyReferenceWindows = 10;

    /// <param name="past">Metrics of windows before any of these, as of a package;
    /// they count as reference.</param>
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
            .Where(window =>
                window is { InReference: true, InCurrent: false, Measured.LabelledRows: >= MinRows })
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

    /// <summary>
    /// A sentence for each metric with an alarm, in the order of the metrics: "auc was worse in 2 of 3
    /// current windows than in the reference windows, most in 2026-03: 0.721 (95 %: 0.69 to 0.75),
    /// their band being 0.78 to 0.86".
    /// </summary>
    /// <param name="only">Of one metric alone; null for all.</param>
    public static IReadOnlyList<string> Alarms(IReadOnlyList<PeriodMetrics> periods, string? only = null)
    {
        var current = periods.Where(period => period.InCurrent).ToList();
        return [.. current
            .SelectMany(period => (period.Ranges ?? []).Select(range => (Period: period, Range: range)))
            .Where(found => only is null || found.Range.Name == only)
            .GroupBy(found => found.Range.Name)
            .Where(metric => metric.Any(found => found.Range.IsAlarm))
            .Select(metric => Sentence(
                metric.Key, current.Count, [.. metric.Where(found => found.Range.IsAlarm)]))];
    }

    static string Sentence(string metric, int windows, List<(PeriodMetrics Period, MetricRange Range)> alarms)
    {
        var (period, range) = alarms.MaxBy(alarm => Beyond(Value(alarm.Period), alarm.Range));
        var interval = range.Low is null
            ? ""
            : $" (95 %: {Text(range.Low.Value)} to {Text(range.High!.Value)})";
        return $"{metric} was worse in {alarms.Count} of "
            + $"{Counted.Plain(windows, "current window", "current windows")} than in the reference "
            + $"windows{(alarms.Count > 1 ? ", most" : ":")} in {period.Period}"
            + $"{(alarms.Count > 1 ? ":" : "")} {Text(Value(period))}{interval}, "
            + $"their band being {Text(range.BandLow!.Value)} to {Text(range.BandHigh!.Value)}";

        double Value(PeriodMetrics of) => of.Metrics.First(value => value.Name == metric).Value!.Value;
    }

    /// <summary>How far outside the band.</summary>
    static double Beyond(double value, MetricRange range) =>
        Math.Max(range.BandLow!.Value - value, value - range.BandHigh!.Value);

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
            on.LabelledRows >= MinRows && band is not null && metric.Value is { } value
                && (interval is not null || values.Length >= ManyReferenceWindows)
                && IsWorse(metric, interval ?? (value, value), band));
    }

    /// <summary>With the whole interval: what chance gives a window is no alarm.</summary>
    static bool IsWorse(MetricValue metric, (double Low, double High) interval, ReferenceBand band) =>
        (interval.High < band.Low && (metric.HigherIsBetter || metric.Name == "bias"))
        || (interval.Low > band.High && (!metric.HigherIsBetter || metric.Name == "bias"));

    /// <summary>The range of a metric whatever the data.</summary>
    static (double? Least, double? Largest) Limits(string metric) => metric switch
    {
        "bias" => (null, null),
        "r2" => (null, 1),
        "rmse" or "mae" or "mape" or "log-loss" => (0, null),
        _ => (0, 1),
    };

    /// <summary>
    /// Windows of so many rows in order of time; what is left over belongs to the last one.
    /// </summary>
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
