using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// What a current window is compared with: a window before it, or what a package remembers.
/// </summary>
/// <param name="Profile">Null for a window.</param>
/// <param name="Importance">How much each feature of the model matters; empty where it is not known.</param>
/// <param name="Redact">Columns whose values nobody is shown; null for none.</param>
/// <param name="LabelsComeLater">Whether it says nothing that labels are missing.</param>
sealed record ComparisonBasis(
    ReferenceProfile? Profile, IReadOnlyList<FeatureImportance> Importance, IReadOnlyList<string>? Redact,
    bool LabelsComeLater);

/// <summary>Everything that is told of two windows.</summary>
/// <param name="Verdict">The worse one of drift and performance.</param>
/// <param name="Reference">Null without a model or without labels in the window.</param>
sealed record WindowComparison(
    DriftVerdict Verdict,
    DriftResult Drift,
    IReadOnlyList<MetricValue>? Reference,
    IReadOnlyList<MetricValue>? Current,
    IReadOnlyList<PeriodMetrics> Periods,
    ClassifierOutcome? Classifier,
    IReadOnlyList<string> Alarms,
    IReadOnlyList<DetectorOutcome>? Detectors,
    IReadOnlyList<string> Findings)
{
    public MonitorDetails Details(MonitorSpecification monitor) => new(
        Drift, monitor.Reference, monitor.Current, Reference, Current, Periods, monitor.AgainstPackage,
        Classifier, Alarms.Count == 0 ? null : Alarms, Detectors);

    public static WindowComparison Of(
        WindowedTable windows, MonitorSelection selection, LoadedModel? model, MonitorSpecification monitor,
        ComparisonBasis basis, CancellationToken cancellation)
    {
        var misfit = model?.Misfit(windows.Table);
        var scored = misfit is null ? model : null;
        var predictions = scored?.Scorer.Score(windows.Table);
        var performance = PerformanceComparison.Of(
            windows, scored is null ? null : ModelPerformance.Of(scored, windows.Table, predictions!),
            monitor, basis.Profile);
        var classifier = Classify(windows, selection, model, monitor, cancellation);
        var drift = Decide(
            CompareColumns(windows, selection, model, scored, monitor, predictions, basis), classifier,
            performance.Drop is { Worse: true } ? monitor.PerformanceDrop : null);
        var worse = misfit is not null || performance.IsWorse || selection.Absent.Count > 0;
        return new WindowComparison(
            worse && drift.Verdict < DriftVerdict.Warning ? DriftVerdict.Warning : drift.Verdict,
            drift, performance.Reference?.Known, performance.Current?.Known, performance.Periods, classifier,
            PerformanceWindows.Alarms(performance.Periods), performance.Detectors,
            [
                .. MonitorFindings.Of(drift),
                .. performance.Findings(),
                .. MonitorFindings.Absent(selection.Absent),
                .. MonitorFindings.Undone("the model was not scored", misfit),
                .. MonitorFindings.Undone("the windows' rows were not told apart", classifier?.NotRun),
                .. RowFindings(windows, monitor.AgainstPackage),
            ]);
    }

    static DriftResult CompareColumns(
        WindowedTable windows, MonitorSelection selection, LoadedModel? model, LoadedModel? scored,
        MonitorSpecification monitor, Scoring.Predictions? predictions, ComparisonBasis basis)
    {
        IReadOnlyList<string> columns = selection.Columns;
        if (scored is not null)
        {
            windows = windows.With(
                MonitorSelection.Prediction, ModelPerformance.AsColumn(scored, predictions!));
            columns = [.. columns, MonitorSelection.Prediction];
        }
        var current = windows.Table.Take(windows.Current);
        var roles = new DriftRoles(
            model?.Train.Label, MonitorSelection.Prediction,
            basis.Importance.ToDictionary(column => column.Column, column => column.Drop),
            basis.LabelsComeLater);
        return basis.Profile is { } profile
            ? DriftComparison.Compare(
                profile.WithPrediction, current, monitor.Thresholds, columns, roles, basis.Redact)
            : DriftComparison.Compare(
                windows.Table.Take(windows.Reference), current, monitor.Thresholds, columns, roles,
                basis.Redact);
    }

    static ClassifierOutcome? Classify(
        WindowedTable windows, MonitorSelection selection, LoadedModel? model, MonitorSpecification monitor,
        CancellationToken cancellation)
    {
        if (monitor.Classifier is not { } classifier)
            return null;
        if (monitor.AgainstPackage)
            return DomainClassifier.NotRun(
                classifier, windows.Current.Length, "a package holds no rows of its reference");
        string[] features = [.. selection.Columns.Where(column => column != model?.Train.Label)];
        var fewest = Math.Min(windows.Reference.Length, windows.Current.Length);
        return fewest < monitor.Thresholds.MinRows || features.Length == 0
            ? DomainClassifier.NotRun(
                classifier, windows.Reference.Length + windows.Current.Length,
                features.Length == 0
                    ? "there is no column to tell them by"
                    : $"a window has {Counted.Plain(fewest, "row", "rows")}")
            : DomainClassifier.Run(
                windows.Table.Take(windows.Reference), windows.Table.Take(windows.Current), features,
                classifier, cancellation);
    }

    /// <param name="dropped">The drop of performance that was asked for and came; null for none.</param>
    static DriftResult Decide(DriftResult drift, ClassifierOutcome? classifier, double? dropped) =>
        classifier is { IsDrift: true }
            ? Drifted(
                drift, $"a classifier tells the windows apart: {MonitorFindings.Interval(classifier)}, above "
                    + MonitorFindings.Number(classifier.DriftAt))
            : dropped is { } share && drift.Verdict < DriftVerdict.Drift
                ? Drifted(drift, $"the model's performance dropped by {Percent(share)} or more")
                : drift;

    static DriftResult Drifted(DriftResult drift, string why) => drift with
    {
        Verdict = DriftVerdict.Drift,
        DecidedBy = $"{why}; {drift.DecidedBy}",
    };

    static string Percent(double share) =>
        (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    static IEnumerable<string> RowFindings(WindowedTable windows, bool againstPackage)
    {
        if (windows.OverlappingRows is var rows and > 0 && !againstPackage)
            yield return $"{Counted.Plain(rows, "row lies", "rows lie")} in both windows";
        if (windows.RowsWithoutTime > 0)
            yield return Counted.Plain(
                windows.RowsWithoutTime, "row has no time and lies", "rows have no time and lie")
                + " in no window";
    }
}
