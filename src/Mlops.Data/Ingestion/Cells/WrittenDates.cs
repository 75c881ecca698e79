using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>How a column's dates or times are written that are not ISO 8601, found from its cells.</summary>
/// <param name="Pattern">A .NET pattern.</param>
/// <param name="Example">A cell that shows it: where a day may be a month, one that is none.</param>
public sealed record WrittenDates(ColumnType Type, string Pattern, string Example)
{
    /// <summary>So far apart are days at least that are told from years of two digits by it.</summary>
    const int WideDays = 13;

    /// <summary>Of one digit or two, for rows or files that come later may have either.</summary>
    static readonly string[] Days =
    [
        "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "yyyy/M/d", "yyyy.M.d", "d MMM yyyy",
        "d-MMM-yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
        "d.M.yy", "d/M/yy", "M/d/yy", "d-M-yy", "M-d-yy", "d MMM yy", "d-MMM-yy",
    ];

    static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt"];

    /// <param name="cells">All different ones that have a value, trimmed.</param>
    /// <returns>
    /// Null unless every cell reads by one of the usual patterns, and not all of them by one that has day and
    /// month the other way round too, or may have a year of two digits where the day is.
    /// </returns>
    public static WrittenDates? Find(IReadOnlyCollection<string> cells)
    {
        // Most columns of text end with their first cell.
        var read = cells.Count == 0 ? []
            : Clocks.SelectMany(clock => Days.Select(day => day + clock))
                .Where(pattern => cells.All(cell => Reads(cell, pattern))).ToList();
        if (read.Count == 0 || read.Select(BeginsWithDay).Distinct().Count() > 1
            || (BeginsWithDay(read[0]) && !read[0].Contains("yyyy") && !AreDays(cells, read[0])))
            return null;
        var pattern = read[0];
        var ordered = cells.Order(StringComparer.Ordinal).ToList();
        return new WrittenDates(
            IsDay(pattern) ? ColumnType.Date : ColumnType.Timestamp, pattern,
            ordered.Find(cell => Days.All(day => BeginsWithDay(day) == BeginsWithDay(pattern)
                || !Clocks.Any(clock => Reads(cell, day + clock)))) ?? ordered[0]);
    }

    public ColumnDeclaration Declare(string column) => new(column, Type, Pattern);

    static bool Reads(string cell, string pattern) => IsDay(pattern)
        ? Cells.TryDate(cell, pattern, out _)
        : Cells.TryTimestamp(cell, pattern, out _);

    /// <summary>
    /// Whether the days that a pattern begins with are neither years nor numbers of a version: they are far
    /// apart, and its years are not, as 31.12.25 and 05.06.25 are not of 2031 and 2005. A cell alone says
    /// nothing of that.
    /// </summary>
    static bool AreDays(IReadOnlyCollection<string> cells, string pattern)
    {
        var (days, years) = (new List<int>(), new List<int>());
        foreach (var cell in cells)
        {
            Cells.TryTimestamp(cell, pattern, out var moment);
            var time = DateTime.UnixEpoch.AddMicroseconds(moment);
            days.Add(time.Day);
            years.Add(time.Year);
        }
        var apart = days.Max() - days.Min();
        return apart >= WideDays && apart > 2 * (years.Max() - years.Min());
    }

    static bool IsDay(string pattern) => !pattern.Contains('m');

    static bool BeginsWithDay(string pattern) =>
        pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);
}
