namespace Mlops.Data.Statistics;

/// <summary>Sample quantiles.</summary>
public static class Quantile
{
    /// <summary>
    /// Type 7 of Hyndman and Fan (1996), the default of R and NumPy: position h = (n - 1) p, linear between
    /// the order statistics.
    /// </summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="p">In [0, 1].</param>
    public static double Type7(ReadOnlySpan<double> sorted, double p)
    {
        var position = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
