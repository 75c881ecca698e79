namespace Mlops.Data.Statistics;

/// <summary>Count, mean and spread of some numbers, which merge without the numbers.</summary>
/// <param name="SquaredDeviations">Σ (x - mean)².</param>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations)
{
    /// <summary>
    /// Of the sample, n - 1; null below two values, and where squares exceed the largest double.
    /// </summary>
    public double? StandardDeviation => Count < 2 ? null : Root(Count - 1);

    /// <summary>Of the population, n; null without values, and for squares that are too large.</summary>
    public double? PopulationStandardDeviation => Count == 0 ? null : Root(Count);

    /// <summary>In two passes, so that a large mean costs no digits of the spread.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return default;
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        if (!double.IsFinite(sum))
            return new Moments(values.Length, MeanOfLarge(values), double.PositiveInfinity);
        var mean = sum / values.Length;
        var deviations = 0.0;
        var squares = 0.0;
        foreach (var value in values)
        {
            deviations += value - mean;
            squares += (value - mean) * (value - mean);
        }
        if (!double.IsFinite(squares))
            return new Moments(values.Length, mean, double.PositiveInfinity);
        // The correction removes what rounding left in the mean (Chan, Golub, LeVeque 1983, eq. 1.7).
        return new Moments(
            values.Length, mean + deviations / values.Length,
            squares - deviations * deviations / values.Length);
    }

    /// <summary>Of finite numbers whose sum exceeds the largest double: their mean never does.</summary>
    static double MeanOfLarge(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value / values.Length;
        return sum;
    }

    double? Root(long divisor) =>
        Math.Sqrt(SquaredDeviations / divisor) is var root && double.IsFinite(root) ? root : null;

    /// <summary>Both together (Chan, Golub, LeVeque 1983, eq. 2.1).</summary>
    public Moments Merge(Moments other)
    {
        if (Count == 0)
            return other;
        if (other.Count == 0)
            return this;
        var count = Count + other.Count;
        var difference = other.Mean - Mean;
        return new Moments(
            count,
            Mean + difference * other.Count / count,
            SquaredDeviations + other.SquaredDeviations
            + difference * difference * Count / count * other.Count);
    }
}
