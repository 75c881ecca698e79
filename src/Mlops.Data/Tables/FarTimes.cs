using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>
/// Dates and times of any year as ISO 8601 writes them with more digits: <c>+12000-01-01</c>, and
/// <c>-0043-03-15</c> for 44 BC.
/// </summary>
static class FarTimes
{
    /// <summary>After these the calendar is the same again.</summary>
    const int YearsOfCycle = 400;
    const long DaysOfCycle = 146_097;

    /// <param name="days">Since 1970-01-01.</param>
    public static string Date(Int128 days)
    {
        var (cycles, rest) = Divided(days, DaysOfCycle);
        var like = DateTime.UnixEpoch.AddDays(rest);
        var year = like.Year + (cycles * YearsOfCycle);
        var sign = year < 0 ? "-" : year > DateTime.MaxValue.Year ? "+" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{sign}{Int128.Abs(year):0000}-{like:MM-dd}");
    }

    /// <param name="microseconds">Since 1970-01-01, on a wall or in UTC.</param>
    public static string Time(Int128 microseconds)
    {
        var (days, rest) = Divided(microseconds, TimeSpan.MicrosecondsPerDay);
        return Date(days) + DateTime.UnixEpoch.AddTicks(rest * TimeSpan.TicksPerMicrosecond)
            .ToString("'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
    }

    /// <summary>Since midnight, of however many hours: <c>30:00:00</c>, and <c>-00:00:00.5</c>.</summary>
    public static string Clock(Int128 microseconds)
    {
        var (hours, rest) = Divided(Int128.Abs(microseconds), TimeSpan.MicrosecondsPerHour);
        return string.Create(CultureInfo.InvariantCulture, $"{(microseconds < 0 ? "-" : "")}{hours:00}")
            + new TimeOnly(rest * TimeSpan.TicksPerMicrosecond)
                .ToString("':'mm:ss.FFFFFF", CultureInfo.InvariantCulture);
    }

    /// <returns>The quotient, rounded down, and what is left: never below 0.</returns>
    static (Int128 Quotient, long Left) Divided(Int128 number, long by)
    {
        var (quotient, rest) = Int128.DivRem(number, by);
        return rest < 0 ? (quotient - 1, (long)rest + by) : (quotient, (long)rest);
    }
}
