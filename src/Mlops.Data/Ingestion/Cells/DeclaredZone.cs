using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A zone by its name in the IANA database (<c>Europe/Berlin</c>), or UTC. What a name means is what the
/// machine's copy of the database says, so a declaration holds a digest of that too.
/// </summary>
public static class DeclaredZone
{
    /// <returns>Null where this machine knows no such zone.</returns>
    public static TimeZoneInfo? Find(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>Sixteen hexadecimal digits that stand for the zone's offsets at all times.</summary>
    public static string RulesOf(TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{zone.BaseUtcOffset.Ticks}");
        foreach (var rule in zone.GetAdjustmentRules())
            text.Append(CultureInfo.InvariantCulture,
                $"\n{rule.DateStart.Ticks} {rule.DateEnd.Ticks} {rule.BaseUtcOffsetDelta.Ticks} ")
                .Append(CultureInfo.InvariantCulture, $"{rule.DaylightDelta.Ticks} ")
                .Append(Words(rule.DaylightTransitionStart))
                .Append(' ').Append(Words(rule.DaylightTransitionEnd));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>
    /// A time on the zone's clocks as UTC; of two moments that the clocks showed alike it is the first.
    /// </summary>
    /// <param name="microseconds">Since 1970-01-01.</param>
    /// <returns>False where the clocks never showed that time.</returns>
    public static bool TryToUtc(TimeZoneInfo zone, ref long microseconds)
    {
        var local = DateTime.SpecifyKind(
            DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
            DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            return false;
        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        microseconds -= offset.Ticks / TimeSpan.TicksPerMicrosecond;
        return IsoTime.IsInRange(microseconds);
    }

    static string Words(TimeZoneInfo.TransitionTime at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at.IsFixedDateRule} {at.Month} {at.Week} {at.Day} {(int)at.DayOfWeek} {at.TimeOfDay.Ticks}");
}
