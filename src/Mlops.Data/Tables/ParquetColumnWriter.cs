using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// Writes rows of one column. A definition level of 1 says that a row has a value; the values stand packed before
/// it.
/// </summary>
static class ParquetColumnWriter
{
    public static Task Write(
        ParquetRowGroupWriter group, DataField field, ColumnValues values, Range rows, CancellationToken ct)
    {
        var (start, count) = rows.GetOffsetAndLength(values.Count);
        return values switch
        {
            TextValues text => Text(group, field, text, text.Codes.Slice(start, count), ct),
            RealValues real => Real(group, field, real.Type, real.Values.Slice(start, count), ct),
            WholeValues whole => Whole(group, field, whole, whole.Values.Slice(start, count), ct),
            _ => throw new ArgumentException(
                $"{values.GetType().Name} is no known kind of column.", nameof(values)),
        };
    }

    static Task Text(
        ParquetRowGroupWriter group, DataField field, TextValues text, ReadOnlySpan<int> codes, CancellationToken ct)
    {
        var levels = text.Levels.Select(level => level.AsMemory()).ToArray();
        return WritePacked(group, field, Pack(codes, code => code < 0, code => levels[code]), ct);
    }

    static Task Real(
        ParquetRowGroupWriter group, DataField field, ColumnType type, ReadOnlySpan<double> values,
        CancellationToken ct) => type == ColumnType.Float
            ? WritePacked(group, field, Pack(values, double.IsNaN, value => (float)value), ct)
            : WritePacked(group, field, Pack(values, double.IsNaN, value => value), ct);

    static Task Whole(
        ParquetRowGroupWriter group, DataField field, WholeValues column, ReadOnlySpan<long> values,
        CancellationToken ct) => column.Type switch
        {
            ColumnType.Boolean => WritePacked(group, field, Pack(values, IsMissing, value => value != 0), ct),
            ColumnType.Int32 => WritePacked(group, field, Pack(values, IsMissing, value => (int)value), ct),
            ColumnType.Decimal => WritePacked(group, field, Pack(values, IsMissing, column.DecimalOf), ct),
            ColumnType.Date => WritePacked(
                group, field, Pack(values, IsMissing, value => DateTime.UnixEpoch.AddDays(value)), ct),
            ColumnType.Timestamp or ColumnType.Instant =>
                WritePacked(group, field, Pack(values, IsMissing, ToDateTime), ct),
            _ => WritePacked(group, field, Pack(values, IsMissing, value => value), ct),
        };

    static bool IsMissing(long value) => value == WholeValues.Missing;

    static DateTime ToDateTime(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    static (TOut[] Values, int[] Levels) Pack<TIn, TOut>(
        ReadOnlySpan<TIn> rows, Func<TIn, bool> isMissing, Func<TIn, TOut> convert)
    {
        var levels = new int[rows.Length];
        var values = new TOut[rows.Length];
        var count = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (isMissing(rows[i]))
                continue;
            levels[i] = 1;
            values[count++] = convert(rows[i]);
        }
        return (values[..count], levels);
    }

    static async Task WritePacked<T>(
        ParquetRowGroupWriter group, DataField field, (T[] Values, int[] Levels) packed, CancellationToken ct)
        where T : struct =>
        await group.WriteAllPartsAsync<T>(field, packed.Values, packed.Levels, null, ct);
}
