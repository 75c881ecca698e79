using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlops.Reporting.Tests;

/// <summary>
/// WCAG 2.2 AA over the palette of the style sheet: 4.5 for text, 3 for graphics, in every theme.
/// </summary>
public sealed partial class ContrastTests
{
    static readonly (string Ink, string Paper, double Least)[] Pairs =
    [
        .. from ink in new[] { "fg", "mut", "accent", "ok", "warn", "bad" }
           from paper in new[] { "bg", "card", "soft" }
           select (ink, paper, 4.5),
        .. from ink in new[] { "fg", "mut" }
           from paper in new[] { "okbg", "warnbg", "badbg", "band", "band2" }
           select (ink, paper, 4.5),
        ("ok", "okbg", 4.5), ("warn", "warnbg", 4.5), ("bad", "badbg", 4.5),
        .. from ink in new[] { "ref", "cur", "bar", "accent" } select (ink, "card", 3.0),
        ("accent", "band", 3), ("accent", "band2", 3),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryThemeCanBeRead(int theme)
    {
        var colours = Palette(theme);
        foreach (var (ink, paper, least) in Pairs)
            Ratio(colours[ink], colours[paper])
                .ShouldBeGreaterThanOrEqualTo(least, $"{ink} on {paper}, theme {theme}");
    }

    /// <summary>The light, dark and print themes are the first three <c>:root</c> rules.</summary>
    static Dictionary<string, string> Palette(int theme) =>
        Colours().Matches(Roots().Matches(Workbench.TemplateText("report.css"))[theme].Value)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    static double Ratio(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    static double Luminance(string colour)
    {
        var digits = colour.Length == 3
            ? string.Concat(colour.SelectMany(digit => new[] { digit, digit })) : colour;
        double Channel(int i)
        {
            var value = int.Parse(digits.AsSpan(2 * i, 2), NumberStyles.HexNumber,
                CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(1)) + (0.0722 * Channel(2));
    }

    [GeneratedRegex(@":root\{[^}]*\}")]
    private static partial Regex Roots();

    [GeneratedRegex("--([a-z0-9]+):#([0-9a-f]+)")]
    private static partial Regex Colours();
}
