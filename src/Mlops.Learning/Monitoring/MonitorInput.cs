using System.Text.Json.Serialization;
using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Monitoring;

/// <param name="Time">The column that windows are cut by.</param>
/// <param name="Model">Scored on both windows where labels exist; null leaves performance out.</param>
/// <param name="Evaluation">The model's <see cref="EvaluationDetails"/> as JSON,
/// for how much each feature matters.</param>
/// <param name="Profile">The package's <see cref="ReferenceProfile"/> as JSON,
/// which takes the place of a reference window.</param>
/// <param name="TakenOut">Rows that checks took out, see <see cref="RowNumbers"/>: they are in no window.
/// Null for none.</param>
/// <param name="Redact">Columns whose values nobody is shown; null for none.</param>
/// <param name="LabelsComeLater">True of rows that were scored: missing labels are no drift. Null for rows of
/// the model's own dataset.</param>
public sealed record MonitorInput(
    TableParts Table, string Time, MonitorSpecification Monitor, TrainedModel? Model,
    Artifact? Evaluation = null, Artifact? Profile = null, IReadOnlyList<Artifact>? TakenOut = null,
    IReadOnlyList<string>? Redact = null, bool? LabelsComeLater = null);

/// <param name="Exclude">Columns that are not compared: keys and the time column are left out anyway by
/// whoever builds the input.</param>
/// <param name="FailOn">The verdict from which the Monitor target fails, as it does where nothing could be
/// compared; null never fails.</param>
/// <param name="PerformanceDrop">Relative loss of the metric that is drift where it is not chance; null for
/// not compared.</param>
/// <param name="AgainstPackage">The reference is the profile stored with the model's package;
/// Reference is then open.</param>
/// <param name="Classifier">How rows of both windows are told apart; null leaves it out.</param>
/// <param name="WindowRows">Performance is told in windows of this many rows;
/// null for calendar periods.</param>
/// <param name="Sources">Files that are watched in place of the dataset, as
/// the dataset's own are named; null for the dataset.</param>
/// <param name="Downloads">Such files elsewhere; null for none.</param>
/// <param name="Package">The file of a released package, whose model and profile are taken;
/// null for the package that the pipeline makes.</param>
public sealed record MonitorSpecification(
    Window Reference, Window Current, DriftThresholds Thresholds, IReadOnlyList<string> Exclude,
    DriftVerdict? FailOn, double? PerformanceDrop, bool AgainstPackage = false,
    ClassifierSpecification? Classifier = null, int? WindowRows = null,
    IReadOnlyList<string>? Sources = null, IReadOnlyList<RemoteFile>? Downloads = null,
    string? Package = null)
{
    /// <summary>Whether files of their own are watched.</summary>
    [JsonIgnore]
    public bool WatchesFiles => (Sources ?? []).Count + (Downloads ?? []).Count > 0;
}

/// <param name="Rows">Most rows taken of each window.</param>
public sealed record ClassifierSpecification(
    TrainerSpecification Trainer, int Folds = 5, int Rows = 5000, int Seed = 1, double DriftAt = 0.55);

/// <summary>
/// Rows whose time is at or after From and before To, as dates or timestamps; an open end is null.
/// </summary>
public sealed record Window(string? From, string? To);

/// <summary>What Monitor found.</summary>
/// <param name="Details">A <see cref="MonitorDetails"/> as JSON.</param>
public sealed record MonitorResult(
    DriftVerdict Verdict, int DriftedColumns, int ComparedColumns,
    Artifact Details, Judgement Judgement) : IJudged;

/// <param name="Reference">Metrics of the model in the reference window, where labels exist.</param>
/// <param name="Periods">Metrics by calendar month from the first reference row to the last
/// current one.</param>
/// <param name="Profile">Whether the reference is a package's profile, and not a window.</param>
/// <param name="Classifier">Null where none was asked for.</param>
/// <param name="Detectors">Null without a model; empty without labels, or without any that say how large
/// errors of a number are by right.</param>
public sealed record MonitorDetails(
    DriftResult Drift,
    Window ReferenceWindow,
    Window CurrentWindow,
    IReadOnlyList<MetricValue>? Reference,
    IReadOnlyList<MetricValue>? Current,
    IReadOnlyList<PeriodMetrics> Periods,
    bool Profile = false,
    ClassifierOutcome? Classifier = null,
    IReadOnlyList<string>? Alarms = null,
    IReadOnlyList<DetectorOutcome>? Detectors = null);

/// <param name="Period">As <c>2026-03</c>.</param>
/// <param name="Ranges">For each of the metrics its interval and the band of the reference windows.</param>
public sealed record PeriodMetrics(
    string Period, long Rows, bool InReference, bool InCurrent, IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<MetricRange>? Ranges = null);

/// <param name="Low">Lower end of the metric's 95 % interval in the window; null where it has none.</param>
/// <param name="BandLow">From here the metric is as in the reference windows, this one left out;
/// null with fewer than three.</param>
/// <param name="IsAlarm">Worse than the band with its whole interval, and with rows enough to say so.</param>
public sealed record MetricRange(
    string Name, double? Low, double? High, double? BandLow, double? BandHigh, bool IsAlarm);

/// <param name="Auc">Cross-validated: 0.5 where the windows cannot be told apart, 1 where always.</param>
/// <param name="Low">Lower end of DeLong's 95 % interval; drift where it is above the threshold.</param>
/// <param name="NotRun">Why there is none; null where it ran.</param>
/// <param name="Columns">What tells the windows apart,
/// by falling importance (loss of AUC when shuffled).</param>
public sealed record ClassifierOutcome(
    double? Auc, double? Low, double? High, double DriftAt, long Rows, string? NotRun,
    IReadOnlyList<FeatureImportance> Columns)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDrift => Low > DriftAt;
}

/// <param name="Stream">What was read in order of time: "wrong predictions" or "absolute error in reference
/// deviations".</param>
/// <param name="Alarms">The first ones, in order.</param>
public sealed record DetectorOutcome(
    string Detector, string Stream, long Rows, int AlarmCount, IReadOnlyList<DetectorAlarm> Alarms);

/// <param name="Index">Among the rows with labels in order of time, from 0.</param>
/// <param name="Time">Of that row.</param>
public sealed record DetectorAlarm(long Index, string Time, bool InCurrent);
