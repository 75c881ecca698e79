using System.Globalization;
using System.Text;

namespace Mlops.Reporting.Rendering;

/// <summary>
/// Text made safe for markup and for the eye: encoded for element content and quoted attributes alike, and
/// with nothing in it that a reader cannot see. Control characters, bidirectional overrides and zero-width
/// characters could make a report read differently than it says, so they are shown as <c>⟨U+202E⟩</c>.
/// </summary>
static class VisibleText
{
    /// <summary>Longest cell, in UTF-16 code units.</summary>
    public const int CellLength = 200;

    /// <summary>Longest sentence or paragraph of human text.</summary>
    public const int ProseLength = 20_000;

    public static string Encode(string text, int longest = CellLength)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var rune in Cut(text, longest).EnumerateRunes())
            Append(encoded, rune);
        if (text.Length > longest)
            encoded.Append(CultureInfo.InvariantCulture, $"… ({text.Length:#,0} characters)");
        return encoded.ToString();
    }

    static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return Whole(text);
        return Whole(text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]);
    }

    /// <summary>
    /// A lone surrogate is no character at all: it is named before it can be replaced silently.
    /// </summary>
    static string Whole(string text)
    {
        StringBuilder? repaired = null;
        for (var i = 0; i < text.Length; i++)
        {
            var paired = char.IsHighSurrogate(text[i]) && i + 1 < text.Length
                && char.IsLowSurrogate(text[i + 1]);
            if (char.IsSurrogate(text[i]) && !paired)
                (repaired ??= new StringBuilder(text, 0, i, text.Length + 8)).Append(Name(text[i]));
            else
                repaired?.Append(text, i, paired ? 2 : 1);
            i += paired ? 1 : 0;
        }
        return repaired?.ToString() ?? text;
    }

    static void Append(StringBuilder encoded, Rune rune)
    {
        switch (rune.Value)
        {
            case '&': encoded.Append("&amp;"); break;
            case '<': encoded.Append("&lt;"); break;
            case '>': encoded.Append("&gt;"); break;
            case '"': encoded.Append("&quot;"); break;
            case '\'': encoded.Append("&#39;"); break;
            default: AppendPlain(encoded, rune); break;
        }
    }

    static void AppendPlain(StringBuilder encoded, Rune rune)
    {
        if (IsInvisible(rune))
            encoded.Append(Name(rune.Value));
        else
            encoded.Append(rune.ToString());
    }

    static string Name(int codePoint) => string.Create(CultureInfo.InvariantCulture, $"⟨U+{codePoint:X4}⟩");

    static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.OtherNotAssigned => true,
        // Variation selectors and fillers that render as nothing though their category says otherwise.
        _ => rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF or 0x034F or 0x115F or 0x1160
            or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0x2800,
    };
}
