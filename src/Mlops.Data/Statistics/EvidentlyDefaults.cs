namespace Mlops.Data.Statistics;

/// <summary>
/// The numbers that Evidently 0.7 reports for a numeric column, to hold our own against such a report: bins
/// over both samples together, natural logarithms, zero shares filled. No verdict rests on them.
/// </summary>
/// <param name="Psi">Population stability index.</param>
/// <param name="JensenShannonNatural">Jensen–Shannon distance, base e: at most √(ln 2).</param>
/// <param name="Wasserstein">W₁ in population standard deviations of the reference.</param>
sealed record EvidentlyDefaults(int Bins, double Psi, double JensenShannonNatural, double Wasserstein)
{
    const int MaxDiscrete = 20;
    const double SmallShare = 1e-4;
    const double LeastSpread = 0.001;

    /// <summary>Both ascending, finite and not empty.</summary>
    public static EvidentlyDefaults Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] pooled = [.. reference, .. current];
        Array.Sort(pooled);
        var (counts, currentCounts) = Distinct(reference) > MaxDiscrete
            ? ByWidth(pooled, reference, current)
            : ByValue(pooled, reference, current);
        var (p, q) = (Filled(counts), Filled(currentCounts));
        var spread = Moments.Of(reference).PopulationStandardDeviation
            ?? double.PositiveInfinity;
        return new EvidentlyDefaults(
            counts.Length,
            p.Zip(q, (a, b) => (a - b) * Math.Log(a / b)).Sum(),
            Math.Sqrt(ShareDistance.JensenShannonDivergence(counts, currentCounts) * Math.Log(2)),
            EmpiricalDistribution.Of(reference).Wasserstein(current) / Math.Max(spread, LeastSpread));
    }

    /// <summary>Sturges' bins of equal width, as NumPy cuts them: the last one has both its ends.</summary>
    static (long[], long[]) ByWidth(
        double[] pooled, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (low, high) = (pooled[0], pooled[^1]);
        // As NumPy computes it: dividing twice may round up where the logarithm is whole.
        var bins = (int)Math.Ceiling((high - low) / ((high - low) / (Math.Log2(pooled.Length) + 1)));
        var edges = new double[bins + 1];
        for (var i = 0; i < edges.Length; i++)
            edges[i] = i == bins ? high : low + i * ((high - low) / bins);
        return (Count(reference), Count(current));

        long[] Count(ReadOnlySpan<double> values)
        {
            var counts = new long[bins];
            foreach (var value in values)
            {
                var edge = Array.BinarySearch(edges, value);
                counts[Math.Min(bins - 1, edge >= 0 ? edge : ~edge - 1)]++;
            }
            return counts;
        }
    }

    /// <summary>One bin per value that either sample has.</summary>
    static (long[], long[]) ByValue(
        double[] pooled, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] values = [.. pooled.Distinct()];
        return (Count(reference), Count(current));

        long[] Count(ReadOnlySpan<double> sample)
        {
            var counts = new long[values.Length];
            foreach (var value in sample)
                counts[Array.BinarySearch(values, value)]++;
            return counts;
        }
    }

    /// <summary>
    /// A share of 0 becomes 0.0001, or a millionth of the least one where that is as small.
    /// </summary>
    static double[] Filled(long[] counts)
    {
        double total = counts.Sum();
        var least = counts.Where(count => count > 0).Min() / total;
        return Array.ConvertAll(counts, count =>
            count > 0 ? count / total : least <= SmallShare ? least / 1e6 : SmallShare);
    }

    static int Distinct(ReadOnlySpan<double> sorted)
    {
        var count = 1;
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i] != sorted[i - 1])
                count++;
        return count;
    }
}
