using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>Describes a piece of a text column: rows are counted by code, and each level is looked at
/// once.</summary>
static class TextPiece
{
    public static ColumnSketch Of(Column column, TextValues text, ReadOnlySpan<int> codes)
    {
        // Missing rows count at 0, a level at its code and one.
        var counts = new int[text.Levels.Count + 1];
        foreach (var code in codes)
            counts[code + 1]++;
        var missing = counts[0];
        var used = new List<int>();
        var (shortest, longest, total, chars) = (int.MaxValue, 0, 0L, 0L);
        for (var code = 0; code < text.Levels.Count; code++)
        {
            if (counts[code + 1] == 0)
                continue;
            used.Add(code);
            var length = TextLengths.Of(text.Levels[code]);
            (shortest, longest) = (Math.Min(shortest, length), Math.Max(longest, length));
            total += (long)length * counts[code + 1];
            chars += text.Levels[code].Length;
        }
        var overflow = used.Count <= ColumnSketch.MaxExact && chars <= ColumnSketch.MaxExactChars
            ? null
            : new SketchOverflow(DistinctSketch.Of(used.Select(code => text.Levels[code])), Quantiles: null);
        var least = overflow is null ? 0 : (codes.Length - missing) / (ColumnSketch.MaxHeavy + 1);
        return new ColumnSketch(
            column.Name, column.Type, codes.Length - missing, missing, Min: null, Max: null,
                Moments: null, Numbers: null,
            Sorted(
                text, counts, used, least, overflow is null ? int.MaxValue : ColumnSketch.MaxHeavyChars),
            overflow,
                Lengths: used.Count == 0 ? null : new TextLengths(shortest, longest, total));
    }

    static CountedValues<string> Sorted(TextValues text, int[] counts, List<int> used, int least, int longest)
    {
        var kept = used
            .Where(code => counts[code + 1] > least && text.Levels[code].Length <= longest).ToArray();
        var levels = Array.ConvertAll(kept, code => text.Levels[code]);
        Array.Sort(levels, kept, StringComparer.Ordinal);
        return new CountedValues<string>(levels, Array.ConvertAll(kept, code => (long)counts[code + 1]));
    }
}
