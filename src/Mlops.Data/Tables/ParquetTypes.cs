using Mlops.Engine;
using Parquet.Meta;
using Parquet.Schema;

namespace Mlops.Data.Tables;

/// <summary>
/// How a column stands in a Parquet file: BOOLEAN, INT32, INT64, FLOAT, DOUBLE, DECIMAL, UTF-8
/// BYTE_ARRAY, DATE, TIMESTAMP(micros; local, or for instants adjusted to UTC), all optional. Parquet.Net
/// cannot say ENUM, so the names of the categories stand in the footer.
/// </summary>
static class ParquetTypes
{
    /// <summary>Decimals of more digits are stored in 64 bits.</summary>
    const int MaxInt32Digits = 9;

    public static DataField FieldOf(Column column) => column.Type switch
    {
        ColumnType.Boolean => new DataField(column.Name, typeof(bool), isNullable: true),
        ColumnType.Integer => new DataField(column.Name, typeof(long), isNullable: true),
        ColumnType.Int32 => new DataField(column.Name, typeof(int), isNullable: true),
        ColumnType.Real => new DataField(column.Name, typeof(double), isNullable: true),
        ColumnType.Float => new DataField(column.Name, typeof(float), isNullable: true),
        ColumnType.Decimal => new DecimalDataField(
            column.Name, column.Precision!.Value, column.Scale!.Value, isNullable: true),
        ColumnType.Text or ColumnType.Category =>
            new DataField(column.Name, typeof(string), isNullable: true),
        ColumnType.Date => new DateTimeDataField(column.Name, DateTimeFormat.Date, isNullable: true),
        ColumnType.Timestamp or ColumnType.Instant => new DateTimeDataField(
            column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: column.Type == ColumnType.Instant,
            DateTimeTimeUnit.Micros, isNullable: true),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No such column type."),
    };

    /// <summary>
    /// As what a column's values are handed to Parquet.Net: dates, times and decimals as the whole numbers
    /// that the file holds. It would turn each <c>DateTime</c> and <c>decimal</c> into one, at ten times the
    /// price, and says the least and the greatest time in milliseconds where the column has microseconds:
    /// readers that believe it leave out rows.
    /// </summary>
    public static DataField StoredFieldOf(Column column) => column.Type switch
    {
        ColumnType.Date => new DataField(column.Name, typeof(int), isNullable: true),
        ColumnType.Timestamp or ColumnType.Instant =>
            new DataField(column.Name, typeof(long), isNullable: true),
        ColumnType.Decimal => new DataField(
            column.Name, column.Precision <= MaxInt32Digits ? typeof(int) : typeof(long), isNullable: true),
        _ => FieldOf(column),
    };

    /// <summary>
    /// Text as its bytes, or no values at all: without a dictionary, and no bounds are told.
    /// </summary>
    public static DataField BytesFieldOf(Column column) =>
        new(column.Name, typeof(byte[]), isNullable: true);

    /// <param name="element">What the footer says of the field.</param>
    /// <returns>Null where a table does not hold columns of that kind.</returns>
    public static Column? ColumnOf(DataField field, SchemaElement element) =>
        IsBytes(field) && IsJson(element) ? new Column(field.Name, ColumnType.Text)
        : Known(field) is { } column && !IsTimeStoredOtherwise(field, element, column) ? column
        : null;

    static Column? Known(DataField field) => field switch
    {
        { IsArray: true } or { MaxRepetitionLevel: > 0 } or { MaxDefinitionLevel: > 1 } => null,
        DecimalDataField { Precision: <= DeclaredType.MaxPrecision } exact =>
            new Column(field.Name, ColumnType.Decimal, exact.Precision, exact.Scale),
        DecimalDataField => new Column(field.Name, ColumnType.Real),
        TimeDataField => new Column(field.Name, ColumnType.Text),
        DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } => new Column(field.Name, ColumnType.Date),
        DateTimeDataField { IsAdjustedToUTC: true, DateTimeFormat: not DateTimeFormat.Impala } =>
            new Column(field.Name, ColumnType.Instant),
        _ => TypeOf(field.ClrType) is { } type ? new Column(field.Name, type) : null,
    };

    public static bool IsBytes(DataField field) => field.ClrType == typeof(ReadOnlyMemory<byte>);

    /// <summary>
    /// A date that is not of 32 bits, or a time that is not of 64, or of 96 and nothing else, is none that
    /// the format has: any number that was made of it would be a guess.
    /// </summary>
    static bool IsTimeStoredOtherwise(DataField field, SchemaElement element, Column column) =>
        column.Type.IsTime() && StoredWhole.Of(element, column) is null
        && field is not DateTimeDataField { DateTimeFormat: DateTimeFormat.Impala };

    /// <summary>Bytes that are JSON are text.</summary>
    static bool IsJson(SchemaElement element) =>
        element.LogicalType?.JSON is not null || element.ConvertedType == ConvertedType.JSON;

    /// <summary>What a footer says of each column, in order; of a nested one, of what it is in.</summary>
    /// <param name="schema">The tree, each parent before its children; the first is the root.</param>
    public static IEnumerable<SchemaElement> Elements(IReadOnlyList<SchemaElement> schema)
    {
        var nested = 0;
        foreach (var element in schema.Skip(1))
        {
            if (nested == 0)
                yield return element;
            nested += (element.NumChildren ?? 0) - (nested == 0 ? 0 : 1);
        }
    }

    static ColumnType? TypeOf(System.Type clr) =>
        clr == typeof(bool) ? ColumnType.Boolean
        : clr == typeof(long) || clr == typeof(uint) || clr == typeof(ulong) ? ColumnType.Integer
        : clr == typeof(int) || clr == typeof(short) || clr == typeof(ushort) || clr == typeof(sbyte)
            || clr == typeof(byte) ? ColumnType.Int32
        : clr == typeof(double) ? ColumnType.Real
        : clr == typeof(float) ? ColumnType.Float
        : clr == typeof(string) || clr == typeof(ReadOnlyMemory<char>) || clr == typeof(Guid)
            ? ColumnType.Text
        : clr == typeof(DateTime) ? ColumnType.Timestamp
        : null;

    /// <summary>What is wrong with a column that no table holds.</summary>
    public static Problem Unsupported(Field field, string file) => new(
        "DATA-003", $"The Parquet column '{field.Name}' is {Kind(field)}.",
            new Place(file, Field: field.Name),
        Expected: "a flat column: boolean, numbers, text, dates or times",
        Next: "Leave the column out, or flatten it with a SQL source.");

    static string Kind(Field field) => field switch
    {
        DataField { IsArray: true } or ListField => "a list",
        MapField => "a map",
        StructField => "a record with fields of its own",
        DataField data when IsBytes(data) => "bytes",
        DateTimeDataField => "a date or a time, stored as the format stores none",
        DataField data => $"of type {data.ClrType.Name}",
        _ => "nested",
    };
}
