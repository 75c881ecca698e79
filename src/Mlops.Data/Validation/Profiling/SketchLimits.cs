using System.Numerics;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// How much a profile holds of each column: all there is room for up to 2,000 columns, and half as much each
/// time that they are twice as many, so that profiles of very many columns fit in memory. It follows from the
/// number of columns alone, which is that of all parts, so that merging in any grouping gives the same.
/// </summary>
/// <param name="Halvings">0 to 4.</param>
public readonly record struct SketchLimits(int Halvings)
{
    const int FullColumns = 2_000;
    const int MostHalvings = 4;

    public static SketchLimits Of(int columns)
    {
        var halvings = 0;
        while (halvings < MostHalvings && columns > FullColumns << halvings)
            halvings++;
        return new SketchLimits(halvings);
    }

    /// <summary>Those that a column was described by which has more than they let it hold.</summary>
    public static SketchLimits Of(SketchOverflow overflow) => new(
        BitOperations.Log2((uint)(DistinctSketch.RegisterCount / overflow.Distinct.Registers.Length)));

    /// <inheritdoc cref="ColumnSketch.MaxExact"/>
    public int MaxExact => ColumnSketch.MaxExact >> Halvings;

    /// <inheritdoc cref="ColumnSketch.MaxExactChars"/>
    public int MaxExactChars => ColumnSketch.MaxExactChars >> Halvings;

    /// <inheritdoc cref="ColumnSketch.MaxHeavy"/>
    public int MaxHeavy => ColumnSketch.MaxHeavy >> Halvings;

    /// <inheritdoc cref="QuantileSketch.MostBuckets"/>
    public int MostBuckets => QuantileSketch.MostBuckets >> Halvings;

    /// <summary>A bit more each time: twice as far off, in half as many buckets.</summary>
    public int MostDropped => QuantileSketch.MostDropped + Halvings;

    /// <inheritdoc cref="DistinctSketch.RegisterCount"/>
    public int Registers => DistinctSketch.RegisterCount >> Halvings;
}
