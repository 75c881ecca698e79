namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Counts whole numbers: open addressing, one multiplication and mostly one look per value.
/// </summary>
sealed class ValueCounter
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    long[] keys;
    int[] counts;
    int shift;

    public ValueCounter(int capacityBits = 14)
    {
        keys = new long[1 << capacityBits];
        counts = new int[1 << capacityBits];
        shift = 64 - capacityBits;
    }

    /// <summary>Different values so far.</summary>
    public int Distinct { get; private set; }

    public void Add(long key, int times = 1)
    {
        var at = (int)((ulong)key * Golden >> shift);
        while (counts[at] != 0)
        {
            if (keys[at] == key)
            {
                counts[at] += times;
                return;
            }
            at = at + 1 & keys.Length - 1;
        }
        keys[at] = key;
        counts[at] = times;
        if (++Distinct > keys.Length / 8 * 6)
            Resize(key => key, 1);
    }

    /// <returns>False, with the rest not counted, as soon as there are more different ones than
    /// that.</returns>
    public bool TryAdd(ReadOnlySpan<long> values, int most)
    {
        foreach (var value in values)
        {
            Add(value);
            if (Distinct > most)
                return false;
        }
        return true;
    }

    public void Clear()
    {
        Array.Clear(counts);
        Distinct = 0;
    }

    /// <summary>Each value without its lowest bits; what becomes equal is counted together.</summary>
    public void Coarsen(int bits) => Resize(key => key >> bits, 0);

    public (long[] Values, long[] Counts) Sorted()
    {
        var (values, sums) = (new long[Distinct], new long[Distinct]);
        var next = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            values[next] = keys[i];
            sums[next++] = counts[i];
        }
        Array.Sort(values, sums);
        return (values, sums);
    }

    void Resize(Func<long, long> map, int moreBits)
    {
        var (oldKeys, oldCounts) = (keys, counts);
        keys = new long[oldKeys.Length << moreBits];
        counts = new int[keys.Length];
        shift -= moreBits;
        Distinct = 0;
        for (var i = 0; i < oldCounts.Length; i++)
            if (oldCounts[i] != 0)
                Add(map(oldKeys[i]), oldCounts[i]);
    }
}
