using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// Rows by calendar month; over more than sixty months by quarter, over more than sixty quarters by
/// year.
/// </summary>
static class CalendarPeriods
{
    const int MostPeriods = 60;

    /// <summary>Periods that have rows, in order.</summary>
    /// <param name="time">Dates or timestamps, none of them missing.</param>
    public static IReadOnlyList<(string Period, int[] Rows)> Cut(WholeValues time)
    {
        if (time.Count == 0)
            return [];
        var months = Array.ConvertAll(Enumerable.Range(0, time.Count).ToArray(), row => Month(time, row));
        var span = months.Max() / 3 - months.Min() / 3 + 1;
        var monthsPerPeriod = months.Max() - months.Min() + 1 <= MostPeriods
            ? 1
            : span <= MostPeriods ? 3 : 12;
        return [.. Enumerable.Range(0, time.Count)
            .GroupBy(row => months[row] / monthsPerPeriod)
            .OrderBy(group => group.Key)
            .Select(group => (Name(group.Key, monthsPerPeriod), group.ToArray()))];
    }

    /// <summary>Months since the year 0.</summary>
    static int Month(WholeValues time, int row)
    {
        var moment = time.Type == ColumnType.Date
            ? DateTime.UnixEpoch.AddDays(time.Values[row])
            : DateTime.UnixEpoch.AddMicroseconds(time.Values[row]);
        return moment.Year * 12 + moment.Month - 1;
    }

    static string Name(int period, int monthsPerPeriod) => monthsPerPeriod switch
    {
        1 => string.Create(CultureInfo.InvariantCulture, $"{period / 12:0000}-{period % 12 + 1:00}"),
        3 => string.Create(CultureInfo.InvariantCulture, $"{period / 4:0000}-Q{period % 4 + 1}"),
        _ => period.ToString("0000", CultureInfo.InvariantCulture),
    };
}
