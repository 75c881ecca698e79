using System.Text;
using Mlops.Engine;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>Replaces <c>${NAME}</c> in values; <c>$${</c> stands for <c>${</c> itself.</summary>
/// <param name="kept">
/// Names that are replaced later, when a program runs; where there are any, <c>$${</c> is left for then too.
/// </param>
sealed class YamlVariables(
    IReadOnlyDictionary<string, string> variables,
    List<Problem> problems, IReadOnlyCollection<string>? kept = null)
{
    public YamlNode Expand(YamlNode node) => node switch
    {
        YamlMapping mapping => new YamlMapping(
            mapping.Place, [.. mapping.Entries.Select(entry => entry with { Value = Expand(entry.Value) })]),
        YamlSequence sequence => new YamlSequence(sequence.Place, [.. sequence.Items.Select(Expand)]),
        YamlScalar scalar when scalar.Text.Contains("${", StringComparison.Ordinal) => Expand(scalar),
        _ => node,
    };

    YamlScalar Expand(YamlScalar scalar)
    {
        var expanded = new StringBuilder();
        var text = scalar.Text;
        var form = scalar.Form;
        for (var at = 0; at < text.Length;)
        {
            if (text.AsSpan(at).StartsWith("$${"))
            {
                expanded.Append(kept is null ? "${" : "$${");
                at += 3;
            }
            else if (text.AsSpan(at).StartsWith("${"))
            {
                var start = at;
                if (IsKept(text, ref at))
                {
                    expanded.Append(text.AsSpan(start, at - start));
                    continue;
                }
                var value = ValueOf(text, ref at, scalar.Place);
                expanded.Append(kept is null ? value : value?.Replace("${", "$${", StringComparison.Ordinal));
                form = value is null || form == ScalarForm.Unreadable
                    ? ScalarForm.Unreadable
                    : ScalarForm.Expanded;
            }
            else
                expanded.Append(text[at++]);
        }
        return new YamlScalar(scalar.Place, expanded.ToString(), form);
    }

    bool IsKept(string text, ref int at)
    {
        var end = text.IndexOf('}', at);
        if (end < 0 || kept?.Contains(text[(at + 2)..end]) != true)
            return false;
        at = end + 1;
        return true;
    }

    string? ValueOf(string text, ref int at, Place place)
    {
        var end = text.IndexOf('}', at);
        var name = text[(at + 2)..(end < 0 ? text.Length : end)];
        at = end < 0 ? text.Length : end + 1;
        if (end < 0 || !IsName(name))
            problems.Add(new Problem("YAML-008", "A variable is not written rightly", place,
                "${NAME} of letters, digits and underscores", YamlPath.Quote(text),
                "write $${ where the text itself is meant"));
        else if (variables.TryGetValue(name, out var value))
            return value;
        else
            problems.Add(new Problem("YAML-008", $"The variable {name} is not set", place,
                Actual: YamlPath.Quote(text),
                Next: $"set {name} in the "
                    + $"environment{NearestNames.Hint(name, variables.Keys.Concat(kept ?? []), ", or ")}"));
        return null;
    }

    static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
