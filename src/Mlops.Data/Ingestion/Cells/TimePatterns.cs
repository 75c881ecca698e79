using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>.NET patterns for dates and times, of which the first that fits a cell reads it.</summary>
sealed class TimePatterns(IReadOnlyList<string> patterns)
{
    /// <returns>Null where a column is to be written as ISO 8601.</returns>
    public static TimePatterns? Of(ColumnDeclaration column, TextFormat format) =>
        column.Format is { } first ? new([first, .. column.OtherFormats ?? []])
        : column.Type == ColumnType.Date ? OfDays(format.Dates)
        : Of(format.Dates);

    /// <summary>All patterns; null where there are none.</summary>
    public static TimePatterns? Of(IReadOnlyList<string>? patterns) =>
        patterns is { Count: > 0 } ? new(patterns) : null;

    /// <summary>Those that a time of day would not be lost with; null where there are none.</summary>
    public static TimePatterns? OfDays(IReadOnlyList<string>? patterns) =>
        Of([.. (patterns ?? []).Where(TimePattern.IsDay)]);

    /// <summary>Of each pattern whether it says no more than a day.</summary>
    readonly bool[] isDay = [.. patterns.Select(TimePattern.IsDay)];

    public string Words => string.Join(" or ", patterns);

    /// <summary>The same for a date, which a time of day would be lost of.</summary>
    public string DateWords => isDay.Contains(false) ? Words + " at 00:00, a date having no time" : Words;

    public bool TryDate(ReadOnlySpan<char> cell, out long days)
    {
        days = 0;
        for (var i = 0; i < patterns.Count; i++)
            if (isDay[i]
                ? Cells.TryDate(cell, patterns[i], out days)
                : Cells.TryMidnight(cell, patterns[i], out days))
                return true;
        return false;
    }

    public bool TryTimestamp(ReadOnlySpan<char> cell, out long microseconds)
    {
        microseconds = 0;
        foreach (var pattern in patterns)
            if (Cells.TryTimestamp(cell, pattern, out microseconds))
                return true;
        return false;
    }

    public bool TryMoment(ReadOnlySpan<char> cell, out long microseconds, out bool hasOffset)
    {
        (microseconds, hasOffset) = (0, false);
        foreach (var pattern in patterns)
            if (Cells.TryMoment(cell, pattern, out microseconds, out hasOffset))
                return true;
        return false;
    }
}
