using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// One column of one part, described so that parts merge into the whole. Up to 10,000 distinct values it holds
/// them all with their counts, and everything is exact; above, <paramref name="Overflow"/> is there and the
/// values are only the most frequent ones.
/// </summary>
/// <param name="Count">Cells with a value, infinite ones too.</param>
/// <param name="Moments">Of the finite numbers; null for text.</param>
/// <param name="Numbers">
/// For numeric columns, keyed so that order is kept: whole values as they are, reals by their ordered bits.
/// </param>
/// <param name="Levels">For text columns, in ordinal order.</param>
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
    int? Scale = null)
{
    /// <summary>Up to here distinct values are counted exactly.</summary>
    public const int MaxExact = 10_000;

    /// <summary>How many frequent values are kept above that.</summary>
    public const int MaxHeavy = 1_000;

    public ColumnSketch Merge(ColumnSketch other)
    {
        if (Overflow is null != other.Overflow is null)
            return Overflow is null ? Overflown().Merge(other) : Merge(other.Overflown());
        var merged = new ColumnSketch(
            Name, Type, Count + other.Count, Missing + other.Missing,
            Least(Min, other.Min), -Least(-Max, -other.Max),
            Moments is { } moments ? moments.Merge(other.Moments!.Value) : null,
            Numbers?.Merge(other.Numbers!, Comparer<long>.Default),
            Levels?.Merge(other.Levels!, StringComparer.Ordinal),
            Overflow?.Merge(other.Overflow!),
            Scale);
        return merged.Bounded();

        static double? Least(double? left, double? right) =>
            left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
    }

    /// <summary>This, or with too many distinct values its overflown form.</summary>
    public ColumnSketch Bounded()
    {
        if (Overflow is null)
            return (Numbers?.Values.Count ?? Levels!.Values.Count) > MaxExact ? Overflown() : this;
        return this with
        {
            Numbers = Numbers?.Heaviest(MaxHeavy, Comparer<long>.Default),
            Levels = Levels?.Heaviest(MaxHeavy, StringComparer.Ordinal),
        };
    }

    ColumnSketch Overflown() => this with
    {
        Overflow = new SketchOverflow(
            Numbers is null
                ? DistinctSketch.Of(Levels!.Values, DistinctSketch.Mix)
                : DistinctSketch.Of(Numbers.Values, DistinctSketch.Mix),
            Numbers is null ? null : QuantileSketch.Of(FiniteNumbers())),
        Numbers = Numbers?.Heaviest(MaxHeavy, Comparer<long>.Default),
        Levels = Levels?.Heaviest(MaxHeavy, StringComparer.Ordinal),
    };

    /// <summary>
    /// The finite numbers with their counts, ascending; each in its bucket's middle after overflow.
    /// </summary>
    public IEnumerable<(double Value, long Count)> FiniteNumbers()
    {
        if (Overflow is not null)
            return Min is null ? [] : Overflow.Quantiles!.Values(Min.Value, Max!.Value);
        return Numbers!.Values
            .Select((key, i) => (Value: NumberOf(key), Count: Numbers.Counts[i]))
            .Where(pair => double.IsFinite(pair.Value));
    }

    double NumberOf(long key) => ValuesOf(key).Number(0);

    /// <summary>A key of <see cref="Numbers"/> as the column's text.</summary>
    public string TextOf(long key) => ValuesOf(key).Text(0)!;

    ColumnValues ValuesOf(long key) => Type.IsReal()
        ? new RealValues([QuantileSketch.FromOrderedBits(key)], Type)
        : new WholeValues(Type, [key], Scale ?? 0);
}

/// <summary>What stands for the distinct values when there are too many to hold.</summary>
/// <param name="Quantiles">Null for text.</param>
public sealed record SketchOverflow(DistinctSketch Distinct, QuantileSketch? Quantiles)
{
    public SketchOverflow Merge(SketchOverflow other) =>
        new(Distinct.Merge(other.Distinct), Quantiles?.Merge(other.Quantiles!));
}
