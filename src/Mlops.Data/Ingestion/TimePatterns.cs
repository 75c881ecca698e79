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

    public string Words => string.Join(" or ", patterns);

    public bool TryDate(ReadOnlySpan<char> cell, out long days)
    {
        days = 0;
        foreach (var pattern in patterns)
            if (Cells.TryDate(cell, pattern, out days))
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
