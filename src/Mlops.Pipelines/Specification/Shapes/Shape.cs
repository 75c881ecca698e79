using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>What a value may be: said once, used to read it and to describe it to editors.</summary>
abstract class Shape
{
    /// <summary>
    /// The field that a bare scalar stands for, if the value is a section that may be shortened so.
    /// </summary>
    public virtual string? Shorthand => null;

    /// <summary>As JSON Schema.</summary>
    public abstract JsonObject Describe();

    /// <returns>The shape of what stands under a key or, with any key, in a list;
    /// null where unknown.</returns>
    public virtual Shape? Inside(string key) => null;
}

abstract class Shape<T> : Shape
{
    /// <returns>The value; after a report, some value that lets reading go on.</returns>
    public abstract T Read(YamlNode node, Reading reading);

    /// <returns>The value as it would be written; null where it has no short form.</returns>
    public virtual JsonNode? Write(T value) => null;
}
