using System.Globalization;

namespace Mlops.Data.Drift;

/// <summary>From the columns' verdicts to the dataset's, and which rule gave it.</summary>
static class DatasetJudgement
{
    public static (DriftVerdict Verdict, string DecidedBy) Judge(
        IReadOnlyList<ColumnDrift> columns, long referenceRows, long currentRows, DriftThresholds thresholds)
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
            : ByColumns(judged, referenceRows, currentRows, thresholds);
        return judged.Count == columns.Count || judged.Count == 0
            ? (verdict, words)
            : (verdict, words + $"; {Count(columns.Count - judged.Count, "column")} had too few values to judge");
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
        var drifts = $"{Number(drifted)} of {Count(judged.Count, "column")} drifted";
        var limit = Number(100 * thresholds.ColumnShare) + " %";
        if (drifted > 0 && share >= thresholds.ColumnShare)
            return (DriftVerdict.Drift, $"{drifts}, at least {limit}");
        var sight = Sight(referenceRows, currentRows);
        if (drifted > 0)
            return (DriftVerdict.Warning, $"{drifts}, less than {limit}{sight}");
        return warned > 0
            ? (DriftVerdict.Warning,
                $"{Number(warned)} of {Count(judged.Count, "column")} moved, none drifted{sight}")
            : (DriftVerdict.None,
                $"no column moved by {Number(thresholds.WarnAt)} or more with adjusted p at most "
                + $"{Number(thresholds.Alpha)}{sight}");
    }

    /// <summary>
    /// How large a shift the test finds four times in five, where that is more than half a standard deviation:
    /// a normal shift of d moves D by about 0.4 d, and D must reach (1.63 + 0.9) / √(nm / (n + m)) at α = 0.01.
    /// The project's simulations of the whole rule agree (0.9 at 100 against 100 rows).
    /// </summary>
    static string Sight(double referenceRows, double currentRows)
    {
        var shift = 2.53 / 0.4 / Math.Sqrt(referenceRows * currentRows / (referenceRows + currentRows));
        return shift < 0.5
            ? ""
            : $"; so few rows show only shifts of about {Number(Math.Round(shift, 1))} "
                + "standard deviations or more";
    }

    static string Count(int count, string noun) => Number(count) + " " + noun + (count == 1 ? "" : "s");

    static string Number(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
