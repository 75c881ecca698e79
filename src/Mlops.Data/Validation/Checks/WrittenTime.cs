using System.Globalization;
using Mlops.Data.Ingestion;

namespace Mlops.Data.Validation.Checks;

/// <summary>A .NET pattern that texts may be written by; which ones fit does not go by the clock.</summary>
sealed class WrittenTime(string format)
{
    const string YearBefore = "yyyy'|'";

    /// <summary>
    /// 2000 was a leap year, and 28 years have each day of each month on each day of the week.
    /// </summary>
    static readonly string[] Years =
        [.. Enumerable.Range(2000, 28).Select(year => year.ToString(CultureInfo.InvariantCulture) + '|')];

    readonly bool hasYear = TimePattern.HasYear(format);
    readonly string[] withYear = [.. Written(format).Select(pattern => YearBefore + pattern)];

    /// <summary>
    /// Where the pattern has no year .NET takes this one: 29 February and days of the week would fit in some
    /// years and not in others. So they fit if they do in any.
    /// </summary>
    public bool Fits(string text) => hasYear ? Reads(text, [format])
        : Array.Exists(Years, year => Reads(year + text, withYear)) || TimeOnly.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    static bool Reads(string text, string[] patterns) => DateTimeOffset.TryParseExact(
        text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>A single letter may stand for a pattern; beside others it does not.</summary>
    static string[] Written(string format) => format is "m" or "M" or "t" or "T"
        ? CultureInfo.InvariantCulture.DateTimeFormat.GetAllDateTimePatterns(format[0]) : [format];
}
