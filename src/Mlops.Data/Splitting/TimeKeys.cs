using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>
/// A column's values as whole numbers of the same order, so that no precision is lost in comparing them.
/// </summary>
public static class TimeKeys
{
    /// <returns>Null where there is no value.</returns>
    public static long? KeyOf(ColumnValues column, int row) =>
        column.IsMissing(row) ? null
        : column is WholeValues whole ? whole.Values[row]
        : Ordered(column.Number(row));

    /// <exception cref="ProblemException">The text is no value of the column's type (DATA-035).</exception>
    public static long Parse(string at, Column column)
    {
        long key;
        var isValue = column.Type switch
        {
            ColumnType.Date => IsoTime.TryDate(at, out key),
            ColumnType.Timestamp => IsoTime.TryTimestamp(at, out key),
            ColumnType.Instant => IsoTime.TryTimestamp(at, out key, out var hasOffset) && hasOffset,
            ColumnType.Real or ColumnType.Float => TryReal(at, out key),
            ColumnType.Decimal =>
                DecimalText.TryParse(at, '.', DeclaredType.MaxPrecision, column.Scale ?? 0, out key),
            _ => Cells.TryInteger(at, out key),
        };
        return isValue ? key : throw new ProblemException(new Problem(
            "DATA-035",
            $"The split cannot be at '{at}': '{column.Name}' is a column of type {column.TypeWord}.",
            Expected: column.Type switch
            {
                ColumnType.Date => "a date such as 2026-03-31",
                ColumnType.Timestamp => "a timestamp such as 2026-03-31T12:30:00",
                ColumnType.Instant => "a timestamp with its offset, such as 2026-03-31T12:30:00Z",
                _ => "a number",
            },
            Next: "Correct split.at."));
    }

    static bool TryReal(string at, out long key)
    {
        var isReal = Cells.TryReal(at, '.', CultureInfo.InvariantCulture.NumberFormat, out var value);
        key = Ordered(value);
        return isReal;
    }

    /// <summary>
    /// IEEE 754: the bits of positive numbers are ordered, those of negative ones are in reverse.
    /// </summary>
    static long Ordered(double value)
    {
        // -0 equals 0.
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits >= 0 ? bits : long.MinValue - bits;
    }
}
