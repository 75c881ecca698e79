using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>The values of one column of a table in memory. Rows count from 0.</summary>
public abstract class ColumnValues
{
    public abstract ColumnType Type { get; }

    public abstract int Count { get; }

    public abstract bool IsMissing(int row);

    /// <summary>
    /// The value as a number: false 0 and true 1, a date in days and a timestamp in seconds since 1970-01-01
    /// UTC; NaN where missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The column is text.</exception>
    public abstract double Number(int row);

    /// <summary>The value in invariant text that reads back equal; null where missing.</summary>
    public abstract string? Text(int row);

    /// <summary>The given rows, in the given order; a row may come twice.</summary>
    public abstract ColumnValues Take(ReadOnlySpan<int> rows);
}

/// <summary>
/// Dictionary-coded text: <paramref name="codes"/> index <paramref name="levels"/>, -1 is missing.
/// </summary>
public sealed class TextValues(int[] codes, string[] levels) : ColumnValues
{
    public ReadOnlySpan<int> Codes => codes;
    public IReadOnlyList<string> Levels => levels;
    public override ColumnType Type => ColumnType.Text;
    public override int Count => codes.Length;
    public override bool IsMissing(int row) => codes[row] < 0;
    public override double Number(int row) =>
        throw new InvalidOperationException("A text column has no numbers.");
    public override string? Text(int row) => codes[row] < 0 ? null : levels[codes[row]];
    public override ColumnValues Take(ReadOnlySpan<int> rows) => new TextValues(Pick(codes, rows), levels);

    internal static T[] Pick<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}

/// <summary>Real numbers; NaN is missing.</summary>
public sealed class RealValues(double[] values) : ColumnValues
{
    public ReadOnlySpan<double> Values => values;
    public override ColumnType Type => ColumnType.Real;
    public override int Count => values.Length;
    public override bool IsMissing(int row) => double.IsNaN(values[row]);
    public override double Number(int row) => values[row];
    public override string? Text(int row) =>
        IsMissing(row) ? null : values[row].ToString("R", CultureInfo.InvariantCulture);
    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new RealValues(TextValues.Pick(values, rows));
}

/// <summary>
/// Everything that is a whole number inside: integers; booleans as 0 and 1; dates as days and timestamps as
/// microseconds since 1970-01-01 UTC. <see cref="Missing"/> marks the rows without a value.
/// </summary>
public sealed class WholeValues(ColumnType type, long[] values) : ColumnValues
{
    /// <summary>The value that stands for none.</summary>
    public const long Missing = long.MinValue;

    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";

    public ReadOnlySpan<long> Values => values;
    public override ColumnType Type { get; } = type is ColumnType.Text or ColumnType.Real
        ? throw new ArgumentException($"{type} is no whole number.", nameof(type))
        : type;
    public override int Count => values.Length;
    public override bool IsMissing(int row) => values[row] == Missing;

    public override double Number(int row) =>
        IsMissing(row) ? double.NaN : Type == ColumnType.Timestamp ? values[row] / 1e6 : values[row];

    public override string? Text(int row) => IsMissing(row) ? null : Type switch
    {
        ColumnType.Boolean => values[row] == 0 ? "false" : "true",
        ColumnType.Date =>
            DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (int)values[row])
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Timestamp => DateTime.UnixEpoch.AddTicks(values[row] * TimeSpan.TicksPerMicrosecond)
            .ToString(TimestampFormat, CultureInfo.InvariantCulture),
        _ => values[row].ToString(CultureInfo.InvariantCulture),
    };

    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new WholeValues(Type, TextValues.Pick(values, rows));
}
