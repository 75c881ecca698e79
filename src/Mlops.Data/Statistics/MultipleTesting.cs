namespace Mlops.Data.Statistics;

/// <summary>Adjusted p-values for many tests at once.</summary>
public static class MultipleTesting
{
    /// <summary>
    /// Benjamini and Hochberg (1995): the smallest false discovery rate at which each test would count, in the
    /// order of <paramref name="p"/>.
    /// </summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = Enumerable.Range(0, p.Length).ToArray();
        Array.Sort(sorted, order);
        var adjusted = new double[p.Length];
        var smallest = 1.0;
        for (var rank = p.Length; rank >= 1; rank--)
        {
            smallest = Math.Min(smallest, sorted[rank - 1] * p.Length / rank);
            adjusted[order[rank - 1]] = smallest;
        }
        return adjusted;
    }
}
