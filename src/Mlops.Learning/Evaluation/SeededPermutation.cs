using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

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
        var state = State(seed, name);
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            // The multiply-high of 64 random bits: its bias is below count / 2^64.
            var j = (int)Math.BigMul(Next(ref state), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    static ulong State(int seed, string name)
    {
        var text = Encoding.UTF8.GetBytes($"{seed}\n{name}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(text));
    }

    static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
