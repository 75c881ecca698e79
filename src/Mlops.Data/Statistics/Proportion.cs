namespace Mlops.Data.Statistics;

/// <summary>Statistics of x successes in n trials.</summary>
public static class Proportion
{
    /// <summary>The normal quantile at 0.975, for intervals of 95 %.</summary>
    public const double Normal95 = 1.959963984540054;

    /// <summary>
    /// Pooled two-proportion z test (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions),
    /// two-sided; the statistic is z of current minus reference. A pooled share of 0 or 1 gives z 0 and p 1.
    /// Both n are above zero.
    /// </summary>
    public static TestResult Compare(long referenceX, long referenceN, long currentX, long currentN)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(referenceN);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(currentN);
        var pooled = (double)(referenceX + currentX) / (referenceN + currentN);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / referenceN + 1.0 / currentN));
        if (error == 0)
            return new TestResult(0, 1);
        var z = ((double)currentX / currentN - (double)referenceX / referenceN) / error;
        return new TestResult(z, SpecialFunctions.NormalTwoSided(z));
    }

    /// <summary>Wilson's score interval (1927), within [0, 1].</summary>
    /// <param name="z">The two-sided normal quantile of the confidence.</param>
    public static (double Low, double High) Wilson(long x, long n, double z = Normal95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var p = (double)x / n;
        var scale = 1 + z * z / n;
        var centre = (p + z * z / (2 * n)) / scale;
        var half = z / scale * Math.Sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
