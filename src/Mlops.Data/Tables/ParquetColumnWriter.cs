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
        var levels = new ReadOnlyMemory<char>[text.Levels.Count];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = text.Levels[i].AsMemory();
        var packed = new Packed<ReadOnlyMemory<char>>(count);
        var codes = text.Codes.Slice(start, count);
        for (var row = 0; row < codes.Length; row++)
            if (codes[row] >= 0)
                packed.Add(row, levels[codes[row]]);
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
            for (var row = 0; row < values.Length; row++)
                if (!double.IsNaN(values[row]))
                    floats.Add(row, (float)values[row]);
            return floats.Write(group, field, ct);
        }
        var packed = new Packed<double>(count);
        for (var row = 0; row < values.Length; row++)
            if (!double.IsNaN(values[row]))
                packed.Add(row, values[row]);
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
        for (var row = 0; row < values.Length; row++)
            if (values[row] != WholeValues.Missing)
                packed.Add(row, values[row]);
        return packed.Write(group, field, ct);
    }

    static Task Flags(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, CancellationToken ct)
    {
        var packed = new Packed<bool>(values.Length);
        for (var row = 0; row < values.Length; row++)
            if (values[row] != WholeValues.Missing)
                packed.Add(row, values[row] != 0);
        return packed.Write(group, field, ct);
    }

    static Task Decimals(
        ParquetRowGroupWriter group, DataField field, WholeValues whole, ReadOnlySpan<long> values,
        CancellationToken ct)
    {
        var packed = new Packed<decimal>(values.Length);
        for (var row = 0; row < values.Length; row++)
            if (values[row] != WholeValues.Missing)
                packed.Add(row, whole.DecimalOf(values[row]));
        return packed.Write(group, field, ct);
    }

    static Task Integers(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, CancellationToken ct)
    {
        var packed = new Packed<int>(values.Length);
        for (var row = 0; row < values.Length; row++)
            if (values[row] != WholeValues.Missing)
                packed.Add(row, (int)values[row]);
        return packed.Write(group, field, ct);
    }

    static Task Times(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, long ticksPerUnit,
        CancellationToken ct)
    {
        var packed = new Packed<DateTime>(values.Length);
        for (var row = 0; row < values.Length; row++)
            if (values[row] != WholeValues.Missing)
                packed.Add(row, DateTime.UnixEpoch.AddTicks(values[row] * ticksPerUnit));
        return packed.Write(group, field, ct);
    }

    /// <summary>Values and levels in rented memory, which a file of many row groups asks for again and
    /// again.</summary>
    struct Packed<T>(int rows) where T : struct
    {
        readonly T[] values = ArrayPool<T>.Shared.Rent(Math.Max(1, rows));
        readonly int[] levels = Zeros(rows);
        int count;

        public void Add(int row, T value)
        {
            values[count++] = value;
            levels[row] = 1;
        }

        public readonly async Task Write(ParquetRowGroupWriter group, DataField field, CancellationToken ct)
        {
            await group.WriteAllPartsAsync<T>(
                field, values.AsMemory(0, count), levels.AsMemory(0, rows), null, ct);
            ArrayPool<T>.Shared.Return(values);
            ArrayPool<int>.Shared.Return(levels);
        }

        static int[] Zeros(int rows)
        {
            var levels = ArrayPool<int>.Shared.Rent(Math.Max(1, rows));
            Array.Clear(levels, 0, rows);
            return levels;
        }
    }
}
