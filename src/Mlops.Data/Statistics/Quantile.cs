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
        return Between(sorted[below], sorted[above], position - below);
    }

    /// <summary>So far from one number to the other; also where they are more than a double apart.</summary>
    /// <param name="share">In [0, 1].</param>
    internal static double Between(double below, double above, double share) =>
        double.IsFinite(above - below)
            ? below + share * (above - below)
            : below * (1 - share) + above * share;
}
