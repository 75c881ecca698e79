namespace Mlops.Data.Validation.Profiling;

/// <summary>Distinct values, ascending, and how often each came.</summary>
public sealed record CountedValues<T>(IReadOnlyList<T> Values, IReadOnlyList<long> Counts)
{
    /// <summary>Both together: counts of equal values add up.</summary>
    public CountedValues<T> Merge(CountedValues<T> other, IComparer<T> order)
    {
        var (left, leftCounts) = Arrays();
        var (right, rightCounts) = other.Arrays();
        if (left.Length == 0 || right.Length == 0)
            return left.Length == 0 ? other : this;
        var values = new T[left.Length + right.Length];
        var counts = new long[values.Length];
        var count = 0;
        for (int i = 0, j = 0; i < left.Length || j < right.Length; count++)
        {
            var side = i == left.Length ? 1 : j == right.Length ? -1 : order.Compare(left[i], right[j]);
            values[count] = side <= 0 ? left[i] : right[j];
            counts[count] = (side <= 0 ? leftCounts[i++] : 0) + (side >= 0 ? rightCounts[j++] : 0);
        }
        return count == values.Length
            ? new CountedValues<T>(values, counts)
            : new CountedValues<T>(values[..count], counts[..count]);
    }

    /// <summary>
    /// The most frequent values: the count of the first that does not fit is taken from all, and what is left
    /// above zero stays. So no count is too high, none is too low by more than rows / (most + 1), and
    /// summaries stay mergeable (Agarwal et al. 2012, Mergeable Summaries, section 2).
    /// </summary>
    public CountedValues<T> Heaviest(int most)
    {
        if (Values.Count <= most)
            return this;
        var (values, counts) = Arrays();
        var ascending = (long[])counts.Clone();
        Array.Sort(ascending);
        var taken = ascending[^(most + 1)];
        var kept = Enumerable.Range(0, values.Length).Where(i => counts[i] > taken).ToArray();
        return new CountedValues<T>(
            Array.ConvertAll(kept, i => values[i]), Array.ConvertAll(kept, i => counts[i] - taken));
    }

    /// <summary>Those that are wanted.</summary>
    public CountedValues<T> Where(Func<T, bool> isWanted)
    {
        if (Values.All(isWanted))
            return this;
        var kept = Enumerable.Range(0, Values.Count).Where(i => isWanted(Values[i])).ToArray();
        return new CountedValues<T>(
            Array.ConvertAll(kept, i => Values[i]), Array.ConvertAll(kept, i => Counts[i]));
    }

    (T[] Values, long[] Counts) Arrays() => (Values as T[] ?? [.. Values], Counts as long[] ?? [.. Counts]);
}
