using System.Globalization;
using System.Text;

namespace Mlops.Targets;

/// <summary>
/// Text that somebody else may have written: values of data, messages of programs. What would steer a
/// terminal, or be taken for a command by the server that reads the log, is shown instead of sent.
/// </summary>
public static class VisibleText
{
    static readonly string[] CommandPrefixes = ["##[", "##vso[", "##teamcity["];

    /// <summary>Line breaks stay; see <see cref="OnOneLine"/>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsSuspect))
            return text;
        var visible = new StringBuilder(text.Length + 16);
        var lineIsBlank = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i) || (lineIsBlank && Begins(text, i, "::"))
                || CommandPrefixes.Any(prefix => Begins(text, i, prefix)))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else
                visible.Append(text[i]);
            lineIsBlank = text[i] == '\n' || (lineIsBlank && char.IsWhiteSpace(text[i]));
        }
        return visible.ToString();
    }

    /// <remarks>Other line breaks than this one are shown already.</remarks>
    public static string OnOneLine(string text) => Of(text).Replace('\n', ' ');

    static bool IsSuspect(char letter) =>
        letter is ':' or '#' || char.IsSurrogate(letter) || IsHidden(letter);

    /// <remarks>Half of a pair says nothing, and no file could hold it.</remarks>
    static bool IsHidden(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
        : char.IsLowSurrogate(text[i]) ? i == 0 || !char.IsHighSurrogate(text[i - 1])
        : IsHidden(text[i]);

    /// <remarks>Also what turns the direction of writing, and Unicode's own line breaks.</remarks>
    static bool IsHidden(char letter) => (char.IsControl(letter) && letter != '\n')
        || letter is '\u2028' or '\u2029' or '\ufeff'
            or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
            or '\ufffe' or '\uffff';

    static bool Begins(string text, int i, string prefix) =>
        string.CompareOrdinal(text, i, prefix, 0, prefix.Length) == 0;
}
