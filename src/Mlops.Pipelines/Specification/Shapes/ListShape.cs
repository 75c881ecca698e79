using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <param name="fewest">How many items there must be.</param>
/// <param name="orSingle">A single item may stand without a list.</param>
/// <param name="identity">Two items with the same identity are one too many; null allows any.</param>
sealed class ListShape<T>(
    Shape<T> item, int fewest = 0, bool orSingle = false, Func<T, string>? identity = null)
    : Shape<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(YamlNode node, Reading reading)
    {
        if (node is not YamlSequence sequence)
        {
            if (orSingle && node is YamlScalar)
                return [item.Read(node, reading)];
            reading.Report(new Problem("YAML-007", $"{node.Path} cannot be {node.Words}", node.Place,
                orSingle ? "a list or a single value" : "a list", node.Words, "write [first, second]"));
            return [];
        }
        if (sequence.Items.Count < fewest)
            reading.Report(new Problem("YAML-007", $"{node.Path} is empty", node.Place, "at least one item"));
        var items = sequence.Items.Select(each => item.Read(each, reading)).ToList();
        if (identity is not null)
            ReportTwins(sequence, items, identity, reading);
        return items;
    }

    static void ReportTwins(YamlSequence sequence, List<T> items, Func<T, string> identity, Reading reading)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            if (!seen.Add(identity(items[i])) && reading.IsSound(sequence.Items[i].Path))
                reading.Report(new Problem("YAML-004",
                    $"'{YamlPath.Printable(identity(items[i]))}' is listed twice", sequence.Items[i].Place,
                    "each item once", Next: "remove one of the two"));
    }

    public override JsonObject Describe()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Describe() };
        if (fewest > 0)
            list["minItems"] = fewest;
        return orSingle ? new JsonObject { ["anyOf"] = new JsonArray(list, item.Describe()) } : list;
    }

    public override JsonNode? Write(IReadOnlyList<T> value) => new JsonArray([.. value.Select(item.Write)]);

    public override Shape? Inside(string key) => item;
}

/// <summary>A mapping whose keys are names of the data, such as columns.</summary>
sealed class NamedShape<T>(Func<string, Shape<T>> item, string what) : Shape<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(YamlNode node, Reading reading)
    {
        if (node is YamlMapping { Entries.Count: > 0 } mapping)
            return [.. mapping.Entries.Select(entry => item(entry.Key).Read(entry.Value, reading))];
        var actual = node is YamlMapping ? "an empty mapping" : node.Words;
        reading.Report(new Problem("YAML-007", $"{node.Path} cannot be {actual}", node.Place,
            $"a mapping of {what}", actual));
        return [];
    }

    public override JsonObject Describe() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["additionalProperties"] = item("").Describe(),
    };

    public override Shape? Inside(string key) => item(key);
}
