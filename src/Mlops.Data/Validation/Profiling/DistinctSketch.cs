using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Mlops.Data.Statistics;

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
    const int MaxRank = 64 - IndexBits + 1;

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
    /// Ertl's improved raw estimator (2017, New cardinality estimation algorithms for HyperLogLog sketches,
    /// algorithm 6): unbiased from none to 2^64, where the first estimator errs by 2.5 % near 40,000.
    /// </summary>
    public long Estimate()
    {
        var ofRank = new double[MaxRank + 1];
        foreach (var rank in Registers)
            ofRank[rank]++;
        var sum = RegisterCount * Tau(1 - ofRank[MaxRank] / RegisterCount);
        for (var rank = MaxRank - 1; rank >= 1; rank--)
            sum = 0.5 * (sum + ofRank[rank]);
        sum += RegisterCount * Sigma(ofRank[0] / RegisterCount);
        return (long)Math.Round(RegisterCount / (2 * Math.Log(2)) * RegisterCount / sum);
    }

    /// <summary>Corrects for empty registers: x + Σ x^(2^k) 2^(k-1), infinite where all are empty.</summary>
    static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        var (sum, weight, before) = (x, 1.0, double.NaN);
        while (sum != before)
        {
            before = sum;
            x *= x;
            sum += x * weight;
            weight += weight;
        }
        return sum;
    }

    /// <summary>Corrects for full registers: (1 - x - Σ (1 - x^(2^-k))² 2^-k) / 3.</summary>
    static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        var (sum, weight, before) = (1 - x, 1.0, double.NaN);
        while (sum != before)
        {
            before = sum;
            x = Math.Sqrt(x);
            weight *= 0.5;
            sum -= (1 - x) * (1 - x) * weight;
        }
        return sum / 3;
    }

    /// <summary>Every bit of the input moves every bit of the output.</summary>
    public static ulong Mix(long value) => SplitMix.At((ulong)value, 0);

    public static ulong Mix(string value) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
