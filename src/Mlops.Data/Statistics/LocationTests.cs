namespace Mlops.Data.Statistics;

/// <summary>How far apart two means lie.</summary>
/// <param name="Difference">Mean of current - mean of reference.</param>
/// <param name="DegreesOfFreedom">By Welch and Satterthwaite; seldom whole.</param>
/// <param name="P">Two-sided.</param>
/// <param name="Low">Lower end of the 95 % interval of the difference.</param>
readonly record struct MeanDifference(
    double Difference, double T, double DegreesOfFreedom, double P, double Low, double High);

/// <summary>Whether current values lie higher or lower than reference values.</summary>
static class LocationTests
{
    /// <summary>
    /// Welch's t test (1947); null where a side has fewer than two values or neither varies.
    /// </summary>
    public static MeanDifference? Welch(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (before, after) = (Moments.Of(reference), Moments.Of(current));
        if (before.Count < 2 || after.Count < 2 || before.SquaredDeviations + after.SquaredDeviations == 0)
            return null;
        double variance = Share(before), other = Share(after), both = variance + other;
        var freedom = both * both
            / (variance * variance / (before.Count - 1) + other * other / (after.Count - 1));
        var difference = after.Mean - before.Mean;
        var t = difference / Math.Sqrt(both);
        var half = DistributionQuantile.Student(0.975, freedom) * Math.Sqrt(both);
        return new MeanDifference(
            difference, t, freedom, IncompleteBeta.StudentTwoSided(t, freedom),
            difference - half, difference + half);

        static double Share(Moments moments) =>
            moments.SquaredDeviations / (moments.Count - 1) / moments.Count;
    }

    /// <summary>
    /// Mann and Whitney's U (1947) of current, with a two-sided p by the normal approximation, corrected for
    /// ties and continuity.
    /// </summary>
    public static TestResult MannWhitney(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double n = reference.Length, m = current.Length, total = n + m;
        double[] pooled = [.. current, .. reference];
        var u = Ranks.Of(pooled).Take(current.Length).Sum() - m * (m + 1) / 2;
        var spread = Math.Sqrt(n * m / 12 * (total + 1 - Ranks.TieSum(pooled) / (total * (total - 1))));
        var z = (Math.Max(u, n * m - u) - n * m / 2 - 0.5) / spread;
        return new TestResult(u, spread == 0 || z < 0 ? 1 : SpecialFunctions.NormalTwoSided(z));
    }
}
