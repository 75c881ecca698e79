using System.Text;
using System.Text.RegularExpressions;

namespace Mlops.Targets;

/// <summary>Writes the little YAML that CI servers ask for.</summary>
sealed partial class CiYaml
{
    readonly StringBuilder text = new();
    int depth;
    bool startsItem;

    public CiYaml Comment(string comment) => Line($"# {comment}");

    public CiYaml Value(string key, string value) => Line($"{key}: {Scalar(value)}");

    /// <param name="value">Written as it is.</param>
    public CiYaml Plain(string key, string value) => Line($"{key}: {value}");

    /// <summary>On one line.</summary>
    public CiYaml List(string key, IEnumerable<string> values)
    {
        var items = values.Select(value =>
            Word().IsMatch(value) && !IsReserved(value) ? value : Quoted(value));
        return Line($"{key}: [{string.Join(", ", items)}]");
    }

    /// <summary>Line by line, as it is.</summary>
    public CiYaml Block(string key, IEnumerable<string> lines) => Under($"{key}: |", () =>
    {
        foreach (var line in lines)
            Line(line);
    });

    public CiYaml Section(string key, Action inside) => Under($"{key}:", inside);

    /// <summary>One item of a list; what is inside is its keys.</summary>
    public CiYaml Item(Action inside)
    {
        startsItem = true;
        depth++;
        inside();
        depth--;
        return this;
    }

    public CiYaml Item(string value) => Line($"- {Scalar(value)}");

    public CiYaml Blank()
    {
        text.Append('\n');
        return this;
    }

    public override string ToString() => text.ToString();

    CiYaml Under(string head, Action inside)
    {
        Line(head);
        depth++;
        inside();
        depth--;
        return this;
    }

    CiYaml Line(string line)
    {
        var indent = new string(' ', 2 * depth);
        text.Append(startsItem ? string.Concat(indent.AsSpan(2), "- ") : indent).Append(line).Append('\n');
        startsItem = false;
        return this;
    }

    static string Scalar(string value) =>
        Sentence().IsMatch(value) && !IsReserved(value) ? value : Quoted(value);

    static string Quoted(string value) => $"'{value.Replace("'", "''")}'";

    static bool IsReserved(string value) => value.ToLowerInvariant()
        is "true" or "false" or "yes" or "no" or "on" or "off" or "null"
            or "y" or "n" or ".inf" or ".nan" or ['.', >= '0' and <= '9', ..];

    [GeneratedRegex("^[A-Za-z._/][A-Za-z0-9._/-]*$|^[0-9]{1,4}$")]
    private static partial Regex Word();

    /// <summary>Nothing in it means anything to YAML outside of brackets.</summary>
    [GeneratedRegex(@"^[A-Za-z._/$(][A-Za-z0-9._/${}()|&='!*@<>-]*( [A-Za-z0-9._/${}()|&='!*@<>-]+)*$")]
    private static partial Regex Sentence();
}
