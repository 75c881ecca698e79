using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// Writes rows of one column. A definition level of 1 says that a row has a value; the values stand packed
/// before
/// it.
/// </summary>
static class ParquetColumnWriter
{
    /// <summary>
    /// Text is written as a dictionary where a level comes twice or more on average; elsewhere looking each
    /// up
    /// costs half of the time and saves no space.
    /// </summary>
    public static bool IsWorthADictionary(TextValues text, Range rows)
    {
        var (start, count) = rows.GetOffsetAndLength(text.Count);
        if (text.Levels.Count <= count / 2)
            return true;
        var used = new bool[text.Levels.Count];
        var levels = 0;
        foreach (var code in text.Codes.Slice(start, count))
        {
            if (code < 0 || used[code])
                continue;
            used[code] = true;
            levels++;
        }
        return levels <= count / 2;
    }

    public static Task Write(
        ParquetRowGroupWriter group, DataField field, ColumnValues values, Range rows, CancellationToken ct)
    {
        var (start, count) = rows.GetOffsetAndLength(values.Count);
        return values switch
        {
            TextValues text => Text(group, field, text, start, count, ct),
            RealValues real => Real(group, field, real, start, count, ct),
            WholeValues whole => Whole(group, field, whole, start, count, ct),
            _ => throw new ArgumentException(
                $"{values.GetType().Name} is no known kind of column.", nameof(values)),
        };
    }

    static Task Text(
        ParquetRowGroupWriter group, DataField field, TextValues text, int start, int count,
        CancellationToken ct)
    {
        var levels = ArrayPool<ReadOnlyMemory<char>>.Shared.Rent(Math.Max(1, text.Levels.Count));
        for (var i = 0; i < text.Levels.Count; i++)
            levels[i] = text.Level(i);
        var packed = new Packed<ReadOnlyMemory<char>>(count);
        foreach (var code in text.Codes.Slice(start, count))
            if (code >= 0)
                packed.Add(levels[code]);
            else
                packed.AddNone();
        ArrayPool<ReadOnlyMemory<char>>.Shared.Return(levels, clearArray: true);
        return packed.Write(group, field, ct);
    }

    static Task Real(
        ParquetRowGroupWriter group, DataField field, RealValues real, int start, int count,
        CancellationToken ct)
    {
        var values = real.Values.Slice(start, count);
        if (real.Type == ColumnType.Float)
        {
            var floats = new Packed<float>(count);
            foreach (var value in values)
                floats.Add((float)value, !double.IsNaN(value));
            return floats.Write(group, field, ct);
        }
        var packed = new Packed<double>(count);
        foreach (var value in values)
            packed.Add(value, !double.IsNaN(value));
        return packed.Write(group, field, ct);
    }

    static Task Whole(
        ParquetRowGroupWriter group, DataField field, WholeValues whole, int start, int count,
        CancellationToken ct)
    {
        var values = whole.Values.Slice(start, count);
        if (whole.Type == ColumnType.Boolean)
            return Flags(group, field, values, ct);
        if (whole.Type == ColumnType.Date || whole.Type.IsMoment())
            return Times(
                group, field, values,
                whole.Type == ColumnType.Date ? TimeSpan.TicksPerDay : TimeSpan.TicksPerMicrosecond, ct);
        if (whole.Type == ColumnType.Decimal)
            return Decimals(group, field, whole, values, ct);
        if (whole.Type == ColumnType.Int32)
            return Integers(group, field, values, ct);
        var packed = new Packed<long>(count);
        foreach (var value in values)
            packed.Add(value, value != WholeValues.Missing);
        return packed.Write(group, field, ct);
    }

    static Task Flags(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, CancellationToken ct)
    {
        var packed = new Packed<bool>(values.Length);
        foreach (var value in values)
            packed.Add(value != 0, value != WholeValues.Missing);
        return packed.Write(group, field, ct);
    }

    static Task Decimals(
        ParquetRowGroupWriter group, DataField field, WholeValues whole, ReadOnlySpan<long> values,
        CancellationToken ct)
    {
        var packed = new Packed<decimal>(values.Length);
        foreach (var value in values)
            if (value != WholeValues.Missing)
                packed.Add(whole.DecimalOf(value));
            else
                packed.AddNone();
        return packed.Write(group, field, ct);
    }

    static Task Integers(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, CancellationToken ct)
    {
        var packed = new Packed<int>(values.Length);
        foreach (var value in values)
            packed.Add((int)value, value != WholeValues.Missing);
        return packed.Write(group, field, ct);
    }

    static Task Times(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, long ticksPerUnit,
        CancellationToken ct)
    {
        var packed = new Packed<DateTime>(values.Length);
        foreach (var value in values)
            if (value != WholeValues.Missing)
                packed.Add(DateTime.UnixEpoch.AddTicks(value * ticksPerUnit));
            else
                packed.AddNone();
        return packed.Write(group, field, ct);
    }

    /// <summary>Values and levels in rented memory, which a file of many row groups asks for again and
    /// again.</summary>
    struct Packed<T>(int rows) where T : struct
    {
        readonly T[] values = ArrayPool<T>.Shared.Rent(Math.Max(1, rows));
        readonly int[] levels = ArrayPool<int>.Shared.Rent(Math.Max(1, rows));
        int count;
        int row;

        public void Add(T value) => Add(value, true);

        public void AddNone() => levels[row++] = 0;

        /// <param name="isThere">Where it is not, the next value takes its place: there is no branch to
        /// guess.</param>
        public void Add(T value, bool isThere)
        {
            values[count] = value;
            levels[row++] = isThere ? 1 : 0;
            count += isThere ? 1 : 0;
        }

        public readonly async Task Write(ParquetRowGroupWriter group, DataField field, CancellationToken ct)
        {
            await group.WriteAllPartsAsync<T>(
                field, values.AsMemory(0, count), levels.AsMemory(0, rows), null, ct);
            ArrayPool<T>.Shared.Return(values);
            ArrayPool<int>.Shared.Return(levels);
        }
    }
}
