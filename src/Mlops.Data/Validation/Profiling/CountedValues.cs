namespace Mlops.Data.Validation.Profiling;

/// <summary>Distinct values, ascending, and how often each came.</summary>
public sealed record CountedValues<T>(IReadOnlyList<T> Values, IReadOnlyList<long> Counts)
{
    /// <summary>Both together: counts of equal values add up.</summary>
    public CountedValues<T> Merge(CountedValues<T> other, IComparer<T> order)
    {
        var values = new List<T>(Math.Max(Values.Count, other.Values.Count));
        var counts = new List<long>(values.Capacity);
        for (int i = 0, j = 0; i < Values.Count || j < other.Values.Count;)
        {
            var side = i == Values.Count ? 1
                : j == other.Values.Count ? -1
                : order.Compare(Values[i], other.Values[j]);
            values.Add(side <= 0 ? Values[i] : other.Values[j]);
            counts.Add((side <= 0 ? Counts[i++] : 0) + (side >= 0 ? other.Counts[j++] : 0));
        }
        return new CountedValues<T>(values, counts);
    }

    /// <summary>
    /// The most frequent values: the count of the first that does not fit is taken from all, and what is left
    /// above zero stays. So no count is too high, none is too low by more than rows / (most + 1), and summaries
    /// stay mergeable (Agarwal et al. 2012, Mergeable Summaries, section 2).
    /// </summary>
    public CountedValues<T> Heaviest(int most, IComparer<T> order)
    {
        if (Values.Count <= most)
            return this;
        var taken = Counts.OrderDescending().ElementAt(most);
        return CountedValues.Of(
            Values
                .Select((value, i) => KeyValuePair.Create(value, Counts[i] - taken))
                .Where(pair => pair.Value > 0),
            order);
    }
}

public static class CountedValues
{
    public static CountedValues<T> Of<T>(IEnumerable<KeyValuePair<T, long>> counts, IComparer<T> order)
    {
        var sorted = counts.OrderBy(pair => pair.Key, order).ToList();
        return new CountedValues<T>([.. sorted.Select(pair => pair.Key)], [.. sorted.Select(pair => pair.Value)]);
    }
}
