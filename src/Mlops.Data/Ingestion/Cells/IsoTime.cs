namespace Mlops.Data.Ingestion;

/// <summary>
/// Dates and timestamps as ISO 8601 writes them: <c>2026-03-01</c>, <c>2026-03-01T12:30</c>, <c>2026-03-01
/// 12:30:15.25Z</c>, <c>…+01:00</c>, or as databases write it <c>…+01</c>. With an offset the time is
/// brought to UTC, without one it stays as it is.
/// </summary>
static class IsoTime
{
    const int DateChars = 10;
    const int MinuteChars = 16;
    const int SecondChars = 19;
    const int FractionDigits = 6;

    /// <summary>Days since 1970-01-01.</summary>
    public static bool TryDate(ReadOnlySpan<char> cell, out long days)
    {
        days = 0;
        if (cell.Length != DateChars || cell[4] != '-' || cell[7] != '-'
            || !Digits(cell[..4], out var year) || !Digits(cell[5..7], out var month)
                || !Digits(cell[8..], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days;
        return true;
    }

    /// <summary>
    /// Microseconds since 1970-01-01; finer digits are cut off. A date alone is its midnight.
    /// </summary>
    public static bool TryTimestamp(ReadOnlySpan<char> cell, out long microseconds) =>
        TryTimestamp(cell, out microseconds, out _);

    /// <inheritdoc cref="TryTimestamp(ReadOnlySpan{char}, out long)"/>
    /// <param name="hasOffset">Whether the time was brought to UTC.</param>
    public static bool TryTimestamp(ReadOnlySpan<char> cell, out long microseconds, out bool hasOffset)
    {
        microseconds = 0;
        hasOffset = false;
        if (cell.Length < DateChars || !TryDate(cell[..DateChars], out var days))
            return false;
        microseconds = days * TimeSpan.MicrosecondsPerDay;
        if (cell.Length == DateChars)
            return true;
        if (cell.Length < MinuteChars || cell[10] is not ('T' or 't' or ' ') || cell[13] != ':'
            || !Digits(cell[11..13], out var hour) || !Digits(cell[14..16], out var minute) || hour > 23
                || minute > 59)
            return false;
        microseconds += hour * TimeSpan.MicrosecondsPerHour + minute * TimeSpan.MicrosecondsPerMinute;
        var rest = cell[MinuteChars..];
        if (rest.Length > 0 && rest[0] == ':')
        {
            if (cell.Length < SecondChars || !Digits(cell[17..SecondChars], out var second) || second > 59)
                return false;
            microseconds += second * TimeSpan.MicrosecondsPerSecond;
            rest = cell[SecondChars..];
            if (rest.Length > 0 && rest[0] is '.' or ',' && !TryFraction(ref rest, ref microseconds))
                return false;
        }
        hasOffset = rest.Length > 0;
        return TryOffset(rest, ref microseconds);
    }

    /// <summary>Whether a timestamp is one of the years 1 to 9999.</summary>
    public static bool IsInRange(long microseconds) =>
        microseconds >= (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
        && microseconds <= (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    static bool TryFraction(ref ReadOnlySpan<char> rest, ref long microseconds)
    {
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? rest.Length - 1 : digits;
        var fraction = 0L;
        for (var i = 0; i < FractionDigits; i++)
            fraction = fraction * 10 + (i < digits ? rest[i + 1] - '0' : 0);
        microseconds += fraction;
        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    static bool TryOffset(ReadOnlySpan<char> rest, ref long microseconds)
    {
        if (rest.Length == 0 || rest is "Z" or "z")
            return true;
        var minutes = 0;
        if (rest.Length is not (3 or 5 or 6) || rest[0] is not ('+' or '-')
            || (rest.Length == 6 && rest[3] != ':') || !Digits(rest[1..3], out var hours)
            || (rest.Length > 3 && !Digits(rest[^2..], out minutes)) || hours > 14 || minutes > 59)
            return false;
        var offset = hours * TimeSpan.MicrosecondsPerHour + minutes * TimeSpan.MicrosecondsPerMinute;
        microseconds -= rest[0] == '+' ? offset : -offset;
        return IsInRange(microseconds);
    }

    static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
