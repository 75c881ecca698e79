using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Values that a rule lists, as a column writes its own: 1.0 is 1 in a column of numbers, yes is true in one
/// of flags, a date is its midnight in one of times.
/// </summary>
static class MemberText
{
    /// <summary>The members as they are written and as the column would write them.</summary>
    public static HashSet<string> All(IReadOnlyList<string> members, ColumnType type, int scale)
    {
        HashSet<string> all = [.. members, .. members.Select(member => Of(member, type, scale))];
        if (type.IsReal() && all.Contains("0"))
            all.Add("-0");
        return all;
    }

    /// <param name="scale">Digits behind the point of decimals.</param>
    /// <returns>The member itself where it is no value of such a column.</returns>
    public static string Of(string member, ColumnType type, int scale) => type switch
    {
        ColumnType.Boolean => Flag(member),
        ColumnType.Real or ColumnType.Float => double.TryParse(
            member, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? new RealValues([number], type).Text(0) : null,
        ColumnType.Decimal => DecimalText.TryParse(
            member, '.', DeclaredType.MaxPrecision, scale, out var units) ? Whole(units, type, scale) : null,
        ColumnType.Date => IsoTime.TryDate(member, out var days) ? Whole(days, type) : null,
        ColumnType.Timestamp or ColumnType.Instant =>
            IsoTime.TryTimestamp(member, out var moment) ? Whole(moment, type) : null,
        ColumnType.Integer or ColumnType.Int32 => decimal.TryParse(
            member, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole)
            && decimal.IsInteger(whole) && Math.Abs(whole) <= long.MaxValue
                ? Whole((long)whole, type) : null,
        _ => null,
    } ?? member;

    static string? Whole(long value, ColumnType type, int scale = 0) =>
        new WholeValues(type, [value], scale).Text(0);

    static string? Flag(string member) => member.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => "true",
        "FALSE" or "NO" or "0" => "false",
        _ => null,
    };
}
