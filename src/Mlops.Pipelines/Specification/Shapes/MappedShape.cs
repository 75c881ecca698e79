using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>A value of one shape that stands for another value.</summary>
sealed class MappedShape<TFrom, TTo>(
    Shape<TFrom> shape, Func<TFrom, TTo> map, Func<TTo, TFrom> back) : Shape<TTo>
{
    public override TTo Read(YamlNode node, Reading reading) => map(shape.Read(node, reading));

    public override JsonObject Describe() => shape.Describe();

    public override JsonNode? Write(TTo value) => shape.Write(back(value));
}
