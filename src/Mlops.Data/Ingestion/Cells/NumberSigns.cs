using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>The signs that numbers are written with.</summary>
/// <param name="Decimal">Between a number's whole and its fraction.</param>
/// <param name="Thousands">Between groups of three digits; null where digits come in no groups.</param>
public sealed record NumberSigns(char Decimal, char? Thousands)
{
    const char NoBreak = '\u00a0';
    const char NarrowNoBreak = '\u202f';

    /// <summary>
    /// What may stand between groups; a blank means each of the three, which nobody can tell apart by eye.
    /// </summary>
    public static IReadOnlyList<char> Groupings { get; } = [',', '.', '\'', ' ', NoBreak, NarrowNoBreak];

    /// <summary>Of columns that say nothing else.</summary>
    public static NumberSigns Of(TextFormat format) =>
        new(format.DecimalSeparator[0], First(format.Thousands));

    /// <remarks>
    /// Whole numbers know no decimal sign, so it gives way where it is the one between their thousands.
    /// </remarks>
    public static NumberSigns Of(ColumnDeclaration column, TextFormat format)
    {
        var signs = new NumberSigns(
            (column.DecimalSeparator ?? format.DecimalSeparator)[0],
            First(column.Thousands ?? format.Thousands));
        return signs.AreAlike && column.Type.IsInteger()
            ? signs with { Decimal = signs.Decimal == '.' ? ',' : '.' }
            : signs;
    }

    /// <summary>Then 1.234 has two meanings.</summary>
    public bool AreAlike => Thousands == Decimal;

    /// <summary>Whether a character stands between groups.</summary>
    public bool IsGrouping(char character) => Thousands is { } sign
        && (character == sign || (sign == ' ' && character is NoBreak or NarrowNoBreak));

    /// <summary>Whether a cell has a sign that stands between groups.</summary>
    public bool IsGrouped(string cell) => cell.Any(IsGrouping);

    static char? First(string? sign) => string.IsNullOrEmpty(sign) ? null : sign[0];
}
