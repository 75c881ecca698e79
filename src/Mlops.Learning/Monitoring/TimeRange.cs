using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Monitoring;

/// <summary>A window in the unit of its time column: days, or microseconds, since 1970-01-01 UTC.</summary>
public readonly record struct TimeRange(long? From, long? To)
{
    static readonly string[] TimestampFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK",
    ];

    /// <summary>No row lies in it.</summary>
    public static TimeRange Nothing => new(long.MaxValue, long.MinValue);

    public bool Contains(long time) => !(time < From) && !(time >= To);

    public int[] Rows(WholeValues time)
    {
        var rows = new List<int>();
        for (var row = 0; row < time.Count; row++)
            if (!time.IsMissing(row) && Contains(time.Values[row]))
                rows.Add(row);
        return [.. rows];
    }

    /// <param name="name">"reference" or "current".</param>
    /// <param name="type">Date takes dates alone; timestamps also take dates, at midnight UTC.</param>
    public static TimeRange Parse(Window window, string name, ColumnType type, List<Problem> problems)
    {
        var range = new TimeRange(
            Bound(window.From, $"monitor.{name}.from", type, problems),
            Bound(window.To, $"monitor.{name}.to", type, problems));
        if (range.From >= range.To)
            problems.Add(new Problem("MONITOR-003", $"The {name} window ends before it begins.",
                Expected: "from before to", Actual: $"from {window.From} to {window.To}",
                Next: $"Correct monitor.{name}."));
        return range;
    }

    static long? Bound(string? text, string where, ColumnType type, List<Problem> problems)
    {
        if (text is null)
            return null;
        if (type == ColumnType.Date
            && DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        if (type.IsMoment() && DateTime.TryParseExact(
                text, TimestampFormats, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            return (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        problems.Add(new Problem(
            "MONITOR-002",
            $"{where} is not a {(type == ColumnType.Date ? "date" : "timestamp")}, as the time column is.",
            Expected: type == ColumnType.Date ? "2026-03-01" : "2026-03-01 or 2026-03-01T06:30:00",
            Actual: $"'{text}'", Next: $"Correct {where}."));
        return null;
    }
}
