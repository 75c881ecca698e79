using System.Globalization;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>Points in time as ISO 8601, in UTC where they do not say otherwise.</summary>
static class PointInTime
{
    static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd' 'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd' 'HH:mm:ss.FFFFFF",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK",
    ];

    public static Shape<string> Shape { get; } = Scalars.Matching(
        "a date such as 2026-04-01, or a timestamp such as 2026-04-01T12:00:00",
        text => Parse(text) is not null, @"^\d{4}-\d{2}-\d{2}");

    public static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? moment
                : null;
}
