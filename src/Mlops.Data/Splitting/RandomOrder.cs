namespace Mlops.Data.Splitting;

/// <summary>A number for each row that looks random, is the same everywhere, and needs no state.</summary>
static class RandomOrder
{
    /// <summary>
    /// SplitMix64's output function over seed and row (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
    /// number generators").
    /// </summary>
    public static ulong Of(int seed, ulong row)
    {
        var value = unchecked((ulong)seed * 0xD1342543DE82EF95 + (row + 1) * 0x9E3779B97F4A7C15);
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
