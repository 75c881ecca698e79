namespace Mlops.Data.Ingestion;

/// <summary>Decimal fractions as people write them, exactly.</summary>
static class DecimalText
{
    /// <summary>
    /// An optional sign, digits, and perhaps the separator and more digits; no exponent. Zeros behind the
    /// last digit that the scale holds change nothing; any other digit there would be lost, so it is
    /// refused.
    /// </summary>
    /// <param name="units">The value in units of 10 to the minus <paramref name="scale"/>.</param>
    public static bool TryParse(
        ReadOnlySpan<char> cell, char separator, int precision, int scale, out long units)
    {
        units = 0;
        var isNegative = cell.Length > 0 && cell[0] == '-';
        var digits = cell.Length > 0 && cell[0] is '-' or '+' ? cell[1..] : cell;
        var point = digits.IndexOf(separator);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || whole.ContainsAnyExceptInRange('0', '9')
            || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;
        fraction = fraction.TrimEnd('0');
        whole = whole.TrimStart('0');
        if (fraction.Length > scale || whole.Length > precision - scale)
            return false;
        foreach (var digit in whole)
            units = units * 10 + (digit - '0');
        for (var i = 0; i < scale; i++)
            units = units * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        units = isNegative ? -units : units;
        return true;
    }
}
