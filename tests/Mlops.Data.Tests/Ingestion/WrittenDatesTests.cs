using Mlops.Data.Ingestion;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Dates that are not ISO 8601 are found where nothing else can be meant.</summary>
public sealed class WrittenDatesTests
{
    static string Found(string cells) =>
        WrittenDates.Find(cells.Split('|', StringSplitOptions.RemoveEmptyEntries)) is { } found
            ? $"{found.Type} {found.Pattern}: {found.Example}" : "-";

    [Theory]
    [InlineData("05.06.2025|31.12.2024", "Date d.M.yyyy: 05.06.2025")]
    [InlineData("5.6.2025|31.12.2024", "Date d.M.yyyy: 31.12.2024")]
    [InlineData("05/06/2025|13/12/2024", "Date d/M/yyyy: 13/12/2024")]
    [InlineData("05/06/2025|12/13/2024", "Date M/d/yyyy: 12/13/2024")]
    [InlineData("5/6/2025|12/31/2024", "Date M/d/yyyy: 12/31/2024")]
    [InlineData("05-06-2025|31-12-2024", "Date d-M-yyyy: 31-12-2024")]
    [InlineData("2025/06/05|2024/12/31", "Date yyyy/M/d: 2024/12/31")]
    [InlineData("5 Jun 2025|31 Dec 2024", "Date d MMM yyyy: 31 Dec 2024")]
    [InlineData("Jun 5, 2025|May 31, 2024", "Date MMM d, yyyy: Jun 5, 2025")]
    [InlineData("05.06.2025 23:59|31.12.2024 00:00", "Timestamp d.M.yyyy H:mm: 05.06.2025 23:59")]
    [InlineData(
        "5/6/2025 1:05:09 PM|12/31/2024 11:00:00 AM",
        "Timestamp M/d/yyyy h:mm:ss tt: 12/31/2024 11:00:00 AM")]
    [InlineData("31.12.25|05.06.25", "Date d.M.yy: 05.06.25")]
    [InlineData("5.6.25|31.12.24|1.1.26", "Date d.M.yy: 1.1.26")]
    [InlineData("31.12.24|05.06.25", "Date d.M.yy: 05.06.25")]
    [InlineData("05/06/25|12/31/25", "Date M/d/yy: 12/31/25")]
    [InlineData("05/06/25|31/12/25", "Date d/M/yy: 31/12/25")]
    [InlineData("12-31-25", "Date M-d-yy: 12-31-25")]
    [InlineData("31-DEC-25|01-JAN-26", "Date d-MMM-yy: 01-JAN-26")]
    [InlineData("31 Dec 25|1 Jan 26", "Date d MMM yy: 1 Jan 26")]
    [InlineData("05.06.25 23:59|31.12.24 00:00", "Timestamp d.M.yy H:mm: 05.06.25 23:59")]
    [InlineData("12/31/25 11:05 PM", "Timestamp M/d/yy h:mm tt: 12/31/25 11:05 PM")]
    public void WhereEveryOtherReadingFailsThePatternIsFound(string cells, string found) =>
        Found(cells).ShouldBe(found);

    /// <summary>Days that may be months, also where both say the same; days that no month has; others.</summary>
    [Theory]
    [InlineData("05/06/2025|07/08/2025")]
    [InlineData("05/05/2025|06/06/2025")]
    [InlineData("05-06-2025")]
    [InlineData("13/12/2024|12/13/2024")]
    [InlineData("31.02.2025|01.03.2025")]
    [InlineData("05.06.2025|x")]
    [InlineData("05.06.2025|05.06.2025 10:00")]
    [InlineData("10.0.2025")]
    [InlineData("05.06.25")]
    [InlineData("31.12.25")]
    [InlineData("31.12.25|30.11.25")]
    [InlineData("25.12.31|24.12.31|23.12.31")]
    [InlineData("25-12-31|25-12-01|24-11-15")]
    [InlineData("05/06/25|07/08/25")]
    [InlineData("05.06.25|31.12.2025")]
    [InlineData("98.12.31|99.01.05")]
    [InlineData("31.12.98|05.06.25")]
    [InlineData("13.1.10|1.2.11|2.10.10")]
    [InlineData("3.8.10|3.10.12|3.11.14")]
    [InlineData("1.2.3")]
    [InlineData("")]
    public void WhereSomethingElseMayBeMeantNothingIsFound(string cells) => Found(cells).ShouldBe("-");
}
