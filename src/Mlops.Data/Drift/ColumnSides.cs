using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>What one side of a comparison holds.</summary>
static class ColumnSides
{
    public static long Missing(ColumnValues values)
    {
        var missing = 0L;
        for (var row = 0; row < values.Count; row++)
            if (values.IsMissing(row))
                missing++;
        return missing;
    }

    /// <summary>Sorted once per column and side: all that is measured of numbers comes from here.</summary>
    public static double[] FiniteSorted(ColumnValues values)
    {
        var finite = new double[values.Count];
        var count = 0;
        for (var row = 0; row < values.Count; row++)
            if (values.Number(row) is var value && double.IsFinite(value))
                // Adding zero makes -0 and 0 one value with one name.
                finite[count++] = value + 0.0;
        Array.Resize(ref finite, count);
        Array.Sort(finite);
        return finite;
    }

    public static SortedDictionary<string, long> Levels(TextValues values)
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

/// <summary>How many rows one side has of a column.</summary>
/// <param name="Compared">Rows with a finite value, or with a text.</param>
readonly record struct SideCounts(long Rows, long Missing, long Compared)
{
    public double MissingShare => Rows == 0 ? 0 : (double)Missing / Rows;

    /// <summary>Neither missing nor comparable.</summary>
    public long Infinite => Rows - Missing - Compared;

    public double InfiniteShare => Rows == 0 ? 0 : (double)Infinite / Rows;

    public static SideCounts Of(ColumnReference reference) =>
        new(reference.Rows, reference.Missing, reference.Compared);
}
