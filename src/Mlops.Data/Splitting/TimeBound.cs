using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Splitting;

/// <summary>A point in time as pipelines write it, in the numbers that <see cref="ColumnValues.Number"/> gives.</summary>
public static class TimeBound
{
    /// <returns>Null where the text does not fit the column's type.</returns>
    public static double? Parse(ColumnType type, string text) => type switch
    {
        ColumnType.Date when Moment(text) is { } moment => Math.Floor((moment - DateTime.UnixEpoch).TotalDays),
        ColumnType.Timestamp when Moment(text) is { } moment => (moment - DateTime.UnixEpoch).TotalSeconds,
        ColumnType.Integer or ColumnType.Real
            when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    static DateTime? Moment(string text) =>
        DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;
}
