using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>
/// Sum and mean of a described column, so exact that a bound may be met to the digit: a mean times its count
/// is not always the sum that the mean was made of.
/// </summary>
static class SketchStatistics
{
    /// <summary>
    /// Of the finite numbers, the nearest double; above <see cref="ColumnSketch.MaxExact"/> different ones
    /// right but for its last digits. Null without numbers, or where it exceeds the largest double.
    /// </summary>
    public static double? Sum(ColumnSketch sketch) =>
        sketch.Numbers is null || sketch.Min is null ? null
        : Finite(sketch.Overflow is not null ? Estimated(sketch)
            : sketch.Type.IsReal() ? OfReals(sketch).Sum
            : (double)Units(sketch) / UnitsPerNumber(sketch));

    /// <summary>As the sum. Null without numbers, or where it is not known for their size.</summary>
    public static double? Mean(ColumnSketch sketch) =>
        sketch.Numbers is null || sketch.Min is null ? null
        : sketch.Overflow is not null ? Finite(sketch.Moments!.Value.Mean)
        : sketch.Type.IsReal() ? Finite(MeanOfReals(sketch))
        : (double)Units(sketch) / (UnitsPerNumber(sketch) * sketch.Count);

    static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>Of whole numbers it is one.</summary>
    static double Estimated(ColumnSketch sketch)
    {
        var sum = sketch.Moments!.Value.Mean * sketch.Moments.Value.Count;
        var units = UnitsPerNumber(sketch);
        return sketch.Type.IsReal() || !double.IsFinite(sum * units) ? sum : Math.Round(sum * units) / units;
    }

    static Int128 Units(ColumnSketch sketch)
    {
        Int128 units = 0;
        for (var i = 0; i < sketch.Numbers!.Values.Count; i++)
            units += (Int128)sketch.Numbers.Values[i] * sketch.Numbers.Counts[i];
        return units;
    }

    static double UnitsPerNumber(ColumnSketch sketch) => sketch.Type switch
    {
        ColumnType.Timestamp or ColumnType.Instant => 1e6,
        ColumnType.Decimal => Math.Pow(10, sketch.Scale ?? 0),
        _ => 1,
    };

    /// <summary>
    /// The sum in two doubles, so that next to nothing is rounded off: products are taken apart by a fused
    /// multiplication, sums by Knuth (1969).
    /// </summary>
    static (double Sum, double Error) OfReals(ColumnSketch sketch)
    {
        var (sum, rest) = (0.0, 0.0);
        foreach (var (value, count) in sketch.FiniteNumbers())
        {
            var product = value * count;
            var next = sum + product;
            var part = next - sum;
            rest += sum - (next - part) + (product - part) + Math.FusedMultiplyAdd(value, count, -product);
            sum = next;
        }
        return (sum + rest, rest - (sum + rest - sum));
    }

    static double MeanOfReals(ColumnSketch sketch)
    {
        var count = sketch.Moments!.Value.Count;
        var (sum, rest) = OfReals(sketch);
        var quotient = sum / count;
        return double.IsFinite(quotient)
            ? quotient + (Math.FusedMultiplyAdd(-quotient, count, sum) + rest) / count
            // The sum exceeds the largest double; the mean never does.
            : sketch.FiniteNumbers().Sum(pair => pair.Value * ((double)pair.Count / count));
    }
}
