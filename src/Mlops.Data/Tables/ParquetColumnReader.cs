using System.Globalization;
using System.Text;
using Mlops.Engine;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>Reads one column of one row group, whoever wrote it.</summary>
static class ParquetColumnReader
{
    /// <param name="column">What <see cref="ParquetTypes.ColumnOf"/> said of the field.</param>
    /// <exception cref="ProblemException">A value is none of the column's type (DATA-006).</exception>
    public static async Task<ColumnValues> Read(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        if (column.Type.IsText())
            return await Text(group, field, column.Type, ct);
        return column.Type switch
        {
            ColumnType.Real when field.ClrType == typeof(decimal) =>
                new RealValues(Reals(await Packed<decimal>(group, field, ct), Nearest)),
            ColumnType.Real => new RealValues(Reals(await Packed<double>(group, field, ct), value => value)),
            ColumnType.Float => new RealValues(
                Reals(await Packed<float>(group, field, ct), value => value), ColumnType.Float),
            _ => new WholeValues(column.Type, await Whole(group, field, column, ct), column.Scale ?? 0),
        };
    }

    static async Task<TextValues> Text(
        ParquetRowGroupReader group, DataField field, ColumnType type, CancellationToken ct)
    {
        if (field.ClrType == typeof(Guid))
            return Text(await Packed<Guid>(group, field, ct), type, (text, value) => text.Add(value.ToString()));
        if (ParquetTypes.IsBytes(field))
            return Text(
                await Packed<ReadOnlyMemory<byte>>(group, field, ct), type,
                (text, value) => text.Add(Encoding.UTF8.GetString(value.Span)));
        if (field is TimeDataField time)
            return Text(await Integers(group, field, ct), type, (text, value) => text.Add(TimeOfDay(time, value)));
        return Text(await Packed<ReadOnlyMemory<char>>(group, field, ct), type, (text, value) => text.Add(value.Span));
    }

    /// <remarks>.NET's own conversion is off by a last bit at times.</remarks>
    static double Nearest(decimal value) => double.Parse(
        value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    static string TimeOfDay(TimeDataField field, long value)
    {
        var ticks = field.ClrType == typeof(int) ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerMicrosecond;
        return value >= 0 && value <= TimeSpan.TicksPerDay / ticks
            ? new TimeOnly(value * ticks % TimeSpan.TicksPerDay).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            : throw OutOfRange(field, value);
    }

    static async Task<long[]> Whole(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        if (column.Type == ColumnType.Boolean)
            return Wholes(await Packed<bool>(group, field, ct), value => value ? 1 : 0);
        if (column.Type == ColumnType.Decimal)
            return Wholes(await Packed<decimal>(group, field, ct), value => Units(value, column.Scale!.Value));
        if (column.Type == ColumnType.Date)
            return Wholes(
                await Packed<DateTime>(group, field, ct),
                value => (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay);
        if (column.Type.IsMoment())
            return Wholes(await Packed<DateTime>(group, field, ct), FromDateTime);
        return Wholes(await Integers(group, field, ct), value => value != WholeValues.Missing
            ? value : throw OutOfRange(field, value));
    }

    static async Task<PackedColumn<long>> Integers(
        ParquetRowGroupReader group, DataField field, CancellationToken ct)
    {
        var type = field.ClrType;
        return type == typeof(int) ? Widened(await Packed<int>(group, field, ct), value => value)
            : type == typeof(short) ? Widened(await Packed<short>(group, field, ct), value => value)
            : type == typeof(ushort) ? Widened(await Packed<ushort>(group, field, ct), value => value)
            : type == typeof(sbyte) ? Widened(await Packed<sbyte>(group, field, ct), value => value)
            : type == typeof(byte) ? Widened(await Packed<byte>(group, field, ct), value => value)
            : type == typeof(uint) ? Widened(await Packed<uint>(group, field, ct), value => value)
            : type == typeof(ulong) ? Widened(await Packed<ulong>(group, field, ct), value =>
                value <= long.MaxValue ? (long)value : throw OutOfRange(field, value))
            : await Packed<long>(group, field, ct);
    }

    static PackedColumn<long> Widened<T>(PackedColumn<T> packed, Func<T, long> widen) where T : struct =>
        new(Array.ConvertAll(packed.Values, value => widen(value)), packed.Levels);

    static async Task<PackedColumn<T>> Packed<T>(
        ParquetRowGroupReader group, DataField field, CancellationToken ct) where T : struct
    {
        var values = new T[checked((int)group.RowCount)];
        var levels = field.MaxDefinitionLevel > 0 ? new int[values.Length] : null;
        await group.ReadRawAsync<T>(field, values, levels, null, ct);
        return new PackedColumn<T>(values, levels);
    }

    static TextValues Text<T>(PackedColumn<T> packed, ColumnType type, Action<TextBuilder, T> add) where T : struct
    {
        var text = new TextBuilder(packed.Values.Length, type);
        var next = 0;
        for (var row = 0; row < packed.Values.Length; row++)
        {
            if (packed.HasValue(row))
                add(text, packed.Values[next++]);
            else
                text.AddMissing();
        }
        return text.Build();
    }

    static double[] Reals<T>(PackedColumn<T> packed, Func<T, double> convert) where T : struct =>
        packed.Spread(convert, double.NaN);

    static long[] Wholes<T>(PackedColumn<T> packed, Func<T, long> convert) where T : struct =>
        packed.Spread(convert, WholeValues.Missing);

    static long Units(decimal value, int scale)
    {
        for (var i = 0; i < scale; i++)
            value *= 10;
        return decimal.ToInt64(value);
    }

    static long FromDateTime(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    static ProblemException OutOfRange(DataField field, object value) => new(new Problem(
        "DATA-006", $"The Parquet column '{field.Name}' has the value {value}.",
        Expected: $"whole numbers from {long.MinValue + 1} to {long.MaxValue}",
        Next: "Cast the column with a SQL source."));
}

/// <param name="Values">As many as there are rows; those that are there stand first, packed.</param>
/// <param name="Levels">1 where a row has a value; null where all have one.</param>
readonly record struct PackedColumn<T>(T[] Values, int[]? Levels) where T : struct
{
    public bool HasValue(int row) => Levels is null || Levels[row] > 0;

    public TOut[] Spread<TOut>(Func<T, TOut> convert, TOut missing)
    {
        var spread = new TOut[Values.Length];
        var next = 0;
        for (var row = 0; row < spread.Length; row++)
            spread[row] = HasValue(row) ? convert(Values[next++]) : missing;
        return spread;
    }
}
