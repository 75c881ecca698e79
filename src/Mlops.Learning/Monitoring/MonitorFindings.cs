using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>Puts into words what monitoring found.</summary>
static class MonitorFindings
{
    const int MostColumns = 20;

    /// <summary>The dataset's verdict and why, then the columns that moved, the most drifted first.</summary>
    public static IEnumerable<string> Of(DriftResult drift)
    {
        if (drift.Verdict == DriftVerdict.None)
            yield break;
        yield return $"{Word(drift.Verdict)}: {drift.DecidedBy}";
        var moved = drift.Columns.Where(column => column.Verdict >= DriftVerdict.Warning).ToList();
        foreach (var column in moved.Take(MostColumns))
            yield return Sentence(column, drift.Thresholds);
        if (moved.Count > MostColumns)
            yield return "and "
                + $"{Counted.Plain(moved.Count - MostColumns, "more column", "more columns")} moved";
    }

    /// <summary>Why a comparison of nothing does not pass, and what to do.</summary>
    public static string Unjudged(DriftResult drift) =>
        "not judged: nothing could be compared, and what was not judged does not pass monitor.fail-on; "
        + drift switch
        {
            { Columns.Count: 0 } => "leave a column to compare",
            { ReferenceRows: 0 } => "let monitor.reference cover rows",
            { CurrentRows: 0 } => "see that rows arrive and that monitor.current covers their time",
            _ => "see why the columns are empty",
        };

    /// <summary>As "rmse 12.1 → 18.3 (+51 %)".</summary>
    public static string Move(string metric, double before, double after)
    {
        var change = before == 0
            ? ""
            : " (" + (100 * (after - before) / Math.Abs(before))
                .ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %)";
        return $"{metric} {MetricText.Of(before, after)} → {MetricText.Of(after, before)}{change}";
    }

    /// <summary>The first alarm of each detector in the current window.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<DetectorOutcome> detectors) =>
        from detector in detectors
        let first = detector.Alarms.FirstOrDefault(alarm => alarm.InCurrent)
        where first is not null
        select $"{detector.Detector}: {detector.Stream} had changed by {first.Time} (labelled row "
            + $"{first.Index + 1})";

    /// <summary>Columns of the package that the current rows lack.</summary>
    public static IEnumerable<string> Absent(IReadOnlyList<string> columns) => columns.Count == 0
        ? []
        : [$"the current rows lack what the model was trained on: {string.Join(", ", columns)}"];

    /// <param name="why">Null where it was done.</param>
    public static IEnumerable<string> Undone(string what, string? why) =>
        why is null ? [] : [$"{what}: {why}"];

    /// <summary>As "AUC 0.83 (95 %: 0.81 to 0.85)".</summary>
    public static string Interval(ClassifierOutcome classifier) =>
        $"AUC {Number(classifier.Auc!.Value)} (95 %: "
        + $"{Number(classifier.Low!.Value)} to {Number(classifier.High!.Value)})";

    static string Sentence(ColumnDrift column, DriftThresholds thresholds)
    {
        var drifted = column.Verdict == DriftVerdict.Drift;
        var by = column.By ?? thresholds.Of(column.Column, column.Type.IsText());
        var limit = drifted ? by.DriftAt : by.WarnAt;
        var measured = column.Value >= limit
            ? $": {StatisticFacts.Name(by.Statistic)} {Number(column.Value.Value)} "
                + $"({(drifted ? "drift" : "warning")} from {Number(limit)}), "
                + $"adjusted p {P(column.AdjustedP)}"
            : "";
        var largest = column.Largest is null ? "" : $"; {column.Largest}";
        return $"{column.Column} {(drifted ? "drifted" : "moved")}{measured}{largest}";
    }

    static string Word(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.NoData => "no data",
        DriftVerdict.Insufficient => "too few rows",
        DriftVerdict.Warning => "warning",
        DriftVerdict.Drift => "drift",
        _ => "no drift",
    };

    public static string Number(double value) =>
        value.ToString(Math.Abs(value) < 1e6 ? "0.00##" : "G4", CultureInfo.InvariantCulture);

    static string P(double? p) => p switch
    {
        null => "unknown",
        < 1e-12 => "< 1e-12",
        _ => p.Value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
