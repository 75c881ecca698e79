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
                    period.InCurrent))],
                Find(details.Reference, names[0])?.Value, names[0])),
            ("first", names.FirstOrDefault()),
            ("names", Fields.List(names.Take(MetricsShown), name => name)),
            ("periods", Fields.List(details.Periods, period => Fields.Of(
                ("period", period.Period), ("rows", Show.Cell(period.Rows)),
                ("window", period.InCurrent ? "current" : period.InReference ? "reference" : "—"),
                ("values", Fields.List(names.Take(MetricsShown),
                    name => Show.Cell(Find(period.Metrics, name)?.Value)))))));
    }

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
