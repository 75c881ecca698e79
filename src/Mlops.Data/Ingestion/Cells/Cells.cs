using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Reads the text of one cell, trimmed, as a value. No reader depends on the machine's culture.
/// </summary>
static class Cells
{
    const NumberStyles RealStyles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>10^0 … 10^22 are the powers of ten that a double holds exactly.</summary>
    static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    public static NumberFormatInfo NumbersWith(char decimalSeparator) =>
        new() { NumberDecimalSeparator = decimalSeparator.ToString(), NumberGroupSeparator = "\0" };

    public static bool TryInteger(ReadOnlySpan<char> cell, out long value) =>
        long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value != WholeValues.Missing;

    /// <summary>
    /// The nearest number of single precision, which rounding the nearest double would not always give.
    /// </summary>
    /// <param name="cell">What <see cref="TryReal"/> takes.</param>
    public static bool TryFloat(ReadOnlySpan<char> cell, NumberFormatInfo numbers, out double value)
    {
        var isFloat = float.TryParse(cell, RealStyles, numbers, out var single) && float.IsFinite(single);
        value = single;
        return isFloat;
    }

    /// <summary>A finite number; words such as "NaN" and "Infinity" are none.</summary>
    public static bool TryReal(
        ReadOnlySpan<char> cell, char separator, NumberFormatInfo numbers, out double value) =>
        TryShortDecimal(cell, separator, out value)
        || (double.TryParse(cell, RealStyles, numbers, out value) && double.IsFinite(value));

    /// <summary>
    /// At most fifteen digits and no exponent: mantissa and power of ten are then exact, and so is their
    /// quotient (Clinger 1990, the fast path).
    /// </summary>
    static bool TryShortDecimal(ReadOnlySpan<char> cell, char separator, out double value)
    {
        value = 0;
        var isNegative = cell.Length > 0 && cell[0] == '-';
        var digits = isNegative ? cell[1..] : cell;
        if (digits.Length is 0 or > 16)
            return false;
        var mantissa = 0L;
        var decimals = -1;
        foreach (var c in digits)
        {
            if (char.IsAsciiDigit(c))
                mantissa = mantissa * 10 + (c - '0');
            else if (c == separator && decimals < 0)
                decimals = 0;
            else
                return false;
            if (decimals >= 0 && c != separator)
                decimals++;
        }
        if (mantissa > 1L << 53 || (decimals >= 0 && digits.Length == 1))
            return false;
        value = mantissa / PowersOfTen[Math.Max(0, decimals)];
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>true, yes, 1 and false, no, 0 in any case.</summary>
    public static bool TryBoolean(ReadOnlySpan<char> cell, out long value)
    {
        value = Is(cell, "true") || Is(cell, "yes") || cell is "1" ? 1 : 0;
        return value == 1 || Is(cell, "false") || Is(cell, "no") || cell is "0";
    }

    /// <summary>
    /// The words true and false in any case: nothing else is safe to take for a boolean unasked.
    /// </summary>
    public static bool IsBooleanWord(ReadOnlySpan<char> cell) => Is(cell, "true") || Is(cell, "false");

    /// <summary>
    /// Years of two digits are those of 1950 to 2049: .NET would ask Windows, where each person may set it.
    /// </summary>
    static readonly DateTimeFormatInfo Times = TimesUpTo(2049);

    static DateTimeFormatInfo TimesUpTo(int lastYear)
    {
        var times = (DateTimeFormatInfo)DateTimeFormatInfo.InvariantInfo.Clone();
        times.Calendar.TwoDigitYearMax = lastYear;
        return DateTimeFormatInfo.ReadOnly(times);
    }

    /// <summary>Days by a .NET pattern that has a time of day, which has to be 0:00.</summary>
    public static bool TryMidnight(ReadOnlySpan<char> cell, string format, out long days)
    {
        var isTime = DateTimeOffset.TryParseExact(
            cell, format, Times, DateTimeStyles.AssumeUniversal, out var time);
        days = (time.Date - DateTime.UnixEpoch).Days;
        return isTime && time.TimeOfDay == TimeSpan.Zero;
    }

    /// <summary>Days by a .NET pattern of a day alone.</summary>
    public static bool TryDate(ReadOnlySpan<char> cell, string format, out long days)
    {
        var isDate = DateOnly.TryParseExact(
            cell, format, Times, DateTimeStyles.None, out var date);
        days = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return isDate;
    }

    /// <summary>Microseconds by a .NET pattern; UTC where the pattern has an offset.</summary>
    public static bool TryTimestamp(ReadOnlySpan<char> cell, string format, out long microseconds)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isTime = DateTime.TryParseExact(cell, format, Times, styles, out var time);
        // Each quotient by itself: a difference below 0 would be rounded up.
        microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond
            - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond;
        return isTime && (time.Ticks >= TimeSpan.TicksPerDay || IsInYears(cell, format));
    }

    /// <summary>Where an offset leads before the first day, .NET gives a time on that day.</summary>
    static bool IsInYears(ReadOnlySpan<char> cell, string format) => DateTimeOffset.TryParseExact(
        cell, format, Times, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>As <see cref="TryTimestamp"/>, and whether the cell had an offset.</summary>
    public static bool TryMoment(
        ReadOnlySpan<char> cell, string format, out long microseconds, out bool hasOffset)
    {
        var isTime = DateTime.TryParseExact(
            cell, format, Times, DateTimeStyles.RoundtripKind, out var time);
        hasOffset = time.Kind != DateTimeKind.Unspecified;
        return TryTimestamp(cell, format, out microseconds) && isTime;
    }

    static bool Is(ReadOnlySpan<char> cell, string word) =>
        cell.Equals(word, StringComparison.OrdinalIgnoreCase);
}
