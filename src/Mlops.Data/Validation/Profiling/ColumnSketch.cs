using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// One column of one part, described so that parts merge into the whole. Up to 10,000 distinct values (fewer
/// where columns are very many, see <see cref="SketchLimits"/>) it holds them all with their counts, and
/// everything is exact; above, <paramref name="Overflow"/> is there and the values are only the most frequent
/// ones, whose counts are at most 2 / 1,001 of the rows too low and never too high.
/// </summary>
/// <param name="Count">Cells with a value, infinite ones too.</param>
/// <param name="Moments">Of the finite numbers; null for text.</param>
/// <param name="Numbers">
/// For numeric columns, keyed so that order is kept: whole values as they are, reals by their ordered bits.
/// </param>
/// <param name="Levels">For text columns, in ordinal order.</param>
/// <param name="Scale">Digits behind the point of decimals.</param>
/// <param name="Lengths">Of text; null where there is none.</param>
/// <param name="Zeros">How many of the numbers are zero.</param>
public sealed record ColumnSketch(
    string Name,
    ColumnType Type,
    long Count,
    long Missing,
    double? Min,
    double? Max,
    Moments? Moments,
    CountedValues<long>? Numbers,
    CountedValues<string>? Levels,
    SketchOverflow? Overflow,
    int? Scale = null,
    TextLengths? Lengths = null,
    long Zeros = 0)
{
    /// <summary>Up to here distinct values are counted exactly.</summary>
    public const int MaxExact = 10_000;

    /// <summary>And up to so many characters in all of them: what long texts may take of memory.</summary>
    public const int MaxExactChars = 8 << 20;

    /// <summary>Above that, longer texts are not among the frequent ones.</summary>
    public const int MaxHeavyChars = 4096;

    /// <summary>How many frequent values are kept above that.</summary>
    public const int MaxHeavy = 1_000;

    public ColumnSketch Merge(ColumnSketch other, SketchLimits limits)
    {
        if (Overflow is null != other.Overflow is null)
            return Overflow is null
                ? Overflown(limits).Merge(other, limits) : Merge(other.Overflown(limits), limits);
        var merged = this with
        {
            Count = Count + other.Count,
            Missing = Missing + other.Missing,
            Min = Least(Min, other.Min),
            Max = -Least(-Max, -other.Max),
            Moments = Moments is { } moments ? moments.Merge(other.Moments!.Value) : null,
            Numbers = Numbers?.Merge(other.Numbers!, Comparer<long>.Default),
            Levels = Levels?.Merge(other.Levels!, StringComparer.Ordinal),
            Overflow = Overflow?.Merge(other.Overflow!, limits),
            Lengths = Lengths is null || other.Lengths is null
                ? Lengths ?? other.Lengths : Lengths.Merge(other.Lengths),
            Zeros = Zeros + other.Zeros,
        };
        return merged.Bounded(limits);

        static double? Least(double? left, double? right) =>
            left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
    }

    /// <summary>This, or with too many distinct values its overflown form.</summary>
    public ColumnSketch Bounded(SketchLimits limits)
    {
        if (Overflow is null)
            return (Numbers?.Values.Count ?? Levels!.Values.Count) > limits.MaxExact
                || Levels?.Values.Sum(level => (long)level.Length) > limits.MaxExactChars
                    ? Overflown(limits) : this;
        return this with { Numbers = Numbers?.Heaviest(limits.MaxHeavy), Levels = HeaviestLevels(limits) };
    }

    ColumnSketch Overflown(SketchLimits limits) => this with
    {
        Overflow = new SketchOverflow(
            Numbers is null
                ? DistinctSketch.Of(Levels!.Values, limits) : DistinctSketch.Of(Numbers.Values, limits),
            Numbers is null ? null : QuantileSketch.Of(FiniteNumbers(), limits)),
        Numbers = Numbers?.Heaviest(limits.MaxHeavy),
        Levels = HeaviestLevels(limits),
    };

    CountedValues<string>? HeaviestLevels(SketchLimits limits) =>
        Levels?.Where(level => level.Length <= MaxHeavyChars).Heaviest(limits.MaxHeavy);

    /// <summary>
    /// The finite numbers with their counts, ascending; each in its bucket's middle after overflow.
    /// </summary>
    public IEnumerable<(double Value, long Count)> FiniteNumbers()
    {
        if (Overflow is not null)
            return Min is null ? [] : Overflow.Quantiles!.Values(Min.Value, Max!.Value);
        var numberOf = NumberOf();
        return Numbers!.Values
            .Select((key, i) => (Value: numberOf(key), Count: Numbers.Counts[i]))
            .Where(pair => double.IsFinite(pair.Value));
    }

    /// <summary>
    /// Counts over bins of a reference: values up to and with the first edge, the next ones up to the second,
    /// …, and above the last. Exact where the distinct values are; else right but for the values of the one
    /// bucket that an edge divides.
    /// </summary>
    /// <param name="edges">Ascending.</param>
    public long[] Histogram(IReadOnlyList<double> edges)
    {
        double[] upTo = [.. edges];
        var bins = new long[upTo.Length + 1];
        foreach (var (value, count) in FiniteNumbers())
        {
            var at = Array.BinarySearch(upTo, value);
            bins[at >= 0 ? at : ~at] += count;
        }
        return bins;
    }

    /// <summary>A key of <see cref="Numbers"/> as the column's text.</summary>
    public string TextOf(long key) => (Type.IsReal()
        ? (ColumnValues)new RealValues([QuantileSketch.FromOrderedBits(key)], Type)
        : new WholeValues(Type, [key], Scale ?? 0)).Text(0)!;

    Func<long, double> NumberOf() =>
        Type.IsReal() ? QuantileSketch.FromOrderedBits : new WholeValues(Type, [], Scale ?? 0).NumberOf;
}

/// <summary>What stands for the distinct values when there are too many to hold.</summary>
/// <param name="Quantiles">Null for text.</param>
public sealed record SketchOverflow(DistinctSketch Distinct, QuantileSketch? Quantiles)
{
    public SketchOverflow Merge(SketchOverflow other, SketchLimits limits) =>
        new(Distinct.Merge(other.Distinct), Quantiles?.Merge(other.Quantiles!, limits));
}
