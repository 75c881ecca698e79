using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>What is measured of one column, before any verdict.</summary>
/// <param name="Reference">Rows that were compared: neither missing nor infinite.</param>
/// <param name="Bins">
/// Empty where a side has nothing to compare, and then <paramref name="Test"/> is null.
/// </param>
sealed record ColumnMeasurement(
    Column Column,
    SideCounts Reference,
    SideCounts Current,
    string? Binning = null,
    IReadOnlyList<DriftBin>? Bins = null,
    string? TestName = null,
    TestResult? Test = null,
    IReadOnlyList<string>? NewValues = null,
    IReadOnlyList<string>? GoneValues = null,
    double? ReferenceMean = null,
    double? CurrentMean = null)
{
    /// <summary>Null where a side has no rows at all.</summary>
    public TestResult? Missing => Reference.Rows == 0 || Current.Rows == 0
        ? null
        : Proportion.Compare(Reference.Missing, Reference.Rows, Current.Missing, Current.Rows);

    public bool HasRows(int atLeast) => Reference.Compared >= atLeast && Current.Compared >= atLeast;
}

/// <param name="Compared">Rows with a finite value.</param>
readonly record struct SideCounts(long Rows, long Missing, long Compared)
{
    public double MissingShare => Rows == 0 ? 0 : (double)Missing / Rows;
}
