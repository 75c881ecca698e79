namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// What stands for the numbers of a piece of a column that has too many different ones to hold.
/// </summary>
static class NumberOverflow
{
    const int FilterBits = 16;

    /// <param name="keys">The values, keyed as in <see cref="ColumnSketch.Numbers"/>.</param>
    /// <param name="numbers">The same, as numbers.</param>
    public static (SketchOverflow Overflow, CountedValues<long> Heavy) Of(
        ReadOnlySpan<long> keys, ReadOnlySpan<double> numbers, ValueCounter counter, SketchLimits limits)
    {
        var registers = new byte[limits.Registers];
        var filter = new int[1 << FilterBits];
        foreach (var key in keys)
        {
            var bits = DistinctSketch.Mix(key);
            DistinctSketch.See(registers, bits);
            filter[(int)(bits & (1 << FilterBits) - 1)]++;
        }
        return (
            new SketchOverflow(new DistinctSketch(registers), Quantiles(numbers, counter, limits)),
            Heavy(keys, filter, counter, limits));
    }

    /// <summary>
    /// All values that come more often than in one of <see cref="SketchLimits.MaxHeavy"/> + 1 rows, counted
    /// exactly: only where many values mixed alike can one of them be frequent.
    /// </summary>
    static CountedValues<long> Heavy(
        ReadOnlySpan<long> keys, int[] filter, ValueCounter counter, SketchLimits limits)
    {
        var least = keys.Length / (limits.MaxHeavy + 1);
        counter.Clear();
        if (filter.AsSpan().ContainsAnyInRange(least + 1, int.MaxValue))
            foreach (var key in keys)
                if (filter[(int)(DistinctSketch.Mix(key) & (1 << FilterBits) - 1)] > least)
                    counter.Add(key);
        var (values, counts) = counter.Sorted();
        var kept = Enumerable.Range(0, values.Length).Where(i => counts[i] > least).ToArray();
        return new CountedValues<long>(
            Array.ConvertAll(kept, i => values[i]), Array.ConvertAll(kept, i => counts[i]));
    }

    static QuantileSketch Quantiles(
        ReadOnlySpan<double> numbers, ValueCounter counter, SketchLimits limits)
    {
        var dropped = DroppedBySample(numbers, limits);
        counter.Clear();
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number))
                continue;
            counter.Add(QuantileSketch.OrderedBits(number + 0.0) >> dropped);
            if (counter.Distinct <= limits.MostBuckets || dropped == limits.MostDropped)
                continue;
            counter.Coarsen(1);
            dropped++;
        }
        var (buckets, counts) = counter.Sorted();
        return new QuantileSketch(dropped, new CountedValues<long>(buckets, counts)).Bounded(limits);
    }

    /// <summary>At least so many bits will be dropped; beginning with them saves most coarsening.</summary>
    static int DroppedBySample(ReadOnlySpan<double> numbers, SketchLimits limits)
    {
        var step = Math.Max(1, numbers.Length / (2 * limits.MostBuckets));
        var sample = new List<long>(numbers.Length / step + 1);
        for (var i = 0; i < numbers.Length; i += step)
            if (double.IsFinite(numbers[i]))
                sample.Add(QuantileSketch.OrderedBits(numbers[i] + 0.0));
        var ascending = sample.ToArray();
        Array.Sort(ascending);
        var distinct = 0;
        for (var i = 0; i < ascending.Length; i++)
            if (i == 0 || ascending[i] != ascending[i - 1])
                ascending[distinct++] = ascending[i];
        return QuantileSketch.BitsToDrop(
            ascending.AsSpan(0, distinct), limits.MostDropped, limits.MostBuckets);
    }
}
