using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>Measures a column of categories: capped levels, chi-square.</summary>
static class CategoryMeasurement
{
    public static ColumnMeasurement Of(Column column, ColumnValues reference, ColumnValues current)
    {
        var (levels, currentLevels) = (LevelCounts((TextValues)reference), LevelCounts((TextValues)current));
        var (before, after) = (Side(reference, levels), Side(current, currentLevels));
        if (before.Compared == 0 || after.Compared == 0)
            return new ColumnMeasurement(column, before, after);

        var bins = CategoryBins.Of(levels);
        var (counts, currentCounts) = OtherOnlyIfAny.Cut(bins.Count(levels), bins.Count(currentLevels));
        return new ColumnMeasurement(
            column, before, after,
            "category",
            [.. counts.Select((count, i) => new DriftBin(
                i < bins.Levels.Count ? bins.Levels[i] : OtherOnlyIfAny.Label, count, currentCounts[i]))],
            "chi-square",
            TwoSample.ChiSquare(counts, currentCounts),
            FewWords.Of([.. currentLevels.Keys.Where(level => !levels.ContainsKey(level))]),
            FewWords.Of([.. levels.Keys.Where(level => !currentLevels.ContainsKey(level))]));
    }

    static SideCounts Side(ColumnValues values, SortedDictionary<string, long> levels)
    {
        var compared = levels.Values.Sum();
        return new SideCounts(values.Count, values.Count - compared, compared);
    }

    static SortedDictionary<string, long> LevelCounts(TextValues values)
    {
        var byCode = new long[values.Levels.Count];
        foreach (var code in values.Codes)
            if (code >= 0)
                byCode[code]++;
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var code = 0; code < byCode.Length; code++)
            if (byCode[code] > 0)
                counts[values.Levels[code]] = counts.GetValueOrDefault(values.Levels[code]) + byCode[code];
        return counts;
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
        : [.. words.Take(Most), FormattableString.Invariant($"… and {words.Count - Most:N0} more")];
}
