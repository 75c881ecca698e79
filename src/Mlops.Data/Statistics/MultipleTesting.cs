namespace Mlops.Data.Statistics;

/// <summary>How p-values are adjusted for there being many.</summary>
public enum Correction
{
    /// <summary>Benjamini–Hochberg: the share of false ones among those found.</summary>
    BenjaminiHochberg,

    /// <summary>Benjamini–Yekutieli: the same under any dependence.</summary>
    BenjaminiYekutieli,

    /// <summary>Holm: the chance of any false one.</summary>
    Holm,

    /// <summary>Bonferroni: p times the number of tests.</summary>
    Bonferroni,

    /// <summary>Each p as it is.</summary>
    None,
}

/// <summary>Adjusted p-values for many tests at once, in the order given.</summary>
static class MultipleTesting
{
    /// <param name="p">Each in [0, 1].</param>
    public static double[] Adjust(ReadOnlySpan<double> p, Correction correction) => correction switch
    {
        Correction.BenjaminiHochberg => BenjaminiHochberg(p),
        Correction.BenjaminiYekutieli => BenjaminiYekutieli(p),
        Correction.Holm => Holm(p),
        Correction.Bonferroni => Bonferroni(p),
        _ => p.ToArray(),
    };

    /// <summary>
    /// Benjamini and Hochberg (1995): the smallest false discovery rate at which each test would count.
    /// </summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p) => StepUp(p, 1);

    /// <summary>Benjamini and Yekutieli (2001): the same times Σ 1/k, valid under any dependence.</summary>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> p) =>
        StepUp(p, Enumerable.Range(1, p.Length).Sum(k => 1.0 / k));

    /// <summary>
    /// Holm (1979), which controls the chance of one false rejection and is never worse than Bonferroni.
    /// </summary>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        var (sorted, order) = Sort(p);
        var adjusted = new double[p.Length];
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }

    /// <summary>Bonferroni (1936): p times the number of tests, at most 1.</summary>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        var tests = p.Length;
        return Array.ConvertAll(p.ToArray(), value => Math.Min(1, value * tests));
    }

    /// <summary>From the largest p down, so that no adjusted p exceeds that of a larger one.</summary>
    static double[] StepUp(ReadOnlySpan<double> p, double factor)
    {
        var (sorted, order) = Sort(p);
        var adjusted = new double[p.Length];
        var smallest = 1.0;
        for (var rank = p.Length; rank >= 1; rank--)
        {
            smallest = Math.Min(smallest, sorted[rank - 1] * p.Length * factor / rank);
            adjusted[order[rank - 1]] = smallest;
        }
        return adjusted;
    }

    static (double[] Sorted, int[] Order) Sort(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = Enumerable.Range(0, p.Length).ToArray();
        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
