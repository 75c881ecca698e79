using System.Globalization;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>From what was measured of a column to its verdict.</summary>
static class ColumnJudgement
{
    /// <param name="judgesMissing">Whether a change of missing cells counts.</param>
    public static ColumnDrift Judge(
        ColumnMeasurement measured, double? adjustedP, DriftThresholds thresholds, bool judgesMissing = true)
    {
        var bins = measured.Bins ?? [];
        long[] reference = [.. bins.Select(bin => bin.Reference)];
        long[] current = [.. bins.Select(bin => bin.Current)];
        var (n, m) = (measured.Reference.Compared, measured.Current.Compared);
        var by = thresholds.Of(measured.Column, measured.IsMasked || measured.Type.IsText());
        var value = measured.Value(by.Statistic);
        var missingMoved = judgesMissing && MissingMoved(measured, thresholds);
        var infiniteMoved = InfiniteMoved(measured, thresholds);
        var shared = StatisticFacts.NeedsNumbers(by.Statistic) ? null : SharedMove(measured, thresholds);
        return new ColumnDrift(
            measured.Column, measured.Type,
            Verdict(
                measured, value, adjustedP, missingMoved || infiniteMoved || shared is not null, by,
                thresholds),
            n, m,
            measured.Reference.MissingShare, measured.Current.MissingShare, measured.Missing?.P,
            measured.Value(DriftStatistic.JensenShannon), measured.Value(DriftStatistic.Psi),
            bins.Count == 0 ? null : ShareDistance.PsiNullMean(bins.Count, n, m),
            measured.TestName, measured.Test?.Statistic, measured.Test?.P, adjustedP,
            measured.Binning, bins,
            Largest(measured, reference, current, missingMoved, infiniteMoved, shared),
            measured.NewValues ?? [], measured.GoneValues ?? [],
            measured.ReferenceMean, measured.CurrentMean, by, value,
            bins.Count == 0 ? null : ShareDistance.PsiNull95(bins.Count, n, m),
            bins.Count < 2 ? null : SmallestMove.InWords(measured, by, thresholds.Alpha));
    }

    static DriftVerdict Verdict(
        ColumnMeasurement measured,
        double? value,
        double? adjustedP,
        bool movedElsewhere,
        ColumnThresholds by,
        DriftThresholds thresholds)
    {
        var byValues = measured switch
        {
            { Reference.Compared: 0 } or { Current.Compared: 0 } => DriftVerdict.NoData,
            _ when !measured.HasRows(thresholds.MinRows) => DriftVerdict.Insufficient,
            _ when adjustedP > thresholds.Alpha => DriftVerdict.None,
            // A constant that became another has no standard deviation to measure its move in.
            _ when value is null => ByDistance(measured.Kolmogorov),
            _ when value >= by.DriftAt => DriftVerdict.Drift,
            _ when value >= by.WarnAt => DriftVerdict.Warning,
            _ => DriftVerdict.None,
        };
        return movedElsewhere && byValues != DriftVerdict.Drift ? DriftVerdict.Warning : byValues;
    }

    static DriftVerdict ByDistance(double? kolmogorov)
    {
        var (warnAt, driftAt) = StatisticFacts.Defaults(DriftStatistic.KolmogorovSmirnov);
        return kolmogorov >= driftAt ? DriftVerdict.Drift
            : kolmogorov >= warnAt ? DriftVerdict.Warning : DriftVerdict.None;
    }

    /// <summary>What a value without a bin of its own did that no bin shows; null for nothing.</summary>
    static SharedBin? SharedMove(ColumnMeasurement measured, DriftThresholds thresholds) =>
        measured.Shared is { } shared && measured.HasRows(thresholds.MinRows)
            && measured.Value(DriftStatistic.JensenShannon)
                < StatisticFacts.Defaults(DriftStatistic.JensenShannon).WarnAt
            && shared.HasMoved(measured.Reference.Compared, measured.Current.Compared, thresholds.Alpha)
                ? shared : null;

    static bool MissingMoved(ColumnMeasurement measured, DriftThresholds thresholds) =>
        Math.Min(measured.Reference.Rows, measured.Current.Rows) >= thresholds.MinRows
        && measured.Missing?.P <= thresholds.Alpha
        && Math.Abs(measured.Current.MissingShare - measured.Reference.MissingShare)
            >= DriftComparison.MissingShareDifference;

    /// <summary>What is infinite is in no bin, so that no distance sees that it became so.</summary>
    static bool InfiniteMoved(ColumnMeasurement measured, DriftThresholds thresholds)
    {
        var (before, after) = (measured.Reference, measured.Current);
        return Math.Min(before.Rows, after.Rows) >= thresholds.MinRows
            && Math.Abs(after.InfiniteShare - before.InfiniteShare) >= DriftComparison.MissingShareDifference
            && Proportion.Compare(before.Infinite, before.Rows, after.Infinite, after.Rows).P
                <= thresholds.Alpha;
    }

    static string? Largest(
        ColumnMeasurement measured, long[] reference, long[] current, bool missingMoved, bool infiniteMoved,
        SharedBin? shared)
    {
        var words = new List<string>();
        if (missingMoved)
            words.Add($"missing {Move(measured.Reference.MissingShare, measured.Current.MissingShare)}");
        if (infiniteMoved)
            words.Add($"infinite {Move(measured.Reference.InfiniteShare, measured.Current.InfiniteShare)}");
        if (shared is not null)
            words.Add($"{measured.Column} = {shared.Value} " + Move(
                (double)shared.Reference / measured.Reference.Compared,
                (double)shared.Current / measured.Current.Compared));
        if (reference.Length > 0)
        {
            var (_, bin) = ShareDistance.Largest(reference, current);
            words.Add($"{measured.Column} {Place(measured, bin)} " + Move(
                (double)reference[bin] / measured.Reference.Compared,
                (double)current[bin] / measured.Current.Compared));
        }
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    static string Place(ColumnMeasurement measured, int bin)
    {
        var label = measured.Bins![bin].Label;
        return (measured.Binning, label) switch
        {
            ("category", not OtherOnlyIfAny.Label) => $"= '{label}'",
            (MaskedMeasurement.Binning, not OtherOnlyIfAny.Label) => $"in {label}",
            ("quantile", _) when label[0] == '(' => $"in {label}",
            ("quantile", _) => label,
            _ => $"= {label}",
        };
    }

    static string Move(double before, double after) => $"{Percent(before)} → {Percent(after)}";

    /// <summary>
    /// Whole per cent from ten on, tenths at the ends; a share that is not zero never reads as zero, and one
    /// that is not all never as all.
    /// </summary>
    static string Percent(double share) => share switch
    {
        > 0 and < 0.0005 => "< 0.1 %",
        >= 0.9995 and < 1 => "> 99.9 %",
        < 0.1 or >= 0.995 => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %",
        _ => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
    };
}
