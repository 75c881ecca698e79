namespace Mlops.Data.Statistics;

/// <summary>
/// Bins for categories, made from the reference alone: its 50 most frequent levels (ties by name) that have
/// at least five rows, by name, and one last bin for all else. Rare levels would each cry drift by chance.
/// </summary>
sealed class CategoryBins
{
    const int MaxLevels = 50;
    const int MinRows = 5;

    CategoryBins(string[] levels) => Levels = levels;

    /// <summary>The levels that have a bin each, in ordinal order.</summary>
    public IReadOnlyList<string> Levels { get; }

    public static CategoryBins Of(IReadOnlyDictionary<string, long> reference) => new([.. reference
        .OrderByDescending(level => level.Value)
        .ThenBy(level => level.Key, StringComparer.Ordinal)
        .Take(MaxLevels)
        .Where(level => level.Value >= MinRows)
        .Select(level => level.Key)
        .Order(StringComparer.Ordinal)]);

    /// <summary>Counts per bin; the last is of all other levels.</summary>
    public long[] Count(IReadOnlyDictionary<string, long> counts)
    {
        var binned = new long[Levels.Count + 1];
        for (var i = 0; i < Levels.Count; i++)
            binned[i] = counts.GetValueOrDefault(Levels[i]);
        binned[^1] = counts.Values.Sum() - binned.Sum();
        return binned;
    }
}
