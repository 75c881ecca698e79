using System.Globalization;
using Parquet.Meta;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// Dates, times and decimals of a Parquet file as the whole numbers that it holds. Parquet.Net would make a
/// <c>DateTime</c> or a <c>decimal</c> of each, and of those that are packed as differences none.
/// </summary>
/// <param name="Field">By which they are read: of type int or long.</param>
/// <param name="Times">A number times this is one of a table's units.</param>
/// <param name="Per">So many numbers are one of a table's units; a part of one is left out.</param>
sealed record StoredWhole(DataField Field, long Times, long Per)
{
    const long LeastDay = -719_162;
    const long GreatestDay = 2_932_896;
    const long LeastMicrosecond = LeastDay * TimeSpan.MicrosecondsPerDay;
    const long GreatestMicrosecond = ((GreatestDay + 1) * TimeSpan.MicrosecondsPerDay) - 1;

    /// <returns>Null where the file holds something else: decimals as bytes, times of 96 bits, of which
    /// see <see cref="Time96"/>.</returns>
    public static StoredWhole? Of(SchemaElement element, Column column) => (element.Type, column.Type) switch
    {
        (Parquet.Meta.Type.INT32, ColumnType.Date) => new(FieldOf<int>(element), 1, 1),
        (Parquet.Meta.Type.INT32, ColumnType.Decimal) => new(FieldOf<int>(element), 1, 1),
        (Parquet.Meta.Type.INT64, ColumnType.Decimal) => new(FieldOf<long>(element), 1, 1),
        (Parquet.Meta.Type.INT64, ColumnType.Timestamp or ColumnType.Instant) => Moments(element),
        _ => null,
    };

    /// <returns>
    /// Null where no table holds it: out of the years 1 to 9999, or the least number of 64 bits.
    /// </returns>
    public long? UnitsOf(long number, ColumnType type)
    {
        var (least, greatest) = type switch
        {
            ColumnType.Date => (LeastDay, GreatestDay),
            ColumnType.Timestamp or ColumnType.Instant => (LeastMicrosecond, GreatestMicrosecond),
            _ => (WholeValues.Missing + 1, long.MaxValue),
        };
        var whole = Whole(number);
        return whole >= least / Times && whole <= greatest / Times ? whole * Times : null;
    }

    /// <returns>Null where no table holds so many microseconds since 1970.</returns>
    public static long? MomentOf(Int128 microseconds) =>
        microseconds >= LeastMicrosecond && microseconds <= GreatestMicrosecond ? (long)microseconds : null;

    /// <summary>Of a number that no table holds.</summary>
    public string TextOf(long number, Column column) => column.Type switch
    {
        ColumnType.Date => FarTimes.Date(number),
        ColumnType.Timestamp => FarTimes.Time((Int128)Whole(number) * Times),
        ColumnType.Instant => FarTimes.Time((Int128)Whole(number) * Times) + "Z",
        _ => new decimal(0, int.MinValue, 0, true, (byte)(column.Scale ?? 0))
            .ToString(CultureInfo.InvariantCulture),
    };

    /// <remarks>Before 1970 too, what is left out is after the unit that it is a part of.</remarks>
    public static long Floor(long number, long per) => number / per - (number % per < 0 ? 1 : 0);

    long Whole(long number) => Floor(number, Per);

    static StoredWhole? Moments(SchemaElement element) =>
        element.LogicalType?.TIMESTAMP?.Unit is { } unit
            ? unit.MILLIS is not null ? new(FieldOf<long>(element), 1000, 1)
                : unit.MICROS is not null ? new(FieldOf<long>(element), 1, 1)
                : unit.NANOS is not null ? new(FieldOf<long>(element), 1, 1000)
                : null
            : element.ConvertedType switch
            {
                ConvertedType.TIMESTAMP_MILLIS => new(FieldOf<long>(element), 1000, 1),
                ConvertedType.TIMESTAMP_MICROS => new(FieldOf<long>(element), 1, 1),
                _ => null,
            };

    static DataField FieldOf<T>(SchemaElement element) =>
        FieldOf<T>(element.Name, element.RepetitionType == FieldRepetitionType.OPTIONAL);

    /// <summary>By which a column is read as something else than the file's schema says.</summary>
    public static DataField FieldOf<T>(string name, bool isNullable) =>
        new ParquetSchema(new DataField(name, typeof(T), isNullable: isNullable)).DataFields[0];
}
