using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>
/// Measures a column of numbers: reference quantile bins and Kolmogorov–Smirnov, or bins by value and
/// chi-square where the reference has few values.
/// </summary>
static class NumberMeasurement
{
    public static ColumnMeasurement Of(ColumnReference column, ColumnValues current, DriftEvidence evidence)
    {
        var after = ColumnSides.FiniteSorted(current);
        var (side, currentSide) = (
            SideCounts.Of(column), new SideCounts(current.Count, ColumnSides.Missing(current), after.Length));
        if (column.Numbers is not { } reference || after.Length == 0)
            return new ColumnMeasurement(column.Column, column.Type, side, currentSide);

        var bins = NumericBins.Stored(reference.IsDiscrete, reference.Bounds);
        long[] counts = [.. reference.BinCounts];
        var currentCounts = bins.Count(after);
        if (bins.IsDiscrete)
            (counts, currentCounts) = OtherOnlyIfAny.Cut(counts, currentCounts);
        var values = new ValueText(column.Type);
        var kolmogorov = reference.Distribution.KolmogorovSmirnov(after);
        var (name, test) = Test(reference, after, counts, currentCounts, kolmogorov, evidence);
        return new ColumnMeasurement(
            column.Column, column.Type, side, currentSide,
            bins.IsDiscrete ? "discrete" : "quantile",
            [.. Labels(bins, reference, values).Zip(counts, currentCounts)
                .Select(bin => new DriftBin(bin.First, bin.Second, bin.Third))],
            name, test,
            NewValues(reference, bins, after, currentSide, values),
            [.. bins.Values.Where((_, i) => currentCounts[i] == 0).Select(values.Exact)],
            reference.Moments.Mean,
            Moments.Of(after).Mean,
            kolmogorov.Statistic,
            EmpiricalDistribution.NormalisedWasserstein(
                reference.Distribution.Wasserstein(after), reference.Moments))
        {
            Shared = bins.IsDiscrete ? null : SharedBin.Of(reference.Distribution, after, values),
        };
    }

    /// <summary>
    /// Anderson–Darling where it is asked for and the reference rows are at hand; else what fits.
    /// </summary>
    static (string Name, TestResult Test) Test(
        NumberReference reference, double[] after, long[] counts, long[] currentCounts, TestResult kolmogorov,
        DriftEvidence evidence)
    {
        if (evidence == DriftEvidence.AndersonDarling && reference.Sample is { } before
            && AndersonDarling.Of(before, after) is { } anderson)
            return ("Anderson–Darling", anderson);
        return evidence == DriftEvidence.ChiSquare
            || (evidence == DriftEvidence.Automatic && reference.IsDiscrete)
            ? ("chi-square", new ContingencyTable(counts, currentCounts).ChiSquare)
            : ("Kolmogorov–Smirnov", kolmogorov);
    }

    /// <summary>By value one more for all others, which is cut off where nothing else came.</summary>
    static IEnumerable<string> Labels(NumericBins bins, NumberReference reference, ValueText values)
    {
        if (bins.IsDiscrete)
            return [.. bins.Values.Select(values.Exact), OtherOnlyIfAny.Label];
        var ends = values.Edges(bins.Edges, [reference.Min, reference.Max]);
        return
        [
            $"≤ {ends[0]}",
            .. ends.Zip(ends.Skip(1), (from, to) => $"({from}, {to}]"),
            $"> {ends[^1]}",
        ];
    }

    static List<string> NewValues(
        NumberReference reference, NumericBins bins, double[] after, SideCounts current, ValueText values)
    {
        var words = bins.IsDiscrete ? Unbinned(bins, after, values) : OutsideRange(reference, after, values);
        if (current.Rows - current.Missing - current.Compared is var infinite and > 0)
            words.Add($"{Counted.Of(infinite, "row", "rows")} infinite");
        return words;
    }

    static List<string> Unbinned(NumericBins bins, double[] after, ValueText values) =>
        [.. FewWords.Of([.. after.Distinct().Except(bins.Values).Select(values.Exact)])];

    static List<string> OutsideRange(NumberReference reference, double[] after, ValueText values)
    {
        var words = new List<string>();
        if (after.Count(value => value < reference.Min) is var below and > 0)
            words.Add($"{Counted.Of(below, "row", "rows")} below {values.Exact(reference.Min)}");
        if (after.Count(value => value > reference.Max) is var above and > 0)
            words.Add($"{Counted.Of(above, "row", "rows")} above {values.Exact(reference.Max)}");
        return words;
    }
}
