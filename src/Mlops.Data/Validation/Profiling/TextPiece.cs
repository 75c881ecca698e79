using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Describes a piece of a text column: rows are counted by code, and each level is looked at once.
/// </summary>
static class TextPiece
{
    public static ColumnSketch Of(
        Column column, TextValues text, ReadOnlySpan<int> codes, SketchLimits limits)
    {
        // Missing rows count at 0, a level at its code and one.
        var counts = new int[text.Levels.Count + 1];
        foreach (var code in codes)
            counts[code + 1]++;
        var present = codes.Length - counts[0];
        List<int> used = [.. Enumerable.Range(0, text.Levels.Count).Where(code => counts[code + 1] > 0)];
        var isExact = used.Count <= limits.MaxExact
            && used.Sum(code => (long)text.Level(code).Length) <= limits.MaxExactChars;
        var levels = isExact
            ? Sorted(text, counts, used, least: 0, longest: int.MaxValue)
            : Sorted(text, counts, used, present / (limits.MaxHeavy + 1), ColumnSketch.MaxHeavyChars);
        return new ColumnSketch(
            column.Name, column.Type, present, codes.Length - present,
            Min: null, Max: null, Moments: null, Numbers: null, levels,
            isExact
                ? null
                : new SketchOverflow(DistinctSketch.Of(text, used, limits), Quantiles: null),
            Lengths: Lengths(text, counts, used));
    }

    static TextLengths? Lengths(TextValues text, int[] counts, List<int> used)
    {
        var (shortest, longest, total) = (int.MaxValue, 0, 0L);
        foreach (var code in used)
        {
            var length = TextLengths.Of(text.Level(code).Span);
            (shortest, longest) = (Math.Min(shortest, length), Math.Max(longest, length));
            total += (long)length * counts[code + 1];
        }
        return used.Count == 0 ? null : new TextLengths(shortest, longest, total);
    }

    static CountedValues<string> Sorted(TextValues text, int[] counts, List<int> used, int least, int longest)
    {
        var kept = used
            .Where(code => counts[code + 1] > least && text.Level(code).Length <= longest).ToArray();
        var levels = Array.ConvertAll(kept, code => text.Levels[code]);
        Array.Sort(levels, kept, StringComparer.Ordinal);
        return new CountedValues<string>(levels, Array.ConvertAll(kept, code => (long)counts[code + 1]));
    }
}
