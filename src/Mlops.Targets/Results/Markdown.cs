using System.Text;

namespace Mlops.Targets;

/// <summary>
/// Text that somebody else may have written, inside Markdown: shown as it is, never a tag,
/// a link or a column.
/// </summary>
public static class Markdown
{
    public static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in VisibleText.OnOneLine(text))
            escaped.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~' or '@' => $"\\{letter}",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }

    /// <summary>One cell of a table.</summary>
    public static string Cell(string text) => Text(text).Trim();
}
