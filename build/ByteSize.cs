using System.Globalization;
using Mlops.Engine;

/// <summary>Sizes as people write them; units of a thousand.</summary>
static class ByteSize
{
    static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <exception cref="ProblemException">The text is no size (BUILD-030).</exception>
    public static long Parse(string text)
    {
        var number = text.TrimEnd("BKMGTbkmgt ".ToCharArray());
        var unit = text[number.Length..].Trim().ToUpperInvariant();
        var power = unit.Length == 0
            ? 0
            : Array.FindIndex(Units, known => known == unit || known == $"{unit}B");
        return power >= 0
            && double.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * Math.Pow(1000, power) <= long.MaxValue / 2
            ? (long)(value * Math.Pow(1000, power))
            : throw new ProblemException(new Problem(
                "BUILD-030", $"'{text}' is no size.",
                Expected: "a number and one of B, KB, MB, GB, TB, as 20GB"));
    }

    /// <summary><c>1.2 MB</c>.</summary>
    public static string Text(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture,
            $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }
}
