using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>
/// A mapping whose keys a person chooses; in ordinal order of them, since their order means nothing.
/// </summary>
/// <param name="item">The shape of what stands under a key.</param>
/// <param name="isKey">Which keys there may be.</param>
/// <param name="keys">The same in words.</param>
/// <param name="keyPattern">The same as a regular expression of JSON Schema.</param>
sealed class MappingShape<T>(Shape<T> item, Func<string, bool> isKey, string keys, string keyPattern)
    : Shape<IReadOnlyDictionary<string, T>>
{
    public override IReadOnlyDictionary<string, T> Read(YamlNode node, Reading reading)
    {
        var values = new SortedDictionary<string, T>(StringComparer.Ordinal);
        if (node is YamlMapping mapping)
            foreach (var entry in mapping.Entries)
            {
                if (!isKey(entry.Key))
                    reading.Report(new Problem("YAML-007",
                        $"'{YamlPath.Printable(entry.Key)}' cannot be a name here", entry.Place, keys));
                values[entry.Key] = item.Read(entry.Value, reading);
            }
        else
            reading.Report(new Problem(
                "YAML-007", $"{node.Path} cannot be {node.Words}",
                node.Place, "a mapping of names and values", node.Words));
        return values;
    }

    public override JsonObject Describe() => new()
    {
        ["type"] = "object",
        ["patternProperties"] = new JsonObject { [keyPattern] = item.Describe() },
        ["additionalProperties"] = false,
    };

    public override Shape? Inside(string key) => item;
}

/// <summary>A value that may be left out after its key.</summary>
sealed class OrNothing<T>(Shape<T> shape) : Shape<T?> where T : class
{
    public override T? Read(YamlNode node, Reading reading) =>
        node.IsNothing ? null : shape.Read(node, reading);

    public override JsonObject Describe() =>
        new() { ["anyOf"] = new JsonArray(shape.Describe(), new JsonObject { ["type"] = "null" }) };
}
