namespace Mlops.Data.Statistics;

/// <summary>
/// Other p-values of the two-sample Kolmogorov–Smirnov statistic than the limiting one that
/// a verdict goes by.
/// </summary>
static class TwoSampleKolmogorov
{
    /// <summary>The limit with Stephens' (1970) correction for small samples.</summary>
    public static double Stephens(double d, long n, long m)
    {
        var root = Math.Sqrt(Effective(n, m));
        return SpecialFunctions.KolmogorovSurvival((root + 0.12 + 0.11 / root) * d);
    }

    /// <summary>
    /// The one-sample law at the effective size rounded half to even, which SciPy calls asymptotic. May
    /// underflow to 0.
    /// </summary>
    public static double OneSample(double d, long n, long m) =>
        OneSampleKolmogorov.Survival(
            d, Math.Max(1, (long)Math.Round(Effective(n, m), MidpointRounding.ToEven)));

    /// <summary>
    /// P(D ≥ d) without ties (Hodges 1958): the share of lattice paths from (0, 0) to (n, m) that leave |i/n
    /// - j/m| &lt; d. Only what is inside is walked, and shares outside are summed, so that small ones keep
    /// their digits. With ties it is conservative. At most 2³¹ for n and m together.
    /// </summary>
    public static double Exact(double d, int n, int m)
    {
        if (n > m)
            (n, m) = (m, n);
        long divisor = (long)Gcd(n, m), stepN = m / divisor, stepM = n / divisor;
        var bound = (long)Math.Round(d * ((double)n * m / divisor));
        if (bound == 0)
            return 1;
        // The share of paths to (i, j) that have been outside; beyond the strip it is 1.
        var outside = new double[m + 1];
        Array.Fill(outside, 1.0);
        for (long i = 0; i <= n; i++)
        {
            var first = Math.Max(0, (i * stepN - bound) / stepM + (i * stepN - bound >= 0 ? 1 : 0));
            var last = Math.Min(m, (i * stepN + bound - 1) / stepM);
            if (first > 0)
                outside[first - 1] = 1;
            for (var j = first; j <= last; j++)
                outside[j] = i == 0 && j == 0 ? 0
                    : i == 0 ? outside[j - 1]
                    : j == 0 ? outside[j]
                    : (outside[j] * i + outside[j - 1] * j) / (i + j);
        }
        return Math.Abs((long)n * stepN - (long)m * stepM) >= bound ? 1 : outside[m];

        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
    }

    static double Effective(double n, double m) => n * m / (n + m);
}
