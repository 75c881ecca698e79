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
                return known!.Has;
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

    /// <summary>
    /// Members as the column writes its values: in a column of reals or decimals, 1 and 1.0 are one member.
    /// </summary>
    static HashSet<string> Members(ColumnValues values, IReadOnlyList<string> set)
    {
        var members = new HashSet<string>(set, StringComparer.Ordinal);
        if (values.Type.IsReal())
            foreach (var member in set)
                if (double.TryParse(member, CultureInfo.InvariantCulture, out var number))
                    members.Add(new RealValues([number], values.Type).Text(0) ?? member);
        if (values is WholeValues { Type: ColumnType.Decimal, Scale: var scale })
            foreach (var member in set)
                if (DecimalText.TryParse(member, '.', DeclaredType.MaxPrecision, scale, out var units))
                    members.Add(new WholeValues(ColumnType.Decimal, [units], scale).Text(0)!);
        return members;
    }

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
