using System.Globalization;
using System.Text;
using Parquet;
using Parquet.File.Values.Primitives;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>Reads one column of one row group, whoever wrote it.</summary>
static class ParquetColumnReader
{
    /// <param name="column">What <see cref="ParquetTypes.ColumnOf"/> said of the field.</param>
    /// <param name="stored">What the file holds of it, if that is whole numbers of another kind.</param>
    public static async Task<ColumnValues> Read(
        ParquetRowGroupReader group, DataField field, Column column, StoredWhole? stored,
        CancellationToken ct) =>
        column.Type switch
        {
            _ when stored is not null => await Stored(group, stored, column, ct),
            ColumnType.Text when field is TimeDataField time => await TimesOfDay(group, time, column, ct),
            ColumnType.Text or ColumnType.Category => await Text(group, field, column.Type, ct),
            ColumnType.Timestamp => await Moments(group, field, column, ct),
            ColumnType.Real when field.ClrType == typeof(decimal) =>
                new RealValues((await Packed<decimal>(group, field, ct)).As(Nearest).Spread(double.NaN)),
            ColumnType.Real => new RealValues((await Packed<double>(group, field, ct)).Spread(double.NaN)),
            ColumnType.Float => new RealValues(
                (await Packed<float>(group, field, ct)).As(value => (double)value).Spread(double.NaN),
                    ColumnType.Float),
            ColumnType.Integer or ColumnType.Int32 => await Integers(group, field, column, ct),
            _ => new WholeValues(
                column.Type, (await Whole(group, field, column, ct)).Spread(WholeValues.Missing),
                    column.Scale ?? 0),
        };

    static async Task<TextValues> Text(
        ParquetRowGroupReader group, DataField field, ColumnType type, CancellationToken ct)
    {
        if (field.ClrType == typeof(Guid))
            return Text(
                (await Packed<Guid>(group, field, ct)).As(value => value.ToString().AsMemory()), type);
        if (ParquetTypes.IsBytes(field))
            return Text((await Packed<ReadOnlyMemory<byte>>(group, field, ct)).As(
                value => Encoding.UTF8.GetString(value.Span).AsMemory()), type);
        return Text(await Packed<ReadOnlyMemory<char>>(group, field, ct), type);
    }

    /// <remarks>.NET's own conversion is off by a last bit at times.</remarks>
    static double Nearest(decimal value) => double.Parse(
        value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <remarks>What databases know as the end of a day, 24:00:00, is kept.</remarks>
    static async Task<ColumnValues> TimesOfDay(
        ParquetRowGroupReader group, TimeDataField field, Column column, CancellationToken ct)
    {
        var times = (await Integers(group, field, ct)).As(value => Microseconds(field, value));
        var strays = new Dictionary<int, string>();
        foreach (var (row, time) in times.Spread().Index())
            if (time is { } one && (one < 0 || one > TimeSpan.MicrosecondsPerDay))
                strays[row] = FarTimes.Clock(one);
        var texts = Text(times.As(time => FarTimes.Clock(time).AsMemory()), column.Type);
        return strays.Count == 0 ? texts : new StrayValues(texts, strays);
    }

    static Int128 Microseconds(TimeDataField field, long value) => field.Precision switch
    {
        TimeUnitPrecision.Millis => (Int128)value * TimeSpan.MicrosecondsPerMillisecond,
        TimeUnitPrecision.Micros => value,
        _ => StoredWhole.Floor(value, Time96.NanosecondsPerMicrosecond),
    };

    /// <summary>Times of 96 bits: of all others the file says whole numbers.</summary>
    static async Task<ColumnValues> Moments(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        var bits = StoredWhole.FieldOf<Interval>(field.Name, field.IsNullable);
        var times = (await Packed<Interval>(group, bits, ct)).As(Time96.Microseconds);
        return StrayValues.Of(
            times, times.As(time => StoredWhole.MomentOf(time) ?? WholeValues.Missing),
            column, FarTimes.Time);
    }

    static async Task<PackedColumn<long>> Whole(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        if (column.Type == ColumnType.Boolean)
            return (await Packed<bool>(group, field, ct)).As(value => value ? 1L : 0L);
        return (await Packed<decimal>(group, field, ct)).As(value => Units(value, column.Scale!.Value));
    }

    /// <summary>Where one is not what a table holds, what becomes of its row is not said here.</summary>
    static async Task<ColumnValues> Integers(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        if (field.ClrType == typeof(ulong))
        {
            var unsigned = await Packed<ulong>(group, field, ct);
            return StrayValues.Of(
                unsigned, unsigned.As(value => value <= long.MaxValue ? (long)value : WholeValues.Missing),
                column, value => value.ToString(CultureInfo.InvariantCulture));
        }
        var integers = await Integers(group, field, ct);
        return integers.Present.Contains(WholeValues.Missing)
            ? StrayValues.Of(
                integers, integers.As(value => value), column,
                value => value.ToString(CultureInfo.InvariantCulture))
            : new WholeValues(column.Type, integers.Spread(WholeValues.Missing));
    }

    static async Task<ColumnValues> Stored(
        ParquetRowGroupReader group, StoredWhole stored, Column column, CancellationToken ct)
    {
        var numbers = await Integers(group, stored.Field, ct);
        return StrayValues.Of(
            numbers, numbers.As(number => stored.UnitsOf(number, column.Type) ?? WholeValues.Missing),
            column, number => stored.TextOf(number, column));
    }

    static async Task<PackedColumn<long>> Integers(
        ParquetRowGroupReader group, DataField field, CancellationToken ct)
    {
        var type = field.ClrType;
        return type == typeof(int) ? (await Packed<int>(group, field, ct)).As(value => (long)value)
            : type == typeof(short) ? (await Packed<short>(group, field, ct)).As(value => (long)value)
            : type == typeof(ushort) ? (await Packed<ushort>(group, field, ct)).As(value => (long)value)
            : type == typeof(sbyte) ? (await Packed<sbyte>(group, field, ct)).As(value => (long)value)
            : type == typeof(byte) ? (await Packed<byte>(group, field, ct)).As(value => (long)value)
            : type == typeof(uint) ? (await Packed<uint>(group, field, ct)).As(value => (long)value)
            : await Packed<long>(group, field, ct);
    }

    static async Task<PackedColumn<T>> Packed<T>(
        ParquetRowGroupReader group, DataField field, CancellationToken ct) where T : struct
    {
        var values = new T[checked((int)group.RowCount)];
        var levels = field.MaxDefinitionLevel > 0 ? new int[values.Length] : null;
        await group.ReadRawAsync<T>(field, values, levels, null, ct);
        return new PackedColumn<T>(values, levels);
    }

    static TextValues Text(PackedColumn<ReadOnlyMemory<char>> packed, ColumnType type)
    {
        var text = new TextBuilder(packed.Rows, type);
        var present = packed.Present;
        var next = 0;
        for (var row = 0; row < packed.Rows; row++)
        {
            if (packed.HasValue(row))
                text.Add(present[next++].Span);
            else
                text.AddMissing();
        }
        return text.Build();
    }

    static long Units(decimal value, int scale)
    {
        for (var i = 0; i < scale; i++)
            value *= 10;
        return decimal.ToInt64(value);
    }
}
