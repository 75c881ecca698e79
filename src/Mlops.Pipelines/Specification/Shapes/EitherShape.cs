using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>A single value, or a mapping of fields where one value does not say it.</summary>
sealed class EitherShape<T>(Shape<T> single, Shape<T> mapping) : Shape<T>
{
    public override T Read(YamlNode node, Reading reading) =>
        node is YamlMapping ? mapping.Read(node, reading) : single.Read(node, reading);

    public override JsonObject Describe() =>
        new() { ["anyOf"] = new JsonArray(single.Describe(), mapping.Describe()) };

    public override JsonNode? Write(T value) => single.Write(value);

    public override Shape? Inside(string key) => mapping.Inside(key);
}
