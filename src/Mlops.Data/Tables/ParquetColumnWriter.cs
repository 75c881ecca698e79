using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// Writes rows of one column. A definition level of 1 says that a row has a value; the values stand packed
/// before it. The field is the one by which they are stored (<see cref="ParquetTypes.StoredFieldOf"/>).
/// </summary>
static class ParquetColumnWriter
{
    /// <summary>
    /// Text is written as a dictionary where a level comes twice or more on average; elsewhere looking
    /// each up costs half of the time and saves no space.
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

    public static bool HasValues(ColumnValues values, Range rows)
    {
        var (row, count) = rows.GetOffsetAndLength(values.Count);
        var end = row + count;
        while (row < end && values.IsMissing(row))
            row++;
        return row < end;
    }

    public static Task Write(
        ParquetRowGroupWriter group, DataField field, ColumnValues values, Range rows, CancellationToken ct)
    {
        var (start, count) = rows.GetOffsetAndLength(values.Count);
        return values switch
        {
            TextValues text => Text(group, field, text, start, count, ct),
            _ when ParquetTypes.IsBytes(field) => None(group, field, count, ct),
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
        var codes = text.Codes.Slice(start, count);
        if (ParquetTypes.IsBytes(field))
            return Coded(TextBounds.Bytes(text), codes).Write(group, field, ct);
        var levels = ArrayPool<ReadOnlyMemory<char>>.Shared.Rent(Math.Max(1, text.Levels.Count));
        for (var i = 0; i < text.Levels.Count; i++)
            levels[i] = text.Level(i);
        var packed = Coded(levels, codes);
        ArrayPool<ReadOnlyMemory<char>>.Shared.Return(levels, clearArray: true);
        return packed.Write(group, field, ct);
    }

    static Packed<T> Coded<T>(T[] levels, ReadOnlySpan<int> codes) where T : struct
    {
        var packed = new Packed<T>(codes.Length);
        foreach (var code in codes)
            if (code >= 0)
                packed.Add(levels[code]);
            else
                packed.AddNone();
        return packed;
    }

    /// <summary>No row has a value, so of what type they would be does not matter.</summary>
    static Task None(ParquetRowGroupWriter group, DataField field, int count, CancellationToken ct)
    {
        var packed = new Packed<ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
            packed.AddNone();
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
        if (field.ClrType == typeof(bool))
            return Flags(group, field, values, ct);
        if (field.ClrType == typeof(int))
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

    static Task Integers(
        ParquetRowGroupWriter group, DataField field, ReadOnlySpan<long> values, CancellationToken ct)
    {
        var packed = new Packed<int>(values.Length);
        foreach (var value in values)
            packed.Add((int)value, value != WholeValues.Missing);
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
