using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Data.Statistics;

/// <summary>
/// Random numbers that depend on a seed and on nothing else: no library, version or machine. The n-th needs
/// no state, so a row keeps its number when others are added, and most keep their role when a dataset grows.
/// </summary>
public static class SplitMix
{
    const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>
    /// The n-th output (from 0) of SplitMix64 started at the seed; Steele, Lea and Flood, "Fast splittable
    /// pseudorandom number generators", OOPSLA 2014.
    /// </summary>
    public static ulong At(ulong seed, long n)
    {
        unchecked
        {
            var z = seed + Gamma * ((ulong)n + 1);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>The first eight bytes of the SHA-256 of the seed and a text.</summary>
    public static ulong Of(int seed, string text) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}\n{text}"))));
}
