namespace Mlops.Data.Statistics;

/// <summary>
/// The k-sample Anderson–Darling test of two samples in its mid-rank form (Scholz and Stephens 1987), which
/// weighs the tails. Samples are ascending, finite and not empty.
/// </summary>
public static class AndersonDarling
{
    /// <summary>The table of p-values ends here on either side.</summary>
    public const double LeastP = 0.001, LargestP = 0.25;

    static readonly double[] Significance = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];

    // Table 2 of Scholz and Stephens for two samples: b0 + b1 + b2.
    static readonly double[] Critical = [0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546];

    /// <summary>
    /// The normalised statistic, and p by a quadratic through the logarithms of the table, cut to
    /// [0.001, 0.25]. Null when all values are equal.
    /// </summary>
    public static TestResult? Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length, total = n + m;
        if (reference[0] == current[^1] && current[0] == reference[^1])
            return null;
        double before = 0, referenceSum = 0, currentSum = 0;
        int i = 0, j = 0;
        while (i < reference.Length || j < current.Length)
        {
            var value = Math.Min(
                i < reference.Length ? reference[i] : double.PositiveInfinity,
                j < current.Length ? current[j] : double.PositiveInfinity);
            var (fromI, fromJ) = (i, j);
            while (i < reference.Length && reference[i] == value)
                i++;
            while (j < current.Length && current[j] == value)
                j++;
            double tied = i - fromI + j - fromJ, middle = before + tied / 2;
            var scale = tied / total / (middle * (total - middle) - total * tied / 4);
            referenceSum += scale * Square(total * (i + fromI) / 2 - middle * n);
            currentSum += scale * Square(total * (j + fromJ) / 2 - middle * m);
            before += tied;
        }
        var statistic = (total - 1) / total * (referenceSum / n + currentSum / m);
        var normalised = (statistic - 1) / Math.Sqrt(Variance(n, m));
        return new TestResult(normalised, P(normalised));
    }

    static double Variance(double n, double m)
    {
        const double k = 2;
        var total = n + m;
        double reciprocals = 1 / n + 1 / m, h = 0, g = 0, partial = 0;
        for (var i = 1; i < total; i++)
            h += 1.0 / i;
        for (var i = 1; i < total - 1; i++)
        {
            partial += 1.0 / i;
            g += (h - partial) / (total - i);
        }
        var a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * reciprocals;
        var b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
        var c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * reciprocals + 4 * h;
        var d = (2 * h + 6) * k * k - 4 * h * k;
        return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
    }

    static double P(double statistic)
    {
        if (statistic < Critical[0])
            return LargestP;
        if (statistic > Critical[^1])
            return LeastP;
        return Math.Exp(QuadraticFit.At(statistic, Critical, Array.ConvertAll(Significance, Math.Log)));
    }

    static double Square(double x) => x * x;
}
