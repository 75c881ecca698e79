namespace Mlops.Data.Statistics;

/// <summary>
/// Bins for numbers, made from the reference alone so that they can be stored with it. By value
/// (<see cref="Values"/>, and one last bin for any other value) or between quantiles
/// (<see cref="Edges"/>: (-∞, e1], (e1, e2], …, (ek, ∞)).
/// </summary>
sealed class NumericBins
{
    const int MaxDiscreteValues = 20;
    const int MinRowsPerBin = 10;
    const int MaxQuantileBins = 10;

    readonly double[] bounds;

    NumericBins(bool isDiscrete, double[] bounds) => (IsDiscrete, this.bounds) = (isDiscrete, bounds);

    /// <summary>As they were stored with a reference.</summary>
    /// <param name="bounds">Values or edges, ascending.</param>
    public static NumericBins Stored(bool isDiscrete, IReadOnlyList<double> bounds) =>
        new(isDiscrete, [.. bounds]);

    /// <summary>One bin per value rather than quantile bins.</summary>
    public bool IsDiscrete { get; }

    /// <summary>The values that have a bin each, ascending; empty for quantile bins.</summary>
    public IReadOnlyList<double> Values => IsDiscrete ? bounds : [];

    /// <summary>Upper ends of all quantile bins but the last, ascending; empty for bins by value.</summary>
    public IReadOnlyList<double> Edges => IsDiscrete ? [] : bounds;

    /// <summary>
    /// By value when there are at most 20 distinct ones with at least ten rows each on average; else
    /// min(10, max(2, n / 10)) bins between type-7 quantiles, fewer where quantiles coincide.
    /// </summary>
    /// <param name="sorted">The reference: finite, ascending, not empty.</param>
    public static NumericBins Of(ReadOnlySpan<double> sorted)
    {
        var distinct = new List<double>();
        foreach (var value in sorted)
        {
            if (distinct.Count > 0 && distinct[^1] == value)
                continue;
            distinct.Add(value);
            if (distinct.Count > MaxDiscreteValues)
                break;
        }
        if (distinct.Count <= MaxDiscreteValues && sorted.Length >= MinRowsPerBin * distinct.Count)
            return new NumericBins(true, [.. distinct]);

        var bins = Math.Min(MaxQuantileBins, Math.Max(2, sorted.Length / MinRowsPerBin));
        var edges = new List<double>();
        for (var i = 1; i < bins; i++)
        {
            var edge = Quantile.Type7(sorted, (double)i / bins);
            if (edges.Count == 0 || edge > edges[^1])
                edges.Add(edge);
        }
        return new NumericBins(false, [.. edges]);
    }

    /// <summary>Counts per bin; by value, the last is of all other values.</summary>
    public long[] Count(ReadOnlySpan<double> values)
    {
        var counts = new long[bounds.Length + 1];
        foreach (var value in values)
        {
            var index = Array.BinarySearch(bounds, value);
            counts[index >= 0 ? index : IsDiscrete ? bounds.Length : ~index]++;
        }
        return counts;
    }
}
