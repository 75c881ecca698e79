using Mlops.Data.Tables;

namespace Mlops.Learning.Evaluation;

/// <summary>Some of the holdout's rows that have something in common.</summary>
public sealed record Slice(string Column, string Value, int[] Rows);

/// <summary>
/// Cuts rows by one column: text, booleans and codes (at most twelve distinct numbers in training) by value,
/// other numbers and dates by quartile of the training rows, so that a slice means the same
/// for every holdout.
/// </summary>
public static class Slicing
{
    const int MaxValues = 50;
    const int MaxCodes = 12;
    const string Other = "(other)";
    const string MissingValue = "(missing)";

    public static IReadOnlyList<Slice> Cut(string column, ColumnValues training, ColumnValues holdout)
    {
        var present = Enumerable.Range(0, holdout.Count).Where(row => !holdout.IsMissing(row)).ToArray();
        var missing = Enumerable.Range(0, holdout.Count).Where(holdout.IsMissing).ToArray();
        var slices = holdout.Type.IsText() || holdout.Type == ColumnType.Boolean || IsCode(training)
            ? ByValue(column, holdout, present)
            : ByQuartile(column, training, holdout, present);
        return missing.Length == 0 ? slices : [.. slices, new Slice(column, MissingValue, missing)];
    }

    static bool IsCode(ColumnValues training)
    {
        var distinct = new HashSet<double>();
        for (var row = 0; row < training.Count && distinct.Count <= MaxCodes; row++)
            if (!training.IsMissing(row))
                distinct.Add(training.Number(row));
        return distinct.Count is > 0 and <= MaxCodes;
    }

    static List<Slice> ByValue(string column, ColumnValues holdout, int[] rows)
    {
        var groups = rows.GroupBy(row => holdout.Text(row)!, StringComparer.Ordinal)
            .Select(group => new Slice(column, group.Key, [.. group]))
            .OrderByDescending(slice => slice.Rows.Length)
            .ThenBy(slice => slice.Value, StringComparer.Ordinal)
            .ToList();
        var kept = groups.Take(MaxValues).ToList();
        if (!holdout.Type.IsText() && holdout.Type != ColumnType.Boolean)
            kept.Sort((a, b) => holdout.Number(a.Rows[0]).CompareTo(holdout.Number(b.Rows[0])));
        int[] rest = [.. groups.Skip(MaxValues).SelectMany(slice => slice.Rows).Order()];
        if (rest.Length > 0)
            kept.Add(new Slice(column, Other, rest));
        return kept;
    }

    static List<Slice> ByQuartile(string column, ColumnValues training, ColumnValues holdout, int[] rows)
    {
        var edges = Quartiles(training);
        return [.. rows.GroupBy(row => edges.Count(edge => edge.Value < holdout.Number(row)))
            .OrderBy(group => group.Key)
            .Select(group => new Slice(column, Label(edges, group.Key), [.. group]))];
    }

    /// <summary>
    /// The values at 25, 50 and 75 % of the training rows: values that occur, so that they read well.
    /// </summary>
    static List<(double Value, string Text)> Quartiles(ColumnValues training)
    {
        var rows = Enumerable.Range(0, training.Count).Where(row => !training.IsMissing(row)).ToArray();
        Array.Sort(Array.ConvertAll(rows, training.Number), rows);
        if (rows.Length == 0)
            return [];
        return [.. Enumerable.Range(1, 3)
            .Select(quarter => rows[(int)((quarter * (long)rows.Length + 3) / 4) - 1])
            .Select(row => (Value: training.Number(row), Text: training.Text(row)!))
            .DistinctBy(edge => edge.Value)];
    }

    static string Label(List<(double Value, string Text)> edges, int bin) => (bin, edges.Count) switch
    {
        (_, 0) => "(any)",
        (0, _) => $"≤ {edges[0].Text}",
        var (last, count) when last == count => $"> {edges[^1].Text}",
        _ => $"({edges[bin - 1].Text}, {edges[bin].Text}]",
    };
}
