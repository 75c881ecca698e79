using System.Globalization;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>
/// Measures a column of numbers: reference quantile bins and Kolmogorov–Smirnov, or bins by value and
/// chi-square where the reference has few values.
/// </summary>
static class NumberMeasurement
{
    public static ColumnMeasurement Of(Column column, ColumnValues reference, ColumnValues current)
    {
        var (before, after) = (FiniteSorted(reference), FiniteSorted(current));
        var (side, currentSide) = (Side(reference, before), Side(current, after));
        if (before.Length == 0 || after.Length == 0)
            return new ColumnMeasurement(column, side, currentSide);

        var bins = NumericBins.Of(before);
        var (counts, currentCounts) = (bins.Count(before), bins.Count(after));
        if (bins.IsDiscrete)
            (counts, currentCounts) = OtherOnlyIfAny.Cut(counts, currentCounts);
        var values = new ValueText(column.Type);
        return new ColumnMeasurement(
            column, side, currentSide,
            bins.IsDiscrete ? "discrete" : "quantile",
            [.. counts.Select((count, i) => new DriftBin(Label(bins, i, values), count, currentCounts[i]))],
            bins.IsDiscrete ? "chi-square" : "Kolmogorov–Smirnov",
            bins.IsDiscrete
                ? TwoSample.ChiSquare(counts, currentCounts)
                : TwoSample.KolmogorovSmirnov(before, after),
            NewValues(bins, before, after, currentSide, values),
            [.. bins.Values.Where((_, i) => currentCounts[i] == 0).Select(values.Exact)],
            Moments.Of(before).Mean,
            Moments.Of(after).Mean);
    }

    static double[] FiniteSorted(ColumnValues values)
    {
        var finite = new List<double>(values.Count);
        for (var row = 0; row < values.Count; row++)
            if (values.Number(row) is var value && double.IsFinite(value))
                // Adding zero makes -0 and 0 one value with one name.
                finite.Add(value + 0.0);
        var sorted = finite.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    static SideCounts Side(ColumnValues values, double[] finite)
    {
        var missing = 0;
        for (var row = 0; row < values.Count; row++)
            if (values.IsMissing(row))
                missing++;
        return new SideCounts(values.Count, missing, finite.Length);
    }

    static string Label(NumericBins bins, int bin, ValueText values)
    {
        if (bins.IsDiscrete)
            return bin < bins.Values.Count ? values.Exact(bins.Values[bin]) : OtherOnlyIfAny.Label;
        var edges = bins.Edges;
        return bin == 0 ? $"≤ {values.Edge(edges[0])}"
            : bin == edges.Count ? $"> {values.Edge(edges[^1])}"
            : $"({values.Edge(edges[bin - 1])}, {values.Edge(edges[bin])}]";
    }

    static List<string> NewValues(
        NumericBins bins, double[] before, double[] after, SideCounts current, ValueText values)
    {
        var words = bins.IsDiscrete ? Unbinned(bins, after, values) : OutsideRange(before, after, values);
        if (current.Rows - current.Missing - current.Compared is var infinite and > 0)
            words.Add($"{Rows(infinite)} infinite");
        return words;
    }

    static List<string> Unbinned(NumericBins bins, double[] after, ValueText values) =>
        [.. FewWords.Of([.. after.Distinct().Except(bins.Values).Select(values.Exact)])];

    static List<string> OutsideRange(double[] before, double[] after, ValueText values)
    {
        var words = new List<string>();
        if (after.Count(value => value < before[0]) is var below and > 0)
            words.Add($"{Rows(below)} below {values.Exact(before[0])}");
        if (after.Count(value => value > before[^1]) is var above and > 0)
            words.Add($"{Rows(above)} above {values.Exact(before[^1])}");
        return words;
    }

    static string Rows(long count) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + (count == 1 ? " row" : " rows");
}
