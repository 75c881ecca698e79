using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Leakage;

/// <summary>
/// One feature cut into few bins, learnt on training rows: a text by its values, a number by quantiles;
/// missing cells are a bin of their own.
/// </summary>
static class FeatureBins
{
    const int MostBins = 32;

    /// <returns>The bin of each row of the column.</returns>
    public static int[] Of(ColumnValues values, IReadOnlyList<int> training) =>
        values is TextValues text
            ? [.. text.Codes.ToArray().Select(code => code + 1)]
            : ByQuantiles(values, training);

    /// <summary>Whether the cell is there, and nothing else.</summary>
    public static int[] OfMissing(ColumnValues values) =>
        [.. Enumerable.Range(0, values.Count).Select(row => values.IsMissing(row) ? 0 : 1)];

    static int[] ByQuantiles(ColumnValues values, IReadOnlyList<int> training)
    {
        double[] sorted = [.. training.Where(row => !values.IsMissing(row)).Select(values.Number).Order()];
        double[] edges = sorted.Length == 0
            ? []
            : [.. Enumerable.Range(1, MostBins - 1)
                .Select(i => sorted[(int)((long)i * sorted.Length / MostBins)]).Distinct()];
        return [.. Enumerable.Range(0, values.Count).Select(row =>
        {
            if (values.IsMissing(row))
                return 0;
            var at = Array.BinarySearch(edges, values.Number(row));
            return 1 + (at >= 0 ? at + 1 : ~at);
        })];
    }
}
