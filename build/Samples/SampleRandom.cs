using Mlops.Data.Statistics;

/// <summary>
/// Reproducible random numbers: SplitMix64 (Steele, Lea and Flood 2014), the same on every
/// platform and runtime.
/// </summary>
sealed class SampleRandom(ulong seed)
{
    long drawn;

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double Uniform() => (SplitMix.At(seed, drawn++) >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double from, double to) => from + (to - from) * Uniform();

    public bool Chance(double share) => Uniform() < share;

    /// <summary>Normal, by Box and Muller.</summary>
    public double Normal(double mean, double deviation) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Poisson, by Knuth's product; for large means its normal approximation.</summary>
    public int Poisson(double mean)
    {
        if (mean > 500)
            return Math.Max(0, (int)Math.Round(Normal(mean, Math.Sqrt(mean))));
        var count = 0;
        for (var product = Uniform(); product > Math.Exp(-mean); product *= Uniform())
            count++;
        return count;
    }

    /// <summary>One of the items, by weights that add up to 1.</summary>
    public T Pick<T>(params ReadOnlySpan<(T Item, double Weight)> items)
    {
        var left = Uniform();
        foreach (var (item, weight) in items)
            if ((left -= weight) < 0)
                return item;
        return items[^1].Item;
    }
}
