using System.Numerics;
using System.Runtime.InteropServices;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Estimates how many distinct values there are: HyperLogLog (Flajolet et al. 2007) with 2^14 registers,
/// relative standard error 0.8 %. Merging and the order of values change nothing.
/// </summary>
/// <param name="Registers">One byte each.</param>
public sealed record DistinctSketch(byte[] Registers)
{
    /// <summary>Of a profile of few columns; half as many make it 1.4 times as wrong.</summary>
    public const int RegisterCount = 1 << 14;

    public static DistinctSketch Of(IEnumerable<long> distinct, SketchLimits limits)
    {
        var registers = new byte[limits.Registers];
        foreach (var value in distinct)
            See(registers, Mix(value));
        return new DistinctSketch(registers);
    }

    public static DistinctSketch Of(IEnumerable<string> distinct, SketchLimits limits)
    {
        var registers = new byte[limits.Registers];
        foreach (var value in distinct)
            See(registers, Mix(value));
        return new DistinctSketch(registers);
    }

    /// <param name="codes">Of different levels.</param>
    internal static DistinctSketch Of(TextValues text, IEnumerable<int> codes, SketchLimits limits)
    {
        var registers = new byte[limits.Registers];
        foreach (var code in codes)
            See(registers, Mix(text.Level(code).Span));
        return new DistinctSketch(registers);
    }

    public DistinctSketch Merge(DistinctSketch other)
    {
        var merged = new byte[Registers.Length];
        for (var i = 0; i < merged.Length; i++)
            merged[i] = Math.Max(Registers[i], other.Registers[i]);
        return new DistinctSketch(merged);
    }

    /// <param name="bits">A value mixed.</param>
    internal static void See(byte[] registers, ulong bits)
    {
        var indexBits = BitOperations.TrailingZeroCount(registers.Length);
        var rank = (byte)(BitOperations.LeadingZeroCount((bits << indexBits) | (1UL << (indexBits - 1))) + 1);
        ref var register = ref registers[(int)(bits >> (64 - indexBits))];
        if (rank > register)
            register = rank;
    }

    /// <summary>
    /// Ertl's improved raw estimator (2017, New cardinality estimation algorithms for HyperLogLog sketches,
    /// algorithm 6): unbiased from none to 2^64, where the first estimator errs by 2.5 % near 40,000.
    /// </summary>
    public long Estimate()
    {
        var count = Registers.Length;
        var maxRank = 64 - BitOperations.TrailingZeroCount(count) + 1;
        var ofRank = new double[maxRank + 1];
        foreach (var rank in Registers)
            ofRank[rank]++;
        var sum = count * Tau(1 - ofRank[maxRank] / count);
        for (var rank = maxRank - 1; rank >= 1; rank--)
            sum = 0.5 * (sum + ofRank[rank]);
        sum += count * Sigma(ofRank[0] / count);
        return (long)Math.Round(count / (2 * Math.Log(2)) * count / sum);
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

    /// <summary>Four characters at a time, each four mixed into what came before.</summary>
    public static ulong Mix(ReadOnlySpan<char> value)
    {
        const ulong multiplier = 0xD6E8FEB86659FD93;
        var bits = (ulong)value.Length * multiplier;
        var rest = value;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            bits = (bits ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(rest))) * multiplier;
            bits ^= bits >> 32;
        }
        var last = 0UL;
        foreach (var c in rest)
            last = last << 16 | c;
        return SplitMix.At(bits ^ last * 0x9E3779B97F4A7C15, 0);
    }
}
