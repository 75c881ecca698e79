using System.Globalization;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>From the columns' verdicts to the dataset's, and which rule gave it.</summary>
static class DatasetJudgement
{
    public static (DriftVerdict Verdict, string DecidedBy) Judge(
        IReadOnlyList<ColumnDrift> columns, long referenceRows, long currentRows, DriftThresholds thresholds,
        DriftRoles roles, double? driftedImportance)
    {
        if (columns.Count == 0)
            return (DriftVerdict.NoData, "no column was compared");
        if (referenceRows == 0 || currentRows == 0)
            return (DriftVerdict.NoData, referenceRows == 0
                ? "the reference table has no rows"
                : "the current table has no rows");

        var judged = columns.Where(column => column.Verdict > DriftVerdict.Insufficient).ToList();
        var (verdict, words) = judged.Count == 0
            ? NoneJudged(columns, thresholds)
            : ByRoles(judged, roles, driftedImportance, thresholds,
                ByColumns(judged, referenceRows, currentRows, thresholds));
        return judged.Count == columns.Count || judged.Count == 0
            ? (verdict, words)
            : (verdict, words
                + $"; {Columns(columns.Count - judged.Count)} had too few values to judge");
    }

    /// <summary>What the model is about weighs more than any share of columns.</summary>
    static (DriftVerdict, string) ByRoles(
        List<ColumnDrift> judged, DriftRoles roles, double? driftedImportance, DriftThresholds thresholds,
        (DriftVerdict Verdict, string Words) byColumns)
    {
        if (byColumns.Verdict == DriftVerdict.Drift)
            return byColumns;
        if (Drifted(roles.Label))
            return (DriftVerdict.Drift, $"the label drifted; {byColumns.Words}");
        if (Drifted(roles.Prediction))
            return (DriftVerdict.Drift, $"the prediction drifted; {byColumns.Words}");
        return driftedImportance is > 0 and var share && share >= thresholds.ImportanceShare
            ? (DriftVerdict.Drift,
                $"columns with {Number(100 * Math.Round(share, 2))} % of the model's feature importance "
                + $"drifted, at least {Number(100 * thresholds.ImportanceShare)} %; {byColumns.Words}")
            : byColumns;

        bool Drifted(string? name) => name is not null
            && judged.Any(column => column.Column == name && column.Verdict == DriftVerdict.Drift);
    }

    /// <summary>
    /// The drifted columns' share of all importance; columns that the model does better without count 0.
    /// </summary>
    public static double? DriftedImportance(IReadOnlyList<ColumnDrift> columns, DriftRoles roles)
    {
        var all = roles.Importance?.Sum(column => Math.Max(0, column.Value)) ?? 0;
        return all == 0 ? null : columns
            .Where(column => column.Verdict == DriftVerdict.Drift)
            .Sum(column => Math.Max(0, roles.Importance!.GetValueOrDefault(column.Column))) / all;
    }

    static (DriftVerdict, string) NoneJudged(
        IReadOnlyList<ColumnDrift> columns, DriftThresholds thresholds) =>
        columns.All(column => column.Verdict == DriftVerdict.NoData)
            ? (DriftVerdict.NoData, "no column has values on both sides")
            : (DriftVerdict.Insufficient,
                $"no column has {Number(thresholds.MinRows)} values on both sides: "
                + "numbers are given, no verdict is");

    static (DriftVerdict, string) ByColumns(
        List<ColumnDrift> judged, long referenceRows, long currentRows, DriftThresholds thresholds)
    {
        var drifted = judged.Count(column => column.Verdict == DriftVerdict.Drift);
        var warned = judged.Count(column => column.Verdict == DriftVerdict.Warning);
        var share = (double)drifted / judged.Count;
        var drifts = $"{Counted.Of(drifted)} of {Columns(judged.Count)} drifted";
        var limit = Number(100 * thresholds.ColumnShare) + " %";
        if (drifted > 0 && share >= thresholds.ColumnShare)
            return (DriftVerdict.Drift, $"{drifts}, at least {limit}");
        var sight = Sight(referenceRows, currentRows, thresholds);
        if (drifted > 0)
            return (DriftVerdict.Warning, $"{drifts}, less than {limit}{sight}");
        return warned > 0
            ? (DriftVerdict.Warning,
                $"{Counted.Of(warned)} of {Columns(judged.Count)} moved, none drifted{sight}")
            : (DriftVerdict.None, Unmoved(thresholds) + sight);
    }

    static string Unmoved(DriftThresholds thresholds) => thresholds.Columns is { Count: > 0 }
        ? "no column moved by as much as its threshold with adjusted p at most " + Number(thresholds.Alpha)
        : $"no column moved by {Number(thresholds.WarnAt)} or more with adjusted p at most "
            + $"{Number(thresholds.Alpha)}";

    /// <summary>
    /// How large a shift the test finds four times in five, where that is more than half a deviation.
    /// </summary>
    static string Sight(double referenceRows, double currentRows, DriftThresholds thresholds)
    {
        var shift = SmallestMove.ByEvidence(referenceRows, currentRows, thresholds.Alpha);
        return shift < 0.5
            ? ""
            : $"; so few rows show only shifts of about {Number(Math.Round(shift, 1))} "
                + "standard deviations or more";
    }

    static string Columns(int count) => Counted.Of(count, "column", "columns");

    static string Number(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);
}

/// <summary>What the compared columns are to the model.</summary>
/// <param name="Importance">How much each feature matters, in any unit; null where it is not known.</param>
/// <param name="LabelsComeLater">Then it says nothing that labels are missing.</param>
public sealed record DriftRoles(
    string? Label = null, string? Prediction = null, IReadOnlyDictionary<string, double>? Importance = null,
    bool LabelsComeLater = false);
