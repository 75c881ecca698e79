namespace Mlops.Data.Statistics;

/// <summary>
/// The regularised incomplete beta function and Student's distribution, which is made of it.
/// </summary>
static class IncompleteBeta
{
    const double Tiny = 1e-300;
    const double Epsilon = 1e-16;
    const int MaxIterations = 20_000;

    /// <summary>I_x(a, b) for a, b above 0 and x in [0, 1] (Numerical Recipes, 6.4).</summary>
    public static double Regularised(double a, double b, double x) => Regularised(a, b, x, 1 - x);

    /// <summary>P(|T| ≥ |t|) for Student's T; the degrees of freedom need not be whole.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        var square = t * t;
        var total = degreesOfFreedom + square;
        return double.IsInfinity(square)
            ? 0
            : Regularised(degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, square / total);
    }

    /// <summary>Takes 1 - x too, because near 1 the difference has lost its digits.</summary>
    static double Regularised(double a, double b, double x, double rest)
    {
        if (x <= 0)
            return 0;
        if (rest <= 0)
            return 1;
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(rest) - LogBeta(a, b));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - front * Fraction(b, a, rest) / b;
    }

    /// <summary>Lentz's evaluation of the continued fraction.</summary>
    static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        var value = d;
        for (var m = 1; m < MaxIterations; m++)
        {
            Step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
            if (Math.Abs(Step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))) - 1) < Epsilon)
                break;
        }
        return value;

        double Step(double numerator)
        {
            d = 1 / NotZero(1 + numerator * d);
            c = NotZero(1 + numerator / c);
            value *= d * c;
            return d * c;
        }
    }

    /// <summary>
    /// ln B(a, b). For b = ½ and a large a by the series of ln Γ(a + ½) - ln Γ(a), where two large logarithms
    /// would cancel.
    /// </summary>
    static double LogBeta(double a, double b)
    {
        if (b < a)
            (a, b) = (b, a);
        return a == 0.5 && b > 20
            ? Math.Log(Math.PI) / 2 - (Math.Log(b) / 2 + Series(1 / b))
            : SpecialFunctions.LogGamma(a) + SpecialFunctions.LogGamma(b)
                - SpecialFunctions.LogGamma(a + b);

        static double Series(double r) =>
            r * (-1.0 / 8 + r * r * (1.0 / 192 + r * r * (-1.0 / 640 + r * r * 17.0 / 14336)));
    }

    static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
