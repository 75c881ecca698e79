namespace Mlops.Data.Tables;

/// <summary>
/// What a column's values are. The first six come first because inference takes the first that every cell
/// reads as; it finds none of the others, which are declared or come with typed sources.
/// </summary>
public enum ColumnType
{
    Boolean,
    /// <summary>64 bits.</summary>
    Integer,
    /// <summary>Double precision.</summary>
    Real,
    Text,
    /// <summary>A day of the calendar.</summary>
    Date,
    /// <summary>A day and a time as a clock on some wall shows them, to the microsecond.</summary>
    Timestamp,
    Int32,
    /// <summary>Single precision.</summary>
    Float,
    /// <summary>A decimal fraction, exact: a whole number of units of 10 to the minus scale.</summary>
    Decimal,
    /// <summary>A moment, the same everywhere: a timestamp with its zone, brought to UTC.</summary>
    Instant,
    /// <summary>
    /// Text that names one of few levels: those declared, or where none are declared those that come.
    /// </summary>
    Category,
}

/// <summary>What types have in common.</summary>
public static class ColumnTypes
{
    public static bool IsText(this ColumnType type) => type is ColumnType.Text or ColumnType.Category;

    public static bool IsInteger(this ColumnType type) => type is ColumnType.Integer or ColumnType.Int32;

    public static bool IsReal(this ColumnType type) => type is ColumnType.Real or ColumnType.Float;

    /// <summary>A quantity: integers, reals and decimals, but no flag and no time.</summary>
    public static bool IsNumber(this ColumnType type) =>
        type.IsInteger() || type.IsReal() || type == ColumnType.Decimal;

    /// <summary>A date or a timestamp of either kind.</summary>
    public static bool IsTime(this ColumnType type) => type == ColumnType.Date || type.IsMoment();

    /// <summary>Counted in microseconds since 1970-01-01, on a wall or in UTC.</summary>
    public static bool IsMoment(this ColumnType type) => type is ColumnType.Timestamp or ColumnType.Instant;

    /// <summary>Whether every value of the one is a value of the other.</summary>
    public static bool Holds(this ColumnType type, ColumnType other) =>
        type == other
        || (type == ColumnType.Real && (other.IsInteger() || other == ColumnType.Float))
        || (type == ColumnType.Integer && other == ColumnType.Int32)
        || (type == ColumnType.Text && other == ColumnType.Category);
}
