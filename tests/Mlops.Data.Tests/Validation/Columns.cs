using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Validation;

/// <summary>Columns in short form; null is missing.</summary>
static class Columns
{
    public static Table Table(params (string Name, ColumnValues Values)[] columns) =>
        Drift.Tables.Of(columns);

    public static ColumnValues Texts(params string?[] values)
    {
        string[] levels = [.. values.OfType<string>().Distinct()];
        return new TextValues(
            [.. values.Select(value => value is null ? -1 : Array.IndexOf(levels, value))], levels);
    }

    public static ColumnValues Reals(params double?[] values) =>
        new RealValues([.. values.Select(value => value ?? double.NaN)]);

    public static ColumnValues Integers(params long?[] values) =>
        new WholeValues(ColumnType.Integer, [.. values.Select(value => value ?? WholeValues.Missing)]);

    /// <summary>As <c>2026-01-31</c>.</summary>
    public static ColumnValues Dates(params string?[] values) =>
        new WholeValues(ColumnType.Date, [.. values.Select(value =>
            value is null ? WholeValues.Missing
                : (long)(DateTime.Parse(value, System.Globalization.CultureInfo.InvariantCulture)
                    - DateTime.UnixEpoch).TotalDays)]);

    /// <summary>As <c>2026-01-31T12:00:00</c>.</summary>
    public static ColumnValues Times(params string?[] values) =>
        new WholeValues(ColumnType.Timestamp, [.. values.Select(value =>
            value is null ? WholeValues.Missing
                : (DateTime.Parse(value, System.Globalization.CultureInfo.InvariantCulture)
                    - DateTime.UnixEpoch).Ticks / 10)]);
}
