using System.Globalization;
using System.Text;
using Mlops.Engine;
using Parquet;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>Reads one column of one row group, whoever wrote it.</summary>
static class ParquetColumnReader
{
    const int LastDoubtfulYear = 294;

    /// <param name="column">What <see cref="ParquetTypes.ColumnOf"/> said of the field.</param>
    /// <param name="stored">What the file holds of it, if that is whole numbers of another kind.</param>
    /// <exception cref="ProblemException">A value is none of the column's type (DATA-006).</exception>
    public static async Task<ColumnValues> Read(
        ParquetRowGroupReader group, DataField field, Column column, StoredWhole? stored,
        CancellationToken ct) =>
        column.Type switch
        {
            _ when stored is not null => await Stored(group, stored, column, ct),
            ColumnType.Text or ColumnType.Category => await Text(group, field, column.Type, ct),
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
        if (field is TimeDataField time)
            return Text(
                (await Integers(group, field, ct)).As(value => TimeOfDay(time, value).AsMemory()), type);
        return Text(await Packed<ReadOnlyMemory<char>>(group, field, ct), type);
    }

    /// <remarks>.NET's own conversion is off by a last bit at times.</remarks>
    static double Nearest(decimal value) => double.Parse(
        value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    static string TimeOfDay(TimeDataField field, long value)
    {
        var ticks = field.ClrType == typeof(int)
            ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerMicrosecond;
        return value >= 0 && value <= TimeSpan.TicksPerDay / ticks
            ? new TimeOnly(value * ticks % TimeSpan.TicksPerDay)
                .ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            : throw OutOfRange(field, value);
    }

    static async Task<PackedColumn<long>> Whole(
        ParquetRowGroupReader group, DataField field, Column column, CancellationToken ct)
    {
        if (column.Type == ColumnType.Boolean)
            return (await Packed<bool>(group, field, ct)).As(value => value ? 1L : 0L);
        if (column.Type == ColumnType.Decimal)
            return (await Packed<decimal>(group, field, ct)).As(value => Units(value, column.Scale!.Value));
        return Micros(await Times(group, field, ct));
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

    /// <summary>Of 96 bits: all others are <see cref="Stored"/>.</summary>
    static async Task<PackedColumn<DateTime>> Times(
        ParquetRowGroupReader group, DataField field, CancellationToken ct)
    {
        try
        {
            var times = await Packed<DateTime>(group, field, ct);
            RefuseDoubtful(times.Present);
            return times;
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            throw new ProblemException([Beyond(field).Problems[0]], inner: beyond);
        }
    }

    /// <remarks>
    /// Parquet.Net 6.1 reads days of years before 1 as days of year 1, and adds nanoseconds, which
    /// are at most 292 years.
    /// </remarks>
    /// <exception cref="NotSupportedException">Some time may be another.</exception>
    static void RefuseDoubtful(ReadOnlySpan<DateTime> times)
    {
        foreach (var time in times)
            if (time.Year <= LastDoubtfulYear)
                throw new NotSupportedException("A time of 96 bits may be of a year before 1.");
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

    static PackedColumn<long> Micros(PackedColumn<DateTime> times)
    {
        const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;
        var micros = new long[times.Rows];
        var present = times.Present;
        for (var i = 0; i < present.Length; i++)
            // Each quotient by itself: a difference below 0 would be rounded up.
            micros[i] = present[i].Ticks / TicksPerMicro - DateTime.UnixEpoch.Ticks / TicksPerMicro;
        return new PackedColumn<long>(micros, times.Levels);
    }

    static long Units(decimal value, int scale)
    {
        for (var i = 0; i < scale; i++)
            value *= 10;
        return decimal.ToInt64(value);
    }

    static ProblemException Beyond(DataField field) => new(new Problem(
        "DATA-006", $"The Parquet column '{field.Name}' has a time that no table holds.",
        new Place("", Field: field.Name), Expected: "times of the years 1 to 9999",
        Next: "Make it missing, or text, with a SQL source."));

    static ProblemException OutOfRange(DataField field, object value) => new(new Problem(
        "DATA-006", $"The Parquet column '{field.Name}' has the value {value}.",
        Expected: "times of a day: from 0 to 24 hours",
        Next: "Cast the column with a SQL source."));
}
