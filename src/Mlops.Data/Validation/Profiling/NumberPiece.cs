using System.Buffers;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>Describes a piece of a column that has numbers inside.</summary>
static class NumberPiece
{
    /// <summary>
    /// The numbers of some rows, NaN where there is none, as <see cref="ColumnValues.Number"/> gives them.
    /// </summary>
    public static void Numbers(ColumnValues values, int start, Span<double> numbers)
    {
        if (values is RealValues real)
        {
            real.Values.Slice(start, numbers.Length).CopyTo(numbers);
            return;
        }
        var whole = (WholeValues)values;
        var source = whole.Values.Slice(start, numbers.Length);
        var isPlain = !whole.Type.IsMoment() && whole.Type != ColumnType.Decimal;
        for (var i = 0; i < source.Length; i++)
            numbers[i] = source[i] == WholeValues.Missing ? double.NaN
                : isPlain ? source[i] : whole.NumberOf(source[i]);
    }

    public static ColumnSketch Of(
        Column column, ColumnValues values, int start, ReadOnlySpan<double> numbers, ValueCounter counter,
        SketchLimits limits)
    {
        var rented = ArrayPool<long>.Shared.Rent(Math.Max(1, numbers.Length));
        var keys = rented.AsSpan(0, Keys(values, start, numbers, rented));
        var moments = PackedMoments.Of(numbers);
        var (overflow, counted) = Count(keys, numbers, counter, limits);
        var sketch = new ColumnSketch(
            column.Name, column.Type, keys.Length, numbers.Length - keys.Length,
            double.IsNaN(moments.Min) ? null : moments.Min,
            double.IsNaN(moments.Max) ? null : moments.Max,
            moments.Moments, counted, Levels: null, overflow, column.Scale, Lengths: null, moments.Zeros);
        ArrayPool<long>.Shared.Return(rented);
        return sketch;
    }

    static (SketchOverflow?, CountedValues<long>) Count(
        ReadOnlySpan<long> keys, ReadOnlySpan<double> numbers, ValueCounter counter, SketchLimits limits)
    {
        counter.Clear();
        if (!counter.TryAdd(keys, limits.MaxExact))
            return NumberOverflow.Of(keys, numbers, counter, limits);
        var (values, counts) = counter.Sorted();
        return (null, new CountedValues<long>(values, counts));
    }

    /// <returns>How many there are: rows without a value have no key.</returns>
    static int Keys(ColumnValues values, int start, ReadOnlySpan<double> numbers, Span<long> keys)
    {
        var count = 0;
        if (values is WholeValues whole)
        {
            foreach (var value in whole.Values.Slice(start, numbers.Length))
                if (value != WholeValues.Missing)
                    keys[count++] = value;
            return count;
        }
        foreach (var number in numbers)
            if (!double.IsNaN(number))
                // Adding zero makes -0 and 0 one value.
                keys[count++] = QuantileSketch.OrderedBits(number + 0.0);
        return count;
    }
}
