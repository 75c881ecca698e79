using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Features that say the same.</summary>
static class FeatureCorrelation
{
    /// <returns>Pairs with a strong Pearson correlation over the rows that have both, and exact copies,
    /// in words; strongest first. Null where no two features can be compared.</returns>
    public static IReadOnlyList<string>? Strong(Table table, IReadOnlyList<string> features, double from)
    {
        var found = new List<(double Strength, string Words)>();
        var compared = 0;
        for (var i = 0; i < features.Count; i++)
            for (var j = i + 1; j < features.Count; j++)
            {
                var (left, right) = (table[features[i]], table[features[j]]);
                if (left is TextValues == right is TextValues)
                    compared++;
                if (AreCopies(left, right))
                    found.Add((2, $"{features[i]} and {features[j]} are copies"));
                else if (left is not TextValues && right is not TextValues
                    && Pearson(left, right) is var (r, rows) && Math.Abs(r) >= from)
                    found.Add((Math.Abs(r),
                        $"{features[i]} and {features[j]} {CheckWords.Number(Math.Round(r, 4))}"
                        + (rows == table.RowCount ? "" : $" over {Counted.Of(rows)} rows")));
            }
        return compared == 0
            ? null
            : [.. found.OrderByDescending(pair => pair.Strength).Select(pair => pair.Words)];
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
    static (double Coefficient, int Rows)? Pearson(ColumnValues left, ColumnValues right)
    {
        int[] rows = [.. Enumerable.Range(0, left.Count)
            .Where(row => double.IsFinite(left.Number(row)) && double.IsFinite(right.Number(row)))];
        if (rows.Length < 3)
            return null;
        var (first, second) = (Centered(left, rows), Centered(right, rows));
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var (x, y) = (first[i], second[i]);
            (aa, bb, ab) = (aa + x * x, bb + y * y, ab + x * y);
        }
        return aa == 0 || bb == 0
            ? null
            : (Math.Clamp(ab / Math.Sqrt(aa) / Math.Sqrt(bb), -1, 1), rows.Length);
    }

    /// <summary>
    /// The rows' distances from their mean, in units of the largest number: a coefficient has no unit, and
    /// squares of what is at most 2 are not too large for a double.
    /// </summary>
    static double[] Centered(ColumnValues values, int[] rows)
    {
        var largest = rows.Max(row => Math.Abs(values.Number(row)));
        var numbers = Array.ConvertAll(rows, row => largest == 0 ? 0 : values.Number(row) / largest);
        var mean = numbers.Average();
        return Array.ConvertAll(numbers, number => number - mean);
    }
}
