using System.Text;

namespace Mlops.Engine;

/// <summary><c>${name}</c> in a text; <c>$${</c> stands for <c>${</c> itself.</summary>
public static class Placeholders
{
    /// <exception cref="ProblemException">A name without a value (ENGINE-057).</exception>
    public static string Expand(string text, IReadOnlyDictionary<string, string> values)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return text;
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("$${"))
            {
                expanded.Append("${");
                at += 3;
            }
            else if (rest.StartsWith("${") && rest.IndexOf('}') is > 0 and var end)
            {
                expanded.Append(ValueOf(rest[2..end].ToString(), values));
                at += end + 1;
            }
            else
                expanded.Append(text[at++]);
        }
        return expanded.ToString();
    }

    static string ValueOf(string name, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(name, out var value) ? value : throw new ProblemException(new Problem(
            "ENGINE-057", $"There is no parameter '{name}'.",
            Expected: NearestNames.Perhaps(name, values.Keys), Actual: $"${{{name}}}",
            Next: "Declare it under parameters, or write $${ where the text itself is meant."));
}
