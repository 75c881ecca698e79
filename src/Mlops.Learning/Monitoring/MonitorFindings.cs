using System.Globalization;
using Mlops.Data.Drift;
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
            yield return $"and {moved.Count - MostColumns} more columns moved";
    }

    /// <summary>As "rmse 12.1 → 18.3 (+51 %)".</summary>
    public static string Move(string metric, double before, double after)
    {
        var change = before == 0
            ? ""
            : " (" + (100 * (after - before) / Math.Abs(before))
                .ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %)";
        return $"{metric} {MetricText.Of(before, after)} → {MetricText.Of(after, before)}{change}";
    }

    static string Sentence(ColumnDrift column, DriftThresholds thresholds)
    {
        var drifted = column.Verdict == DriftVerdict.Drift;
        var limit = drifted ? thresholds.DriftAt : thresholds.WarnAt;
        var measured = column.Distance >= limit
            ? $": JS {Number(column.Distance.Value)} ({(drifted ? "drift" : "warning")} from {Number(limit)}), "
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

    static string Number(double value) => value.ToString("0.00##", CultureInfo.InvariantCulture);

    static string P(double? p) => p switch
    {
        null => "unknown",
        < 1e-12 => "< 1e-12",
        _ => p.Value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
