using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>A value, or a list of such values.</summary>
sealed class OneOrMore<T>(Shape<T> item) : Shape<IReadOnlyList<T>>
{
    readonly ListShape<T> list = new(item, fewest: 1);

    public override IReadOnlyList<T> Read(YamlNode node, Reading reading) =>
        node is YamlSequence ? list.Read(node, reading) : [item.Read(node, reading)];

    public override JsonObject Describe() =>
        new() { ["anyOf"] = new JsonArray(item.Describe(), list.Describe()) };

    public override Shape? Inside(string key) => item.Inside(key);
}
