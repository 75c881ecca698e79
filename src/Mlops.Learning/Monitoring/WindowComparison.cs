using Mlops.Data.Drift;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>Everything that is told of two windows.</summary>
/// <param name="Verdict">The worse one of drift and performance.</param>
/// <param name="Reference">Null without a model or without labels in the window.</param>
sealed record WindowComparison(
    DriftVerdict Verdict,
    DriftResult Drift,
    IReadOnlyList<MetricValue>? Reference,
    IReadOnlyList<MetricValue>? Current,
    IReadOnlyList<PeriodMetrics> Periods,
    IReadOnlyList<string> Findings)
{
    public MonitorDetails Details(MonitorSpecification monitor) =>
        new(Drift, monitor.Reference, monitor.Current, Reference, Current, Periods);

    public static WindowComparison Of(
        WindowedTable windows, IReadOnlyList<string> columns, LoadedModel? model, MonitorSpecification monitor)
    {
        var misfit = model?.Misfit(windows.Table);
        var scored = misfit is null ? model : null;
        var predictions = scored?.Scorer.Score(windows.Table);
        var performance = scored is null ? null : ModelPerformance.Of(scored, windows.Table, predictions!);

        var drift = CompareColumns(windows, columns, scored, monitor, predictions);
        var reference = performance?.On(windows.Reference);
        var current = performance?.On(windows.Current);
        var drop = reference is null || current is null
            ? null
            : PerformanceDrop.Of(performance!.First, reference.Value, current.Value, monitor);
        var atLeast = misfit is not null || drop is { Worse: true } ? DriftVerdict.Warning : drift.Verdict;
        List<string> findings =
        [
            .. MonitorFindings.Of(drift),
            .. Optional(drop?.Sentence),
            .. Optional(misfit is null ? null : $"the model was not scored: {misfit}"),
            .. RowFindings(windows),
        ];
        return new WindowComparison(
            atLeast > drift.Verdict ? atLeast : drift.Verdict, drift, Known(reference), Known(current),
            ByPeriod(windows, performance), findings);
    }

    static DriftResult CompareColumns(
        WindowedTable windows, IReadOnlyList<string> columns, LoadedModel? model, MonitorSpecification monitor,
        Scoring.Predictions? predictions)
    {
        if (model is not null)
        {
            windows = windows.With(MonitorSelection.Prediction, ModelPerformance.AsColumn(model, predictions!));
            columns = [.. columns, MonitorSelection.Prediction];
        }
        var drift = DriftComparison.Compare(
            windows.Table.Take(windows.Reference), windows.Table.Take(windows.Current),
            monitor.Thresholds, columns);
        var decisive = drift.Columns.FirstOrDefault(column => column.Verdict == DriftVerdict.Drift
            && (column.Column == MonitorSelection.Prediction || column.Column == model?.Train.Label));
        // What the model is about weighs more than any share of columns.
        if (decisive is null || drift.Verdict == DriftVerdict.Drift)
            return drift;
        var what = decisive.Column == MonitorSelection.Prediction ? "the prediction" : "the label";
        return drift with { Verdict = DriftVerdict.Drift, DecidedBy = $"{what} drifted; {drift.DecidedBy}" };
    }

    static IReadOnlyList<MetricValue>? Known((int LabelledRows, IReadOnlyList<MetricValue> Metrics)? window) =>
        window is { LabelledRows: > 0 } known ? known.Metrics : null;

    static List<PeriodMetrics> ByPeriod(WindowedTable windows, ModelPerformance? performance)
    {
        var (reference, current) = (windows.Reference.ToHashSet(), windows.Current.ToHashSet());
        return [.. CalendarPeriods.Cut(windows.Time).Select(period => new PeriodMetrics(
            period.Period,
            period.Rows.Length,
            period.Rows.Any(reference.Contains),
            period.Rows.Any(current.Contains),
            performance?.On(period.Rows).Metrics ?? []))];
    }

    static IEnumerable<string> RowFindings(WindowedTable windows)
    {
        if (windows.OverlappingRows > 0)
            yield return $"{windows.OverlappingRows} rows lie in both windows";
        if (windows.RowsWithoutTime > 0)
            yield return $"{windows.RowsWithoutTime} rows have no time and lie in no window";
    }

    static IEnumerable<string> Optional(string? finding) => finding is null ? [] : [finding];
}
