using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>Features that say the same.</summary>
static class FeatureCorrelation
{
    /// <returns>Pairs with a strong Pearson correlation over the rows that have both, and exact copies,
    /// in words; strongest first.</returns>
    public static IReadOnlyList<string> Strong(Table table, IReadOnlyList<string> features, double from)
    {
        var found = new List<(double Strength, string Words)>();
        for (var i = 0; i < features.Count; i++)
            for (var j = i + 1; j < features.Count; j++)
            {
                var (left, right) = (table[features[i]], table[features[j]]);
                if (AreCopies(left, right))
                    found.Add((2, $"{features[i]} and {features[j]} are copies"));
                else if (left is not TextValues && right is not TextValues
                    && Pearson(left, right) is { } r && Math.Abs(r) >= from)
                    found.Add((Math.Abs(r),
                        $"{features[i]} and {features[j]} {CheckWords.Number(Math.Round(r, 4))}"));
            }
        return [.. found.OrderByDescending(pair => pair.Strength).Select(pair => pair.Words)];
    }

    static bool AreCopies(ColumnValues left, ColumnValues right)
    {
        if (left is TextValues != right is TextValues || left.Count == 0)
            return false;
        for (var row = 0; row < left.Count; row++)
            if (left is TextValues
                ? left.Text(row) != right.Text(row)
                : !left.Number(row).Equals(right.Number(row)))
                return false;
        return true;
    }

    /// <summary>
    /// Pearson's r in two passes over the rows with both finite; null below three of them or without spread.
    /// </summary>
    static double? Pearson(ColumnValues left, ColumnValues right)
    {
        int[] rows = [.. Enumerable.Range(0, left.Count)
            .Where(row => double.IsFinite(left.Number(row)) && double.IsFinite(right.Number(row)))];
        if (rows.Length < 3)
            return null;
        var (a, b) = (rows.Average(left.Number), rows.Average(right.Number));
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        foreach (var row in rows)
        {
            var (x, y) = (left.Number(row) - a, right.Number(row) - b);
            (aa, bb, ab) = (aa + x * x, bb + y * y, ab + x * y);
        }
        return aa == 0 || bb == 0 ? null : ab / Math.Sqrt(aa) / Math.Sqrt(bb);
    }
}
