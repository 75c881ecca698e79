namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// A histogram over the order-preserving image of a double, without its lowest bits. As few bits are dropped
/// as leave at most 4,096 buckets that hold anything, but never more than 44: a bucket then is 2^-8 of its
/// magnitude wide, so a value read from its middle is off by at most 0.2 %. How many are dropped follows from
/// the values alone and counts are whole, so merging in any grouping and the order of values change nothing.
/// </summary>
/// <param name="DroppedBits">0 to 44.</param>
/// <param name="Buckets">Ascending.</param>
public sealed record QuantileSketch(int DroppedBits, CountedValues<long> Buckets)
{
    public const int MostBuckets = 4096;
    public const int MostDropped = 44;

    public static QuantileSketch Of(IEnumerable<(double Value, long Count)> values, SketchLimits limits)
    {
        var (buckets, counts) = (new List<long>(), new List<long>());
        foreach (var (value, count) in values.OrderBy(pair => pair.Value))
        {
            if (buckets.Count > 0 && buckets[^1] == OrderedBits(value))
                counts[^1] += count;
            else
            {
                buckets.Add(OrderedBits(value));
                counts.Add(count);
            }
        }
        return new QuantileSketch(0, new CountedValues<long>(buckets.ToArray(), counts.ToArray()))
            .Bounded(limits);
    }

    public QuantileSketch Merge(QuantileSketch other, SketchLimits limits)
    {
        var dropped = Math.Max(DroppedBits, other.DroppedBits);
        var merged = Coarser(dropped).Buckets.Merge(other.Coarser(dropped).Buckets, Comparer<long>.Default);
        return new QuantileSketch(dropped, merged).Bounded(limits);
    }

    /// <summary>The middle of each bucket with its count, ascending, within [min, max].</summary>
    public IEnumerable<(double Value, long Count)> Values(double min, double max)
    {
        for (var i = 0; i < Buckets.Values.Count; i++)
        {
            var low = FromOrderedBits(Buckets.Values[i] << DroppedBits);
            var high = FromOrderedBits((Buckets.Values[i] + 1 << DroppedBits) - 1);
            yield return (Math.Clamp(low / 2 + high / 2, min, max), Buckets.Counts[i]);
        }
    }

    /// <summary>Positive doubles are ordered as their bits are; negative ones the other way round.</summary>
    public static long OrderedBits(double value) => Flip(BitConverter.DoubleToInt64Bits(value));

    public static double FromOrderedBits(long bits) => BitConverter.Int64BitsToDouble(Flip(bits));

    static long Flip(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    internal QuantileSketch Bounded(SketchLimits limits) => Coarser(DroppedBits
        + BitsToDrop([.. Buckets.Values], limits.MostDropped - DroppedBits, limits.MostBuckets));

    /// <summary>How many more bits must go until so few buckets are left.</summary>
    /// <param name="ascending">Distinct.</param>
    internal static int BitsToDrop(ReadOnlySpan<long> ascending, int most, int buckets)
    {
        if (ascending.Length <= buckets)
            return 0;
        // Neighbours stay apart as long as their highest different bit is not dropped.
        Span<int> apartUpTo = stackalloc int[64];
        for (var i = 1; i < ascending.Length; i++)
            apartUpTo[63 - (int)long.LeadingZeroCount(ascending[i] ^ ascending[i - 1])]++;
        var (left, dropped) = (ascending.Length, 0);
        while (left > buckets && dropped < most)
            left -= apartUpTo[dropped++];
        return dropped;
    }

    QuantileSketch Coarser(int dropped)
    {
        if (dropped == DroppedBits)
            return this;
        var shift = dropped - DroppedBits;
        var (buckets, counts) = (new long[Buckets.Values.Count], new long[Buckets.Values.Count]);
        var count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            var bucket = Buckets.Values[i] >> shift;
            if (count == 0 || buckets[count - 1] != bucket)
                buckets[count++] = bucket;
            counts[count - 1] += Buckets.Counts[i];
        }
        return new QuantileSketch(dropped, new CountedValues<long>(buckets[..count], counts[..count]));
    }
}
