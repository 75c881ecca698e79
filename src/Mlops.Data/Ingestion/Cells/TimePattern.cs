using System.Globalization;

namespace Mlops.Data.Ingestion;

/// <summary>A .NET pattern for dates and times.</summary>
public static class TimePattern
{
    /// <summary>A moment whose parts are all different, so that a part that is lost shows.</summary>
    static readonly DateTime Sample = new(2001, 2, 3, 16, 5, 6, DateTimeKind.Utc);

    /// <summary>The same of another year that has it on the same day of the week.</summary>
    static readonly DateTime OtherYear = Sample.AddYears(6);

    /// <summary>
    /// Whether a pattern says year, month and day: .NET would take what it lacks from the clock.
    /// </summary>
    public static bool IsWhole(string pattern) => HasYear(pattern) && ReadBack(pattern)?.Date == Sample.Date;

    /// <summary>Whether it says the year, or is no pattern.</summary>
    public static bool HasYear(string pattern)
    {
        try
        {
            return Sample.ToString(pattern, CultureInfo.InvariantCulture)
                != OtherYear.ToString(pattern, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return true;
        }
    }

    /// <summary>Whether it has a whole day and no time of it.</summary>
    public static bool IsDay(string pattern) => ReadBack(pattern) == Sample.Date;

    /// <summary>What is left of the sample when it was written so; null where it is no pattern.</summary>
    static DateTime? ReadBack(string pattern)
    {
        try
        {
            return DateTime.TryParseExact(
                Sample.ToString(pattern, CultureInfo.InvariantCulture), pattern, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal, out var read) ? read : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
