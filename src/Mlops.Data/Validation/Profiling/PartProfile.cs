using System.Runtime.InteropServices;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>A part described, mergeable with the descriptions of other parts of its schema.</summary>
public sealed record PartProfile(long Rows, IReadOnlyList<ColumnSketch> Columns)
{
    public static PartProfile Of(Table table) =>
        new(table.RowCount, [.. table.Schema.Columns.Select((column, i) => Sketch(column, table[i]))]);

    /// <summary>In part order: the last bits of a mean depend on it.</summary>
    public PartProfile Merge(PartProfile other) =>
        new(Rows + other.Rows, [.. Columns.Select((column, i) => column.Merge(other.Columns[i]))]);

    static ColumnSketch Sketch(Column column, ColumnValues values)
    {
        var sketch = values switch
        {
            TextValues text => OfText(column, text),
            RealValues real => OfNumbers(column, values, Count(real.Values, double.IsNaN, Key)),
            WholeValues whole => OfNumbers(
                column, values, Count(whole.Values, value => value == WholeValues.Missing, value => value)),
            _ => throw new ArgumentException($"{values.GetType().Name} cannot be profiled.", nameof(values)),
        };
        return sketch.Bounded();

        // Adding zero makes -0 and 0 one value.
        static long Key(double value) => QuantileSketch.OrderedBits(value + 0.0);
    }

    static ColumnSketch OfNumbers(Column column, ColumnValues values, Dictionary<long, long> counts)
    {
        var finite = new List<double>(values.Count);
        for (var row = 0; row < values.Count; row++)
            if (values.Number(row) is var number && double.IsFinite(number))
                finite.Add(number + 0.0);
        var count = counts.Values.Sum();
        return new ColumnSketch(
            column.Name, column.Type, count, values.Count - count,
            finite.Count == 0 ? null : finite.Min(),
            finite.Count == 0 ? null : finite.Max(),
            Moments.Of(finite.ToArray()),
            CountedValues.Of(counts, Comparer<long>.Default),
            Levels: null,
            Overflow: null,
            column.Scale);
    }

    static ColumnSketch OfText(Column column, TextValues text)
    {
        var byCode = new long[text.Levels.Count];
        foreach (var code in text.Codes)
            if (code >= 0)
                byCode[code]++;
        var levels = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var code = 0; code < byCode.Length; code++)
            if (byCode[code] > 0)
                levels[text.Levels[code]] = levels.GetValueOrDefault(text.Levels[code]) + byCode[code];
        var count = byCode.Sum();
        return new ColumnSketch(
            column.Name, column.Type, count, text.Count - count, Min: null, Max: null, Moments: null, Numbers: null,
            CountedValues.Of(levels, StringComparer.Ordinal),
            Overflow: null);
    }

    static Dictionary<long, long> Count<T>(ReadOnlySpan<T> values, Func<T, bool> isMissing, Func<T, long> key)
    {
        var counts = new Dictionary<long, long>();
        foreach (var value in values)
        {
            if (isMissing(value))
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key(value), out _)++;
        }
        return counts;
    }
}
