using System.Globalization;

namespace Mlops.Data.Validation.Expressions;

/// <summary>
/// A decimal fraction that nothing was rounded of: a whole number of units of 10 to the minus scale. Whole
/// numbers of 64 bits, decimals and times in seconds are such, and what is made of them by adding and
/// multiplying, as long as it has no more than 38 digits.
/// </summary>
readonly struct ExactNumber(Int128 units, int scale)
{
    const int MostDigits = 38;

    /// <summary>10^0 … 10^38, the last that 128 bits hold.</summary>
    static readonly Int128[] PowersOfTen = [.. Powers()];

    static Int128 Limit => PowersOfTen[MostDigits];

    /// <summary>As rules write numbers: <c>9007199254740993</c>, <c>-0.1</c>, <c>1e3</c>.</summary>
    /// <returns>Null where it has too many digits, or is no number.</returns>
    public static ExactNumber? Parse(string text)
    {
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(
            text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out exponent))
            return null;
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        if (digits.Length > MostDigits || Math.Abs((long)exponent) > MostDigits || !Int128.TryParse(
            point < 0 ? digits : digits.Remove(point, 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var units))
            return null;
        var scale = decimals - exponent;
        return scale >= 0 ? Of(units, scale) : Scaled(units, -scale) is { } whole ? Of(whole, 0) : null;
    }

    /// <summary>The shortest number that is nearest to this double: 0.1 for that of 0.1.</summary>
    public static ExactNumber? Of(double value) => Parse(value.ToString("R", CultureInfo.InvariantCulture));

    public ExactNumber Negated() => new(-units, scale);

    public ExactNumber Abs() => new(Int128.Abs(units), scale);

    /// <returns>Null where it has too many digits.</returns>
    public ExactNumber? Plus(ExactNumber other) =>
        Alike(other) is var (a, b, common) ? Of(a + b, common) : null;

    /// <inheritdoc cref="Plus"/>
    public ExactNumber? Minus(ExactNumber other) => Plus(other.Negated());

    /// <inheritdoc cref="Plus"/>
    public ExactNumber? Times(ExactNumber other) =>
        Product(units, other.Units) is { } product ? Of(product, scale + other.Scale) : null;

    /// <returns>Less than, equal to or greater than 0; null where one has too many digits.</returns>
    public int? Order(ExactNumber other) => Alike(other) is var (a, b, _) ? a.CompareTo(b) : null;

    /// <summary>The largest number of units of 10 to the minus <paramref name="digits"/> in it.</summary>
    /// <returns>Null where it has too many digits.</returns>
    public Int128? Floor(int digits)
    {
        if (digits >= scale)
            return Scaled(units, digits - scale);
        var (quotient, rest) = Int128.DivRem(units, PowersOfTen[scale - digits]);
        return rest < 0 ? quotient - 1 : quotient;
    }

    Int128 Units => units;

    int Scale => scale;

    (Int128 Left, Int128 Right, int Scale)? Alike(ExactNumber other)
    {
        var common = Math.Max(scale, other.Scale);
        return Scaled(units, common - scale) is { } left && Scaled(other.Units, common - other.Scale)
            is { } right ? (left, right, common) : null;
    }

    static ExactNumber? Of(Int128 units, int scale) =>
        scale <= MostDigits && Int128.Abs(units) < Limit ? new ExactNumber(units, scale) : null;

    static Int128? Scaled(Int128 units, int digits) =>
        digits == 0 ? units : digits <= MostDigits ? Product(units, PowersOfTen[digits]) : null;

    /// <summary>Two numbers of 64 bits, the usual case, never have too many digits.</summary>
    static Int128? Product(Int128 a, Int128 b) =>
        ((long)a == a && (long)b == b) || a == 0 || Int128.Abs(b) < Limit / Int128.Abs(a) ? a * b : null;

    static IEnumerable<Int128> Powers()
    {
        Int128 power = 1;
        yield return power;
        for (var i = 0; i < MostDigits; i++)
            yield return power *= 10;
    }
}
