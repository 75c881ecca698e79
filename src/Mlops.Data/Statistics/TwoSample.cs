namespace Mlops.Data.Statistics;

/// <param name="P">Probability in [0, 1] of a statistic at least as large when nothing differs.</param>
public readonly record struct TestResult(double Statistic, double P);

/// <summary>Comparisons of two samples. Samples are ascending, finite and not empty.</summary>
public static class TwoSample
{
    /// <summary>
    /// D = sup |F_r - F_c| over right-continuous empirical distributions, with p from Kolmogorov's limit at
    /// √(nm / (n + m)) D: simple and right for large samples, conservative with ties and small ones.
    /// </summary>
    public static TestResult KolmogorovSmirnov(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length;
        var (i, j, largest) = (0, 0, 0.0);
        while (i < reference.Length && j < current.Length)
        {
            var x = Math.Min(reference[i], current[j]);
            i = SkipEqual(reference, i, x);
            j = SkipEqual(current, j, x);
            largest = Math.Max(largest, Math.Abs(i / n - j / m));
        }
        return new TestResult(
            largest, SpecialFunctions.KolmogorovSurvival(Math.Sqrt(n * m / (n + m)) * largest));
    }

    /// <summary>W₁ = ∫ |F_r - F_c| dx, in the unit of the values.</summary>
    public static double Wasserstein(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length;
        var (i, j, area) = (0, 0, 0.0);
        var x = Math.Min(reference[0], current[0]);
        while (i < reference.Length || j < current.Length)
        {
            var next = Math.Min(
                i < reference.Length ? reference[i] : double.PositiveInfinity,
                j < current.Length ? current[j] : double.PositiveInfinity);
            area += Math.Abs(i / n - j / m) * (next - x);
            x = next;
            i = SkipEqual(reference, i, x);
            j = SkipEqual(current, j, x);
        }
        return area;
    }

    /// <summary>
    /// W₁ in population standard deviations of the reference. Where that has none: 0 if
    /// nothing moved, else null.
    /// </summary>
    public static double? NormalisedWasserstein(double w1, Moments reference) =>
        reference.PopulationStandardDeviation is > 0 and var spread ? w1 / spread : w1 == 0 ? 0 : null;

    /// <summary>
    /// Pearson's chi-square of a 2 × k table, without continuity correction; bins that are empty on both
    /// sides do not count. One bin alone gives statistic 0 and p 1.
    /// </summary>
    public static TestResult ChiSquare(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Total(reference), m = Total(current);
        var (statistic, bins) = (0.0, 0);
        for (var i = 0; i < reference.Length; i++)
        {
            double both = reference[i] + current[i];
            if (both == 0)
                continue;
            bins++;
            statistic += Deviation(reference[i], both * n / (n + m))
                + Deviation(current[i], both * m / (n + m));
        }
        return bins < 2
            ? new TestResult(0, 1)
            : new TestResult(statistic, SpecialFunctions.ChiSquareSurvival(statistic, bins - 1));

        static double Deviation(double observed, double expected) =>
            (observed - expected) * (observed - expected) / expected;
    }

    static int SkipEqual(ReadOnlySpan<double> sorted, int from, double value)
    {
        while (from < sorted.Length && sorted[from] == value)
            from++;
        return from;
    }

    static double Total(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        return total > 0
            ? total
            : throw new ArgumentException("A test needs counts above zero.", nameof(counts));
    }
}
