using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>From a merged sketch to the profile that people read.</summary>
public static class ProfileSummary
{
    public const int MaxCorrelations = 15;

    const int MaxTop = 10;
    const int HistogramBins = 20;

    static readonly double[] QuantilesAt = [0.05, 0.25, 0.5, 0.75, 0.95];

    public static ColumnProfile Of(ColumnSketch sketch)
    {
        var isNumeric = sketch.Numbers is not null && sketch.Min is not null;
        List<(double Value, long Count)> numbers = isNumeric ? [.. sketch.FiniteNumbers()] : [];
        return new ColumnProfile(
            sketch.Name,
            sketch.Type,
            sketch.Count,
            sketch.Missing,
            Distinct(sketch),
            sketch.Overflow is null,
            sketch.Min,
            sketch.Max,
            isNumeric ? SketchStatistics.Mean(sketch) : null,
            isNumeric ? sketch.Moments!.Value.StandardDeviation : null,
            isNumeric ? [.. QuantilesAt.Select(p => Quantile(numbers, p))] : null,
            Top(sketch),
            isNumeric ? Histogram(numbers, sketch.Min!.Value, sketch.Max!.Value) : null,
            isNumeric && sketch.Type.IsNumber() ? (double)sketch.Zeros / sketch.Count : null,
            sketch.Lengths is { } lengths
                ? new TextLength(lengths.Min, (double)lengths.Total / sketch.Count, lengths.Max)
                : null);
    }

    /// <summary>The strongest correlations of a profile's numeric columns.</summary>
    public static IReadOnlyList<ColumnCorrelation>? Correlations(PartProfile profile) =>
        profile.Correlations.Columns.Count < 2
            ? null
            : [.. profile.Correlations.Strongest().Take(MaxCorrelations).Select(pair => new ColumnCorrelation(
                profile.Columns[pair.First].Name, profile.Columns[pair.Second].Name, pair.Moment.Count,
                pair.Moment.Correlation!.Value))];

    /// <returns>Null for text, and where no number is finite.</returns>
    public static double? Quantile(ColumnSketch sketch, double p) =>
        sketch.Numbers is not null && sketch.Min is not null
            ? Quantile([.. sketch.FiniteNumbers()], p)
            : null;

    /// <summary>
    /// Distinct values; exact up to <see cref="ColumnSketch.MaxExact"/>, an estimate above, and never more
    /// than there are values.
    /// </summary>
    public static long Distinct(ColumnSketch sketch) =>
        sketch.Overflow is { } overflow ? Math.Min(overflow.Distinct.Estimate(), sketch.Count)
            : sketch.Numbers?.Values.Count ?? sketch.Levels!.Values.Count;

    /// <summary>Type 7 over values with counts, ascending.</summary>
    static double Quantile(List<(double Value, long Count)> numbers, double p)
    {
        var position = Whole((numbers.Sum(number => number.Count) - 1) * p);
        var rank = (long)Math.Floor(position);
        var (below, above) = (At(rank), At((long)Math.Ceiling(position)));
        return Statistics.Quantile.Between(below, above, position - rank);

        double At(long order)
        {
            var seen = 0L;
            foreach (var (value, count) in numbers)
                if ((seen += count) > order)
                    return value;
            return numbers[^1].Value;
        }
    }

    /// <summary>
    /// 0.29 of 100 is 29 by right and a little less in doubles, which would lie off the value that stands
    /// there.
    /// </summary>
    static double Whole(double position) =>
        Math.Abs(position - Math.Round(position)) <= 1e-12 * position ? Math.Round(position) : position;

    static long[] Histogram(List<(double Value, long Count)> numbers, double min, double max)
    {
        var bins = new long[HistogramBins];
        foreach (var (value, count) in numbers)
            // Halves first: max - min may exceed the largest double.
            bins[max == min ? 0 : Math.Min(
                HistogramBins - 1, (int)((value / 2 - min / 2) / (max / 2 - min / 2)
                    * HistogramBins))] += count;
        return bins;
    }

    static IReadOnlyList<ValueCount> Top(ColumnSketch sketch)
    {
        var values = sketch.Numbers is { } numbers
            ? Most(numbers).Select(pair => new ValueCount(sketch.TextOf(pair.Key), pair.Value))
            : Most(sketch.Levels!).Select(pair => new ValueCount(pair.Key, pair.Value));
        return [.. values
            .OrderByDescending(value => value.Count)
            .ThenBy(value => value.Value, StringComparer.Ordinal)
            .Take(MaxTop)];
    }

    /// <summary>
    /// All values whose count is not below the tenth highest: few enough to put into words and sort.
    /// </summary>
    static IEnumerable<KeyValuePair<T, long>> Most<T>(CountedValues<T> counted)
    {
        if (counted.Counts.Count == 0)
            return [];
        var least = counted.Counts.OrderDescending().Take(MaxTop).Last();
        return counted.Values
            .Select((value, i) => KeyValuePair.Create(value, counted.Counts[i]))
            .Where(pair => pair.Value >= least);
    }
}
