namespace Mlops.Data.Statistics;

/// <summary>
/// The special functions behind p-values, with relative accuracy in the far tail (to about 1e-300), which is
/// where a report prints them.
/// </summary>
public static class SpecialFunctions
{
    const double Epsilon = 1e-16;
    const int MaxIterations = 100_000;

    // Lanczos approximation with g = 7 and nine terms (Godfrey 2001); relative error below 1e-14.
    static readonly double[] LanczosTerms =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var shifted = x - 1;
        var sum = LanczosTerms[0];
        for (var i = 1; i < LanczosTerms.Length; i++)
            sum += LanczosTerms[i] / (shifted + i);
        var t = shifted + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (shifted + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>
    /// Q(a, x) = Γ(a, x) / Γ(a), the regularised upper incomplete gamma function, for a &gt; 0 and x ≥ 0:
    /// a series below a + 1, Lentz's continued fraction above (Numerical Recipes, 6.2).
    /// </summary>
    public static double UpperGamma(double a, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x == 0)
            return 1;
        if (double.IsPositiveInfinity(x))
            return 0;
        var scale = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        return x < a + 1 ? 1 - scale * LowerSeries(a, x) : scale * UpperFraction(a, x);
    }

    static double LowerSeries(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var i = 1; i < MaxIterations && Math.Abs(term) > Math.Abs(sum) * Epsilon; i++)
        {
            term *= x / (a + i);
            sum += term;
        }
        return sum;
    }

    static double UpperFraction(double a, double x)
    {
        const double tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / tiny;
        var d = 1 / b;
        var value = d;
        for (var i = 1; i < MaxIterations; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            var delta = d * c;
            value *= delta;
            if (Math.Abs(delta - 1) < Epsilon)
                break;
        }
        return value;

        static double NotZero(double v) => Math.Abs(v) < tiny ? tiny : v;
    }

    /// <summary>P(X ≥ x) for X chi-square with the given degrees of freedom.</summary>
    public static double ChiSquareSurvival(double x, double degreesOfFreedom) =>
        UpperGamma(degreesOfFreedom / 2, x / 2);

    /// <summary>P(|Z| ≥ |z|) for Z standard normal: erfc(|z| / √2), by way of Q(½, z² / 2).</summary>
    public static double NormalTwoSided(double z) => UpperGamma(0.5, z * z / 2);

    /// <summary>
    /// P(K ≥ x) for Kolmogorov's limiting distribution, 2 Σ (-1)^(j-1) exp(-2 j² x²); for small x by the
    /// theta-function form, which converges there (Marsaglia, Tsang, Wang 2003).
    /// </summary>
    public static double KolmogorovSurvival(double x)
    {
        if (x < 0.05)
            return 1;
        var sum = 0.0;
        if (x < 1)
        {
            for (var j = 1; j <= 20; j++)
                sum += Math.Exp(-(2 * j - 1) * (2 * j - 1) * Math.PI * Math.PI / (8 * x * x));
            return 1 - Math.Sqrt(2 * Math.PI) / x * sum;
        }
        for (var j = 20; j >= 1; j--)
            sum += (j % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * j * j * x * x);
        return 2 * sum;
    }
}
