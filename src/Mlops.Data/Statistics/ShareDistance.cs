namespace Mlops.Data.Statistics;

/// <summary>
/// How far two sets of counts over the same bins lie apart, as shares p (reference) and q (current). Each
/// set has at least one count above zero.
/// </summary>
public static class ShareDistance
{
    /// <summary>
    /// Shares below this count as this in <see cref="Psi"/> and <see cref="KullbackLeibler"/>.
    /// </summary>
    public const double Floor = 1e-4;

    /// <summary>Population stability index, Σ (q - p) ln(q / p); both floored, not renormalised.</summary>
    public static double Psi(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (Shares(reference), Shares(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var (floored, other) = (Math.Max(p[i], Floor), Math.Max(q[i], Floor));
            sum += (other - floored) * Math.Log(other / floored);
        }
        return sum;
    }

    /// <summary>What <see cref="Psi"/> is on average with no drift at all: (k - 1)(1/n + 1/m).</summary>
    public static double PsiNullMean(int bins, long referenceCount, long currentCount) =>
        (bins - 1) * (1.0 / referenceCount + 1.0 / currentCount);

    /// <summary>
    /// <see cref="Psi"/> with half a row added to each bin (Jeffreys' prior), on shares (count + ½) / (n + k
    /// / 2), which need no floor and so have no value that an empty bin decides.
    /// </summary>
    public static double PsiHalfCount(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (n, m) = (Total(reference), Total(current));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var p = (reference[i] + 0.5) / (n + 0.5 * reference.Length);
            var q = (current[i] + 0.5) / (m + 0.5 * reference.Length);
            sum += (q - p) * Math.Log(q / p);
        }
        return sum;
    }

    /// <summary>
    /// What <see cref="Psi"/> stays below 19 times in 20 with no drift: χ²₀.₉₅(k - 1)(1/n + 1/m).
    /// </summary>
    public static double PsiNull95(int bins, long referenceCount, long currentCount) =>
        DistributionQuantile.ChiSquare(0.95, bins - 1) * (1.0 / referenceCount + 1.0 / currentCount);

    /// <summary>KL(p ‖ q) = Σ p ln(p / q) in nats, both floored and then renormalised.</summary>
    public static double KullbackLeibler(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (FlooredShares(reference), FlooredShares(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += p[i] * Math.Log(p[i] / q[i]);
        return sum;
    }

    /// <summary>
    /// Jensen–Shannon distance, √(½ KL₂(p ‖ m) + ½ KL₂(q ‖ m)) with m = (p + q) / 2, base 2, in [0, 1].
    /// </summary>
    public static double JensenShannon(ReadOnlySpan<long> reference, ReadOnlySpan<long> current) =>
        Math.Sqrt(JensenShannonDivergence(reference, current));

    /// <summary>The square of <see cref="JensenShannon"/>, in bits; times ln 2 it is in nats.</summary>
    public static double JensenShannonDivergence(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (Shares(reference), Shares(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var middle = (p[i] + q[i]) / 2;
            sum += Term(p[i], middle) + Term(q[i], middle);
        }
        return Math.Clamp(sum / 2, 0, 1);

        static double Term(double share, double middle) => share > 0 ? share * Math.Log2(share / middle) : 0;
    }

    /// <summary>½ Σ |p - q|, in [0, 1]: the share of rows that would have to change.</summary>
    public static double TotalVariation(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (Shares(reference), Shares(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += Math.Abs(p[i] - q[i]);
        return sum / 2;
    }

    /// <summary>√(½ Σ (√p - √q)²), in [0, 1].</summary>
    public static double Hellinger(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (Shares(reference), Shares(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += (Math.Sqrt(p[i]) - Math.Sqrt(q[i])) * (Math.Sqrt(p[i]) - Math.Sqrt(q[i]));
        return Math.Sqrt(sum / 2);
    }

    /// <summary>L∞, the largest |p - q|, and the first bin that has it.</summary>
    public static (double Distance, int Bin) Largest(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (p, q) = (Shares(reference), Shares(current));
        var largest = 0;
        for (var i = 1; i < p.Length; i++)
            if (Math.Abs(p[i] - q[i]) > Math.Abs(p[largest] - q[largest]))
                largest = i;
        return (Math.Abs(p[largest] - q[largest]), largest);
    }

    static double[] FlooredShares(ReadOnlySpan<long> counts)
    {
        var shares = Array.ConvertAll(Shares(counts), share => Math.Max(share, Floor));
        var total = shares.Sum();
        return Array.ConvertAll(shares, share => share / total);
    }

    static double[] Shares(ReadOnlySpan<long> counts)
    {
        var total = Total(counts);
        var shares = new double[counts.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = (double)counts[i] / total;
        return shares;
    }

    static long Total(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        return total > 0
            ? total
            : throw new ArgumentException("Shares need at least one count above zero.", nameof(counts));
    }
}
