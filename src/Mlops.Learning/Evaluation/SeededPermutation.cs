using Mlops.Data.Statistics;

namespace Mlops.Learning.Evaluation;

/// <summary>
/// Shuffles by SplitMix64 (Steele, Lea and Flood, 2014) and not by <see cref="Random"/>, whose sequence is no
/// promise: the same seed and name give the same order on every runtime.
/// </summary>
static class SeededPermutation
{
    /// <summary>0 … count - 1 in an order that depends on the count, the seed and the name alone.</summary>
    public static int[] Of(int count, int seed, string name)
    {
        var random = SplitMix.Of(seed, name);
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            // The multiply-high of 64 random bits: its bias is below count / 2^64.
            var j = (int)Math.BigMul(SplitMix.At(random, i), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
