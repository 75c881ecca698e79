using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>How a column's numbers are written whose digits come in groups, found from its cells.</summary>
/// <param name="Example">A cell that shows it.</param>
public sealed record GroupedNumbers(NumberSigns Signs, ColumnType Type, string Example)
{
    /// <summary>A blank means each of the three, so the others need not be tried.</summary>
    static readonly NumberSigns[] Styles =
    [
        new(',', '.'), new('.', ','), new('.', '\''), new(',', '\''), new('.', ' '), new(',', ' '),
    ];

    static readonly NumberSigns[] Plain = [new('.', null), new(',', null)];

    /// <summary>The styles in which a cell has groups of digits.</summary>
    public static IReadOnlyList<NumberSigns> StylesOf(string cell) =>
        [.. Styles.Where(style => style.IsGrouped(cell) && new NumberText(style).TryReal(cell, out _))];

    /// <param name="cells">All different ones that have a value, trimmed.</param>
    /// <param name="decimalSeparator">What stands before fractions where no cell has one.</param>
    /// <returns>
    /// Null unless every cell reads with one sign between thousands, and they do not all read with another
    /// or with none: <c>1,234</c> alone may be a fraction. Nor are digits that all have one form, as
    /// <c>123.456.789</c> has: these may be the name of something.
    /// </returns>
    public static GroupedNumbers? Find(IReadOnlyCollection<string> cells, char decimalSeparator)
    {
        if (cells.Count == 0 || cells.Any(IsNoNumber) || Plain.Any(Reads))
            return null;
        var read = Styles.Where(style => cells.Any(style.IsGrouped) && Reads(style)).ToList();
        if (read.Select(style => style.Thousands).Distinct().Count() != 1)
            return null;
        var signs = read.Find(style => style.Decimal == decimalSeparator) ?? read[0];
        var example = cells.Where(signs.IsGrouped)
            .OrderByDescending(cell => cell.Contains(signs.Decimal))
            .ThenByDescending(cell => cell.Length).ThenBy(cell => cell, StringComparer.Ordinal).First();
        if (!example.Contains(signs.Decimal) && cells.Select(Form).Distinct().Count() == 1)
            return null;
        var numbers = new NumberText(signs);
        return new GroupedNumbers(
            signs, cells.All(cell => numbers.TryInteger(cell, out _)) ? ColumnType.Integer : ColumnType.Real,
            example);

        bool Reads(NumberSigns style)
        {
            var numbers = new NumberText(style);
            return cells.All(cell => numbers.TryReal(cell, out _));
        }
    }

    /// <param name="format">What columns are written like that say nothing else.</param>
    public ColumnDeclaration Declare(string column, TextFormat format) => new(
        column, Type,
        DecimalSeparator: Type == ColumnType.Integer || format.DecimalSeparator == $"{Signs.Decimal}"
            ? null : $"{Signs.Decimal}",
        Thousands: $"{Signs.Thousands}");

    static bool IsNoNumber(string cell) => cell.Length == 0 || CandidateTypes.IsCode(cell);

    static string Form(string cell) =>
        string.Concat(cell.Select(letter => char.IsAsciiDigit(letter) ? '0' : letter));
}
