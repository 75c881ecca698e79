using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Monitoring;

/// <param name="Time">The column that windows are cut by.</param>
/// <param name="Model">Scored on both windows where labels exist; null leaves performance out.</param>
public sealed record MonitorInput(TableParts Table, string Time, MonitorSpecification Monitor, TrainedModel? Model);

/// <param name="Exclude">Columns that are not compared: keys and the time column are left out anyway by whoever builds the input.</param>
/// <param name="FailOn">The verdict from which the Monitor target fails; null never fails.</param>
public sealed record MonitorSpecification(
    Window Reference, Window Current, DriftThresholds Thresholds, IReadOnlyList<string> Exclude,
    DriftVerdict? FailOn, double? PerformanceDrop);

/// <summary>Rows whose time is at or after From and before To, as dates or timestamps; an open end is null.</summary>
public sealed record Window(string? From, string? To);

/// <summary>What Monitor found.</summary>
/// <param name="Details">A <see cref="MonitorDetails"/> as JSON.</param>
public sealed record MonitorResult(
    DriftVerdict Verdict, int DriftedColumns, int ComparedColumns, Artifact Details, Judgement Judgement) : IJudged;

/// <param name="Reference">Metrics of the model in the reference window, where labels exist.</param>
/// <param name="Periods">Metrics by calendar month from the first reference row to the last current one.</param>
public sealed record MonitorDetails(
    DriftResult Drift,
    Window ReferenceWindow,
    Window CurrentWindow,
    IReadOnlyList<MetricValue>? Reference,
    IReadOnlyList<MetricValue>? Current,
    IReadOnlyList<PeriodMetrics> Periods);

/// <param name="Period">As <c>2026-03</c>.</param>
public sealed record PeriodMetrics(string Period, long Rows, bool InReference, bool InCurrent, IReadOnlyList<MetricValue> Metrics);
