using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>What is measured of one column, before any verdict.</summary>
/// <param name="Reference">Rows that were compared: neither missing nor infinite.</param>
/// <param name="Bins">
/// Empty where a side has nothing to compare, and then <paramref name="Test"/> is null.
/// </param>
/// <param name="Kolmogorov">D, and <paramref name="Wasserstein"/> in standard deviations,
/// for numbers.</param>
sealed record ColumnMeasurement(
    string Column,
    ColumnType Type,
    SideCounts Reference,
    SideCounts Current,
    string? Binning = null,
    IReadOnlyList<DriftBin>? Bins = null,
    string? TestName = null,
    TestResult? Test = null,
    IReadOnlyList<string>? NewValues = null,
    IReadOnlyList<string>? GoneValues = null,
    double? ReferenceMean = null,
    double? CurrentMean = null,
    double? Kolmogorov = null,
    double? Wasserstein = null)
{
    /// <summary>By groups alone: then there is no statistic of the numbers themselves.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Null where every value has a bin of its own, or where groups alone are known.</summary>
    public SharedBin? Shared { get; init; }

    /// <summary>Null where a side has no rows at all.</summary>
    public TestResult? Missing => Reference.Rows == 0 || Current.Rows == 0
        ? null
        : Proportion.Compare(Reference.Missing, Reference.Rows, Current.Missing, Current.Rows);

    public bool HasRows(int atLeast) => Reference.Compared >= atLeast && Current.Compared >= atLeast;

    public double? Value(DriftStatistic statistic)
    {
        if (Bins is not { Count: > 0 } bins)
            return null;
        long[] reference = [.. bins.Select(bin => bin.Reference)];
        long[] current = [.. bins.Select(bin => bin.Current)];
        return statistic switch
        {
            DriftStatistic.JensenShannon => ShareDistance.JensenShannon(reference, current),
            DriftStatistic.Psi => ShareDistance.Psi(reference, current),
            DriftStatistic.TotalVariation => ShareDistance.TotalVariation(reference, current),
            DriftStatistic.LargestShare => ShareDistance.Largest(reference, current).Distance,
            DriftStatistic.Hellinger => ShareDistance.Hellinger(reference, current),
            DriftStatistic.Wasserstein => Wasserstein,
            _ => Kolmogorov,
        };
    }
}
