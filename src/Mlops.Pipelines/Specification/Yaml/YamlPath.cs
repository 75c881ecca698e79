using System.Globalization;
using System.Text;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>
/// How a field is named: <c>train.trainer.leaves</c>, <c>evaluate.gates[0].min</c>,
/// <c>data.columns."unit price".type</c>.
/// </summary>
static class YamlPath
{
    const int LongestQuotation = 100;

    public static string Of(string parent, string key)
    {
        var plain = key.Length > 0
            && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        var name = plain ? key : Quote(key);
        return parent.Length == 0 ? name : $"{parent}.{name}";
    }

    public static string Of(string parent, int index) =>
        $"{parent}[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <returns>Keys as text and indexes as numbers; null where the path is malformed.</returns>
    public static IReadOnlyList<object>? Parse(string path)
    {
        var segments = new List<object>();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '.' && segments.Count > 0)
                at++;
            else if (path[at] != '[' && segments.Count > 0)
                return null;
            if (ReadSegment(path, ref at) is not { } segment)
                return null;
            segments.Add(segment);
        }
        return segments.Count == 0 || path.EndsWith('.') ? null : segments;
    }

    static object? ReadSegment(string path, ref int at)
    {
        if (at >= path.Length)
            return null;
        var (opened, end) = path[at] switch
        {
            '"' => (1, path.IndexOf('"', at + 1)),
            '[' => (1, path.IndexOf(']', at)),
            _ => (0, path.AsSpan(at).IndexOfAny('.', '[') is var found and >= 0 ? at + found : path.Length),
        };
        if (end < at + opened)
            return null;
        var text = path[(at + opened)..end];
        var isIndex = path[at] == '[';
        at = end + opened;
        if (!isIndex)
            return text.Length == 0 ? null : text;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }

    /// <summary>In quotes, cut, and without control characters that a terminal would obey.</summary>
    public static string Quote(string text) => $"\"{Printable(text)}\"";

    public static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var letter in text.Length > LongestQuotation ? text[..LongestQuotation] : text)
            if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is >= '\u200b' and <= '\u202e')
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                printable.Append(letter);
        return text.Length > LongestQuotation ? printable.Append('…').ToString() : printable.ToString();
    }
}
