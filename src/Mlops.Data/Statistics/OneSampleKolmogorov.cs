namespace Mlops.Data.Statistics;

/// <summary>
/// P(Dₙ ≥ d) for the one-sample Kolmogorov–Smirnov statistic of n values, exact or nearly so, by the choice
/// of Simard and L'Ecuyer (2011): Durbin's matrix, twice the one-sided law, or Pelz and Good's expansion.
/// </summary>
static class OneSampleKolmogorov
{
    const double Pi2 = Math.PI * Math.PI;

    /// <param name="d">In [0, 1].</param>
    /// <param name="n">At least 1.</param>
    public static double Survival(double d, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var t = n * d;
        var square = t * d;
        if (d >= 1)
            return 0;
        if (t <= 0.5)
            return 1;
        if (t <= 1)
            return 1 - Math.Exp(SpecialFunctions.LogGamma(n + 1.0) + n * Math.Log((2 * t - 1) / n));
        if (t >= n - 1)
            return 2 * Math.Pow(1 - d, n);
        if (square >= 370)
            return 0;
        if (d >= 0.5 || square > (n <= 140 ? 4 : 2.2))
            return Math.Min(1, 2 * OneSided(d, n));
        var below = n <= 140 || (n <= 100_000 && n * Math.Pow(d, 1.5) <= 1.4) ? Durbin(d, n) : PelzGood(d, n);
        return Math.Clamp(1 - below, 0, 1);
    }

    /// <summary>Smirnov's one-sided law: d Σ C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j).</summary>
    static double OneSided(double d, long n)
    {
        var logN = SpecialFunctions.LogGamma(n + 1.0);
        var sum = 0.0;
        for (var j = 0L; j <= (long)Math.Floor(n * (1 - d)); j++)
        {
            var rest = 1 - d - (double)j / n;
            if (rest <= 0)
                continue;
            sum += Math.Exp(
                logN - SpecialFunctions.LogGamma(j + 1.0) - SpecialFunctions.LogGamma(n - j + 1.0)
                + (j - 1) * Math.Log(d + (double)j / n) + (n - j) * Math.Log(rest));
        }
        return d * sum;
    }

    /// <summary>
    /// Marsaglia, Tsang, Wang (2003): n! / nⁿ times the middle of the n-th power of a matrix.
    /// </summary>
    static double Durbin(double d, long n)
    {
        var k = (int)(n * d) + 1;
        var size = 2 * k - 1;
        var h = k - n * d;
        var power = ScaledMatrix.Durbin(size, h).Power(n);
        var (value, exponent) = (power.Middle(k - 1), power.Exponent);
        for (var i = 1L; i <= n; i++)
        {
            value = value * i / n;
            if (value is > 0 and < 1e-140)
            {
                value *= 1e140;
                exponent -= 140;
            }
        }
        return value * Math.Pow(10, exponent);
    }

    /// <summary>Four terms of the expansion in 1/√n (Pelz and Good 1976).</summary>
    static double PelzGood(double d, long n)
    {
        var z = Math.Sqrt(n) * d;
        var (z2, z4, z6) = (z * z, z * z * z * z, Math.Pow(z, 6));
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, extra2 = 0, extra3 = 0;
        for (var k = (int)Math.Ceiling(16 * z / Math.PI); k >= 1; k--)
        {
            double odd = (2.0 * k - 1) * (2.0 * k - 1), whole = (double)k * k;
            var q = Math.Exp(-Pi2 * odd / (8 * z2));
            k0 += q;
            k1 += q * (-z2 + Pi2 / 4 * odd);
            k2 += q * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * Pi2 / 4 * odd
                + Pi2 * Pi2 * (1 - 2 * z2) / 16 * odd * odd);
            k3 += q * (-30 * z6 - 90 * z4 * z4 + Pi2 * (135 * z4 - 96 * z6) / 4 * odd
                + Pi2 * Pi2 * (-60 * z2 + 212 * z4) / 16 * odd * odd
                + Pi2 * Pi2 * Pi2 * (5 - 30 * z2) / 64 * odd * odd * odd);
            var qWhole = Math.Exp(-Pi2 * whole / (2 * z2));
            extra2 += whole * qWhole;
            extra3 += (3 * z2 - Pi2 * whole) * whole * qWhole;
        }
        var root = Math.Sqrt(2 * Math.PI);
        return k0 * root / z
            + k1 * root / (6 * z4) / Math.Sqrt(n)
            + (k2 * root / (72 * z6 * z) - extra2 * Pi2 * root / (36 * z2 * z)) / n
            + (k3 * root / (6480 * z6 * z4) + extra3 * Pi2 * root / (216 * z6)) / Math.Pow(n, 1.5);
    }
}
