using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Monitoring;

/// <summary>The model in the reference window against the current one, and period by period.</summary>
static class PerformanceSection
{
    const int MetricsShown = 6;
    const int AlarmsShown = 5;

    public static ScriptObject Of(MonitorDetails details)
    {
        var names = (details.Reference ?? []).Concat(details.Current ?? [])
            .Concat(details.Periods.SelectMany(period => period.Metrics))
            .Select(metric => metric.Name).Distinct(StringComparer.Ordinal).ToArray();
        return Fields.Of(
            ("metrics", Fields.List(names, name => Compared(name, details))),
            ("drawing", names.Length == 0 || details.Periods.Count == 0 ? null : Timeline.Draw(
                [.. details.Periods.Select(period => new TimelinePoint(period.Period,
                    Find(period.Metrics, names[0])?.Value, period.Rows, period.InReference,
                    period.InCurrent, period.Ranges?.FirstOrDefault(range => range.Name == names[0])))],
                Find(details.Reference, names[0])?.Value, names[0])),
            ("first", names.FirstOrDefault()),
            ("banded", details.Periods.Any(period =>
                period.Ranges?.Any(range => range.BandLow is not null) == true)),
            ("alarms", Fields.Sentences(details.Alarms ?? [])),
            ("detectors", Fields.List(details.Detectors ?? [], Detector)),
            ("names", Fields.List(names.Take(MetricsShown), name => name)),
            ("periods", Fields.List(details.Periods, period => Fields.Of(
                ("period", period.Period), ("rows", Show.Cell(period.Rows)),
                ("window", period.InCurrent ? "current" : period.InReference ? "reference" : "—"),
                ("values", Fields.List(names.Take(MetricsShown), name => Value(name, period)))))));
    }

    /// <summary>With its interval below, and a mark where it is an alarm.</summary>
    static ScriptObject Value(string name, PeriodMetrics period)
    {
        var value = Find(period.Metrics, name)?.Value;
        var range = period.Ranges?.FirstOrDefault(found => found.Name == name);
        return Fields.Of(
            ("number", Show.Cell(value)),
            ("interval", value is null || range?.Low is null ? null
                : $"{Show.Number(range.Low, 3)} to {Show.Number(range.High, 3)}"),
            ("alarm", range?.IsAlarm == true ? Marks.Of("bad") : null));
    }

    static ScriptObject Detector(DetectorOutcome outcome) => Fields.Of(
        ("name", outcome.Detector),
        ("stream", outcome.Stream),
        ("rows", Show.Cell(outcome.Rows)),
        ("count", Show.Cell(outcome.AlarmCount)),
        ("alarms", outcome.Alarms.Count == 0
            ? "none"
            : string.Join(", ", outcome.Alarms.Take(AlarmsShown).Select(alarm =>
                $"{alarm.Time} (row {Counted.Of(alarm.Index + 1)}{(alarm.InCurrent ? ", current" : "")})"))
                + (outcome.AlarmCount > AlarmsShown
                    ? $" and {Counted.Of(outcome.AlarmCount - AlarmsShown)} more"
                    : "")));

    static ScriptObject Compared(string name, MonitorDetails details)
    {
        var (reference, current) = (Find(details.Reference, name), Find(details.Current, name));
        var change = current?.Value - reference?.Value;
        var higher = (reference ?? current)?.HigherIsBetter ?? true;
        return Fields.Of(
            ("name", name),
            ("reference", Show.Cell(reference?.Value)),
            ("current", Show.Cell(current?.Value)),
            ("change", Show.Cell(change, Show.Signed(change))),
            ("direction", change is null or 0 || name == "bias" ? "—" : change > 0 == higher
                ? "better" : "worse"));
    }

    static MetricValue? Find(IReadOnlyList<MetricValue>? metrics, string name) =>
        metrics?.FirstOrDefault(metric => metric.Name == name);
}
