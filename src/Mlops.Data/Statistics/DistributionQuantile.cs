namespace Mlops.Data.Statistics;

/// <summary>The value below which a given share of a distribution lies. Shares are in (0, 1).</summary>
static class DistributionQuantile
{
    const int MaxSteps = 200;

    // Acklam's rational approximation (2003), relative error 1.15e-9, which the steps after it remove.
    static readonly double[] CentralA =
    [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239e+00,
    ];
    static readonly double[] CentralB =
    [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
        -1.328068155288572e+01, 1,
    ];
    static readonly double[] TailC =
    [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
        4.374664141464968e+00, 2.938163982698783e+00,
    ];
    static readonly double[] TailD =
        [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>Of the standard normal distribution: Acklam's start, then two steps of Halley's.</summary>
    public static double Normal(double p)
    {
        RequireShare(p);
        if (p > 0.5)
            return -Normal(1 - p);
        var x = p < 0.02425 ? Tail(Math.Sqrt(-2 * Math.Log(p))) : Central(p - 0.5);
        for (var step = 0; step < 2; step++)
        {
            var below = x < 0
                ? SpecialFunctions.NormalTwoSided(x) / 2
                : 1 - SpecialFunctions.NormalTwoSided(x) / 2;
            var slope = (below - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x -= slope / (1 + x * slope / 2);
        }
        return x;

        static double Central(double q) => q * Polynomial(CentralA, q * q) / Polynomial(CentralB, q * q);

        static double Tail(double q) => Polynomial(TailC, q) / Polynomial(TailD, q);
    }

    /// <summary>Of chi-square with the given degrees of freedom; 0 for none.</summary>
    public static double ChiSquare(double p, double degreesOfFreedom)
    {
        RequireShare(p);
        return degreesOfFreedom == 0
            ? 0
            : Falling(x => SpecialFunctions.ChiSquareSurvival(x, degreesOfFreedom), 1 - p);
    }

    /// <summary>Of Student's distribution.</summary>
    public static double Student(double p, double degreesOfFreedom)
    {
        RequireShare(p);
        return p < 0.5
            ? -Student(1 - p, degreesOfFreedom)
            : Falling(t => IncompleteBeta.StudentTwoSided(t, degreesOfFreedom), 2 * (1 - p));
    }

    /// <summary>Where a function that falls from 1 at 0 has the given value, by halving.</summary>
    static double Falling(Func<double, double> survival, double value)
    {
        var (low, high) = (0.0, 1.0);
        while (survival(high) > value)
            (low, high) = (high, 2 * high);
        for (var step = 0; step < MaxSteps && low < high; step++)
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high)
                break;
            (low, high) = survival(middle) > value ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    static double Polynomial(double[] coefficients, double x)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
            value = value * x + coefficient;
        return value;
    }

    static void RequireShare(double p)
    {
        if (!(p is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A share between 0 and 1 is asked for.");
    }
}
