using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Data.Validation.Checks;

/// <summary>Tests a value by its text.</summary>
static class TextChecks
{
    static readonly string[] BooleanTexts = ["true", "false", "0", "1"];

    /// <param name="known">What the check's Known holds; null where it has none.</param>
    public static Func<string, bool> Of(ColumnValues values, RowCheck check, KnownValues? known)
    {
        switch (check.Kind)
        {
            case RowCheckKind.Set:
                return Members(values, check.Set!).Contains;
            case RowCheckKind.Forbidden:
                var forbidden = Members(values, check.Set!);
                return text => !forbidden.Contains(text);
            case RowCheckKind.Pattern:
                return TextPattern.Whole(check.Pattern!);
            case RowCheckKind.Length:
                return text =>
                    TextLengths.Of(text) is var length && !(length < check.Min) && !(length > check.Max);
            case RowCheckKind.Format:
                var formats = check.Set!.Select(format => new WrittenTime(format)).ToList();
                return text => formats.Exists(format => format.Fits(text));
            case RowCheckKind.Known:
                return text => known!.Has(text, values.Type);
            case RowCheckKind.Word:
                return text => !IsNumber(text);
            case RowCheckKind.Number:
                return IsNumber;
            case RowCheckKind.Letters:
                return text => text.Any(char.IsLetterOrDigit);
            case RowCheckKind.Impersonal:
                var isPersonal = PersonalData.Finder(check.Set!);
                return text => !isPersonal(text);
            default:
                return text => Parses(text, check.Type!.Value);
        }
    }

    static HashSet<string> Members(ColumnValues values, IReadOnlyList<string> set) =>
        MemberText.All(set, values.Type, values is WholeValues whole ? whole.Scale : 0);

    public static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    static bool Parses(string text, ColumnType type) => type switch
    {
        ColumnType.Boolean => BooleanTexts.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase),
        ColumnType.Integer => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ColumnType.Int32 => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ColumnType.Decimal =>
            decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        ColumnType.Real or ColumnType.Float =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        // As a column of the type is read: .NET's own reading completes a time from the clock.
        ColumnType.Date => IsoTime.TryDate(text.AsSpan().Trim(), out _),
        ColumnType.Timestamp => IsoTime.TryTimestamp(text.AsSpan().Trim(), out _),
        ColumnType.Instant =>
            IsoTime.TryTimestamp(text.AsSpan().Trim(), out _, out var hasOffset) && hasOffset,
        _ => true,
    };
}
