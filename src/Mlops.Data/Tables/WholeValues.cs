using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>
/// Everything that is a whole number inside: integers; booleans as 0 and 1; decimals as units of 10 to
/// the minus scale; dates as days and timestamps as microseconds since 1970-01-01, on a wall or in UTC.
/// <see cref="Missing"/> marks the rows without a value.
/// </summary>
/// <param name="scale">Digits behind the point of a decimal; 0 for other types.</param>
/// <param name="count">How many of the first values there are; null for all.</param>
public sealed class WholeValues(ColumnType type, long[] values, int scale = 0, int? count = null)
    : ColumnValues
{
    /// <summary>The value that stands for none.</summary>
    public const long Missing = long.MinValue;

    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";
    const string InstantFormat = TimestampFormat + "'Z'";

    /// <summary>Exact, so that a decimal of up to fifteen digits is the nearest double.</summary>
    readonly double unitsPerNumber = PowerOfTen(scale);

    public ReadOnlySpan<long> Values => values.AsSpan(0, Count);

    public int Scale => scale;

    public override ColumnType Type { get; } = type.IsText() || type.IsReal()
        ? throw new ArgumentException($"{type} is no whole number.", nameof(type))
        : type;

    public override int Count { get; } = count ?? values.Length;

    public override bool IsMissing(int row) => values[row] == Missing;

    public override double Number(int row) => IsMissing(row) ? double.NaN : NumberOf(values[row]);

    /// <summary>A value of this column, not the missing one, as <see cref="Number"/> gives it.</summary>
    public double NumberOf(long value) => Type switch
    {
        ColumnType.Timestamp or ColumnType.Instant => value / 1e6,
        ColumnType.Decimal => value / unitsPerNumber,
        _ => value,
    };

    public override string? Text(int row) => IsMissing(row) ? null : Type switch
    {
        ColumnType.Boolean => values[row] == 0 ? "false" : "true",
        ColumnType.Date =>
            DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (int)values[row])
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Timestamp => Moment(values[row], TimestampFormat),
        ColumnType.Instant => Moment(values[row], InstantFormat),
        ColumnType.Decimal => DecimalOf(values[row]).ToString(CultureInfo.InvariantCulture),
        _ => values[row].ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A value of a column of decimals, exactly and with all digits of its scale.</summary>
    public decimal DecimalOf(long value)
    {
        var magnitude = (ulong)Math.Abs(value);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, value < 0, (byte)scale);
    }

    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new WholeValues(Type, TextValues.Pick(values, rows), scale);

    static string Moment(long microseconds, string format) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            .ToString(format, CultureInfo.InvariantCulture);

    static double PowerOfTen(int exponent)
    {
        var power = 1.0;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
