using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Estimates how many distinct values there are: HyperLogLog (Flajolet et al. 2007) with 2^14 registers,
/// relative standard error 0.8 %. Merging and the order of values change nothing.
/// </summary>
/// <param name="Registers">One byte each.</param>
public sealed record DistinctSketch(byte[] Registers)
{
    const int IndexBits = 14;
    const int RegisterCount = 1 << IndexBits;

    public static DistinctSketch Of<T>(IEnumerable<T> distinct, Func<T, ulong> mix)
    {
        var registers = new byte[RegisterCount];
        foreach (var value in distinct)
        {
            var bits = mix(value);
            var index = (int)(bits >> (64 - IndexBits));
            var rank = (byte)(BitOperations.LeadingZeroCount((bits << IndexBits) | (1UL << (IndexBits - 1))) + 1);
            registers[index] = Math.Max(registers[index], rank);
        }
        return new DistinctSketch(registers);
    }

    public DistinctSketch Merge(DistinctSketch other) =>
        new([.. Registers.Select((rank, i) => Math.Max(rank, other.Registers[i]))]);

    /// <summary>
    /// The raw estimate; below 2.5 × registers, linear counting over the empty ones. Sketches here hold over
    /// 10,000 values, so that both are well inside their range.
    /// </summary>
    public long Estimate()
    {
        const double alpha = 0.7213 / (1 + 1.079 / RegisterCount);
        var raw = alpha * RegisterCount * RegisterCount / Registers.Sum(rank => Math.ScaleB(1, -rank));
        var empty = Registers.Count(rank => rank == 0);
        return raw <= 2.5 * RegisterCount && empty > 0
            ? (long)Math.Round(RegisterCount * Math.Log((double)RegisterCount / empty))
            : (long)Math.Round(raw);
    }

    /// <summary>The finaliser of SplitMix64 (Steele et al. 2014): every bit of the input moves every bit.</summary>
    public static ulong Mix(long value)
    {
        var z = (ulong)value + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public static ulong Mix(string value) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
