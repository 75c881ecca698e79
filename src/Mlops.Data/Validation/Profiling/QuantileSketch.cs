namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// A histogram over the top 20 bits of the order-preserving image of a double: a bucket is 2^-8 of its
/// magnitude wide, so a value read from its middle is off by at most 0.2 %. Counts are whole, so merging and
/// the order of values change nothing.
/// </summary>
/// <param name="Buckets">Ascending.</param>
public sealed record QuantileSketch(CountedValues<int> Buckets)
{
    const int DroppedBits = 44;

    public static QuantileSketch Of(IEnumerable<(double Value, long Count)> values)
    {
        var buckets = new Dictionary<int, long>();
        foreach (var (value, count) in values)
        {
            var bucket = (int)(OrderedBits(value) >> DroppedBits);
            buckets[bucket] = buckets.GetValueOrDefault(bucket) + count;
        }
        return new QuantileSketch(CountedValues.Of(buckets, Comparer<int>.Default));
    }

    public QuantileSketch Merge(QuantileSketch other) =>
        new(Buckets.Merge(other.Buckets, Comparer<int>.Default));

    /// <summary>The middle of each bucket with its count, ascending, within [min, max].</summary>
    public IEnumerable<(double Value, long Count)> Values(double min, double max)
    {
        for (var i = 0; i < Buckets.Values.Count; i++)
        {
            var low = FromOrderedBits((long)Buckets.Values[i] << DroppedBits);
            var high = FromOrderedBits(((long)Buckets.Values[i] + 1 << DroppedBits) - 1);
            yield return (Math.Clamp(low / 2 + high / 2, min, max), Buckets.Counts[i]);
        }
    }

    /// <summary>Positive doubles are ordered as their bits are; negative ones the other way round.</summary>
    public static long OrderedBits(double value) => Flip(BitConverter.DoubleToInt64Bits(value));

    public static double FromOrderedBits(long bits) => BitConverter.Int64BitsToDouble(Flip(bits));

    static long Flip(long bits) => bits ^ ((bits >> 63) & long.MaxValue);
}
