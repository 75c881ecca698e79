namespace Mlops.Data.Statistics;

/// <summary>
/// How many of some numbers lie at or below each of some values: all their distinct values, or so few of them
/// that they can be stored. Every count is exact either way.
/// </summary>
/// <param name="Values">Ascending; the least and the largest number are among them.</param>
/// <param name="AtMost">Numbers up to and including each value.</param>
/// <param name="Equal">Numbers equal to each value.</param>
public sealed record EmpiricalDistribution(
    IReadOnlyList<double> Values, IReadOnlyList<long> AtMost, IReadOnlyList<long> Equal)
{
    /// <param name="sorted">Ascending, finite, not empty.</param>
    /// <param name="most">Keeps about this many values, at even ranks; all of fewer distinct ones.</param>
    public static EmpiricalDistribution Of(ReadOnlySpan<double> sorted, int most = int.MaxValue)
    {
        List<double> values = [];
        List<long> atMost = [], equal = [];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = EqualRuns.End(sorted, from);
            values.Add(sorted[from]);
            atMost.Add(to);
            equal.Add(to - from);
        }
        var all = new EmpiricalDistribution(values, atMost, equal);
        return values.Count <= most ? all : all.Thinned(most);
    }

    /// <summary>
    /// The two-sample Kolmogorov–Smirnov statistic D = sup |F - G| against a sample, in [0, 1], with p from
    /// Kolmogorov's limit at √(nm / (n + m)) D: right for large samples, conservative with ties and small
    /// ones. Looked for at and just below every kept value, which finds it where all are kept; of k kept ones
    /// it is too small by less than 1 / (k - 1).
    /// </summary>
    /// <param name="current">Ascending, finite, not empty.</param>
    public TestResult KolmogorovSmirnov(ReadOnlySpan<double> current)
    {
        double n = AtMost[^1], m = current.Length;
        var (j, largest) = (0, 0.0);
        for (var i = 0; i < Values.Count; i++)
        {
            while (j < current.Length && current[j] < Values[i])
                j++;
            largest = Math.Max(largest, Math.Abs((AtMost[i] - Equal[i]) / n - j / m));
            while (j < current.Length && current[j] == Values[i])
                j++;
            largest = Math.Max(largest, Math.Abs(AtMost[i] / n - j / m));
        }
        return new TestResult(
            largest, SpecialFunctions.KolmogorovSurvival(Math.Sqrt(n * m / (n + m)) * largest));
    }

    /// <summary>
    /// The Wasserstein distance W₁ = ∫ |F - G| dx against a sample, in the unit of the values. What lies
    /// between kept values counts as the next one above.
    /// </summary>
    /// <param name="current">Ascending, finite, not empty.</param>
    public double Wasserstein(ReadOnlySpan<double> current)
    {
        double n = AtMost[^1], m = current.Length;
        var (i, j, area) = (0, 0, 0.0);
        var x = Math.Min(Values[0], current[0]);
        while (i < Values.Count || j < current.Length)
        {
            var next = Math.Min(
                i < Values.Count ? Values[i] : double.PositiveInfinity,
                j < current.Length ? current[j] : double.PositiveInfinity);
            area += Math.Abs((i == 0 ? 0 : AtMost[i - 1] / n) - j / m) * (next - x);
            x = next;
            while (i < Values.Count && Values[i] == x)
                i++;
            while (j < current.Length && current[j] == x)
                j++;
        }
        return area;
    }

    /// <summary>
    /// W₁ in population standard deviations of the reference. Where that has none, or numbers are too large
    /// for it: 0 if nothing moved, else null.
    /// </summary>
    public static double? NormalisedWasserstein(double w1, Moments reference) =>
        w1 == 0 ? 0
        : reference.PopulationStandardDeviation is > 0 and var spread && double.IsFinite(w1 / spread)
            ? w1 / spread : null;

    /// <summary>Without the values between some of even rank; the least and the largest stay.</summary>
    EmpiricalDistribution Thinned(int most)
    {
        var kept = new List<int>();
        for (var step = 0; step < most; step++)
        {
            var rank = (long)step * (AtMost[^1] - 1) / (most - 1);
            var from = kept.Count == 0 ? 0 : kept[^1];
            while (AtMost[from] <= rank)
                from++;
            if (kept.Count == 0 || from > kept[^1])
                kept.Add(from);
        }
        return new EmpiricalDistribution(
            [.. kept.Select(i => Values[i])],
            [.. kept.Select(i => AtMost[i])], [.. kept.Select(i => Equal[i])]);
    }
}
