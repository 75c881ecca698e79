using System.Globalization;

namespace Mlops.Data.Ingestion;

/// <summary>Reads numbers that are written with given signs.</summary>
sealed class NumberText(NumberSigns signs)
{
    readonly NumberFormatInfo numbers = Cells.NumbersWith(signs.Decimal);
    char[] digits = [];

    public char Decimal => signs.Decimal;

    /// <summary>How thousands are to be written, for a refusal to say; empty where they are not.</summary>
    public string Words =>
        signs.Thousands is { } sign ? $", with '{sign}' between groups of three digits only" : "";

    public bool TryReal(ReadOnlySpan<char> cell, out double value)
    {
        value = 0;
        return TryUngroup(cell, out var plain) && Cells.TryReal(plain, signs.Decimal, numbers, out value);
    }

    /// <param name="cell">What <see cref="TryReal"/> takes.</param>
    public bool TryFloat(ReadOnlySpan<char> cell, out double value)
    {
        value = 0;
        return TryUngroup(cell, out var plain) && Cells.TryFloat(plain, numbers, out value);
    }

    public bool TryInteger(ReadOnlySpan<char> cell, out long value)
    {
        value = 0;
        return TryUngroup(cell, out var plain) && Cells.TryInteger(plain, out value);
    }

    public bool TryInt32(ReadOnlySpan<char> cell, out long value) =>
        TryInteger(cell, out value) && value is >= int.MinValue and <= int.MaxValue;

    /// <inheritdoc cref="DecimalText.TryParse"/>
    public bool TryDecimal(ReadOnlySpan<char> cell, int precision, int scale, out long units)
    {
        units = 0;
        return TryUngroup(cell, out var plain)
            && DecimalText.TryParse(plain, signs.Decimal, precision, scale, out units);
    }

    /// <summary>
    /// Takes the signs out from between groups. A number has them between all groups or none: one to three
    /// digits of which the first is no zero (0.123 is rather a fraction with the other sign), then three
    /// after each sign, then perhaps a fraction, and no exponent.
    /// </summary>
    /// <param name="plain">Valid until the next number is read.</param>
    /// <returns>False where there are signs, but not so.</returns>
    public bool TryUngroup(ReadOnlySpan<char> cell, out ReadOnlySpan<char> plain)
    {
        plain = cell;
        if (signs.Thousands is null || !HasGrouping(cell))
            return true;
        var point = cell.IndexOf(signs.Decimal);
        var whole = point < 0 ? cell : cell[..point];
        var fraction = point < 0 ? [] : cell[(point + 1)..];
        var start = whole.Length > 0 && whole[0] is '-' or '+' ? 1 : 0;
        if (!AreGroups(whole[start..]) || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (digits.Length < cell.Length)
            digits = new char[cell.Length * 2];
        var length = 0;
        foreach (var character in cell)
            if (!signs.IsGrouping(character))
                digits[length++] = character;
        plain = digits.AsSpan(0, length);
        return true;
    }

    bool HasGrouping(ReadOnlySpan<char> cell)
    {
        foreach (var character in cell)
            if (signs.IsGrouping(character))
                return true;
        return false;
    }

    bool AreGroups(ReadOnlySpan<char> whole)
    {
        const int groupWithSign = 4;
        var first = whole.Length % groupWithSign;
        if (first == 0 || whole[0] == '0')
            return false;
        for (var i = 0; i < whole.Length; i++)
            if (i % groupWithSign == first ? !signs.IsGrouping(whole[i]) : !char.IsAsciiDigit(whole[i]))
                return false;
        return true;
    }
}
