using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>Takes numbers out of dates: weeks as in ISO 8601, Monday 1 to Sunday 7.</summary>
static class DateParts
{
    /// <summary>The parts that a column of this type has: a date has no hour.</summary>
    public static IReadOnlyList<DatePart> Of(ColumnType type, IReadOnlyList<DatePart> parts) =>
        [.. parts.Where(part => type.IsMoment() || part != DatePart.Hour)];

    public static string SlotName(string column, DatePart part) => $"{column}.{part}";

    public static float[] Take(ColumnValues values, DatePart part)
    {
        var whole = (WholeValues)values;
        var taken = new float[whole.Count];
        for (var row = 0; row < taken.Length; row++)
            taken[row] = whole.IsMissing(row) ? float.NaN : Part(Moment(whole, row), part);
        return taken;
    }

    static DateTime Moment(WholeValues values, int row) =>
        DateTime.UnixEpoch.AddTicks(values.Values[row] * TicksPerUnit(values.Type));

    static long TicksPerUnit(ColumnType type) =>
        type == ColumnType.Date ? TimeSpan.TicksPerDay : TimeSpan.TicksPerMicrosecond;

    static int Part(DateTime moment, DatePart part) => part switch
    {
        DatePart.Year => moment.Year,
        DatePart.Quarter => (moment.Month + 2) / 3,
        DatePart.Month => moment.Month,
        DatePart.Week => ISOWeek.GetWeekOfYear(moment),
        DatePart.DayOfYear => moment.DayOfYear,
        DatePart.DayOfMonth => moment.Day,
        DatePart.DayOfWeek => moment.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)moment.DayOfWeek,
        DatePart.Hour => moment.Hour,
        DatePart.Ordinal =>
            DateOnly.FromDateTime(moment).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };
}
