using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>Measures a column of categories: capped levels, chi-square.</summary>
static class CategoryMeasurement
{
    public static ColumnMeasurement Of(ColumnReference reference, TextValues current)
    {
        var (levels, currentLevels) = (reference.Levels!.ByName(), ColumnSides.Levels(current));
        var compared = currentLevels.Values.Sum();
        var (before, after) =
            (SideCounts.Of(reference), new SideCounts(current.Count, current.Count - compared, compared));
        if (before.Compared == 0 || after.Compared == 0)
            return new ColumnMeasurement(reference.Column, reference.Type, before, after);

        var bins = CategoryBins.Of(levels);
        var counted = bins.Count(levels);
        counted[^1] += reference.Levels.OtherRows;
        var (counts, currentCounts) = OtherOnlyIfAny.Cut(counted, bins.Count(currentLevels));
        return new ColumnMeasurement(
            reference.Column, reference.Type, before, after,
            "category",
            [.. counts.Select((count, i) => new DriftBin(
                i < bins.Levels.Count ? bins.Levels[i] : OtherOnlyIfAny.Label, count, currentCounts[i]))],
            "chi-square",
            new ContingencyTable(counts, currentCounts).ChiSquare,
            NewLevels(reference.Levels, levels, currentLevels),
            FewWords.Of([.. reference.Levels.Names.Where(level => !currentLevels.ContainsKey(level))]))
        {
            Shared = SharedBin.Of(reference.Levels, bins.Levels, currentLevels),
        };
    }

    /// <summary>
    /// Where the reference has more levels than were stored, a level it lacks cannot be told by name.
    /// </summary>
    static IReadOnlyList<string> NewLevels(
        LevelReference reference, Dictionary<string, long> levels, SortedDictionary<string, long> current)
    {
        var unknown = current.Where(level => !levels.ContainsKey(level.Key)).ToList();
        if (unknown.Count == 0 || reference.OtherLevels == 0)
            return FewWords.Of([.. unknown.Select(level => level.Key)]);
        var rows = unknown.Sum(level => level.Value);
        return [$"{Counted.Of(rows, "row", "rows")} of levels outside the "
            + $"{Counted.Of(levels.Count)} most frequent ones"];
    }
}

/// <summary>The last bin holds all else, and is left out where nothing else came.</summary>
static class OtherOnlyIfAny
{
    public const string Label = "(other)";

    public static (long[] Reference, long[] Current) Cut(long[] reference, long[] current) =>
        reference[^1] > 0 || current[^1] > 0 ? (reference, current) : (reference[..^1], current[..^1]);
}

/// <summary>At most ten of many words, and how many more there are.</summary>
static class FewWords
{
    const int Most = 10;

    public static IReadOnlyList<string> Of(IReadOnlyList<string> words) => words.Count <= Most
        ? words
        : [.. words.Take(Most), $"… and {Counted.Of(words.Count - Most)} more"];
}
