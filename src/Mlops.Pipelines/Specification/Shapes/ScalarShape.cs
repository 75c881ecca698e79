using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <param name="expected">What is right, in words.</param>
/// <param name="fallback">Stands in after a report.</param>
/// <param name="parse">Null where the scalar is not of this shape.</param>
/// <param name="meant">What to write instead of a text that is wrong, where that is known.</param>
/// <param name="names">The only texts that are right, where they can be listed.</param>
sealed class ScalarShape<T>(
    string expected,
    T fallback,
    Func<YamlScalar, Parsed<T>?> parse,
    Func<JsonObject> describe,
    Func<T, JsonNode?> write,
    IReadOnlyList<string>? names = null,
    Func<string, string?>? meant = null) : Shape<T>
{
    public override T Read(YamlNode node, Reading reading)
    {
        if (node is YamlScalar scalar && !scalar.IsNothing && parse(scalar) is { } parsed)
            return parsed.Value;
        var hint = node is not YamlScalar { Text: var text } || names is null ? ""
            : meant?.Invoke(text) is { } other ? $"write '{other}'"
            : NearestNames.Hint(text, names);
        reading.Report(new Problem("YAML-007", $"{node.Path} cannot be {node.Words}", node.Place, expected,
            node.Words, hint.Length > 0 ? hint : null));
        return fallback;
    }

    public override JsonObject Describe() => describe();

    public override JsonNode? Write(T value) => write(value);
}

/// <summary>A value that was read, even where it is null.</summary>
sealed record Parsed<T>(T Value);
