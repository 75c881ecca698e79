using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>A mapping of named fields that makes a value.</summary>
/// <param name="read">Asks for every field, whatever the values of the others.</param>
/// <param name="shorthand">The field that a bare scalar stands for.</param>
sealed class SectionShape<T>(Func<Fields, T> read, string? shorthand = null) : Shape<T>
{
    public override string? Shorthand => shorthand;

    public bool HasRequired => Declared().Any(each => each.IsRequired());

    public override T Read(YamlNode node, Reading reading)
    {
        var mapping = AsMapping(node);
        var heard = mapping is null ? Fields.Unheard(node) : reading;
        if (mapping is null)
            reading.Report(new Problem("YAML-007",
                $"{(node.Path.Length == 0 ? "The document" : node.Path)} cannot be {node.Words}", node.Place,
                "a mapping of keys and values", node.Words));
        var fields = new Fields(mapping ?? new YamlMapping(node.Place, []), heard);
        var value = read(fields);
        fields.RefuseUnknown();
        return value;
    }

    public override JsonObject Describe()
    {
        var section = Describe(Declared());
        var bare = Declared().FirstOrDefault(field => field.Name == shorthand);
        return bare is null
            ? section
            : new JsonObject { ["anyOf"] = new JsonArray(bare.Shape.Describe(), section) };
    }

    public override Shape? Inside(string key) => Declared().FirstOrDefault(field => field.Name == key)?.Shape;

    static JsonObject Describe(IReadOnlyList<FieldDeclaration> declared)
    {
        var properties = new JsonObject();
        foreach (var field in declared)
        {
            var property = field.Shape.Describe();
            property.Insert(0, "description", field.Description);
            if (field.Default?.Invoke() is { } byDefault)
                property["default"] = byDefault;
            properties[field.Name] = property;
        }
        var section = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        var required = declared.Where(field => field.IsRequired())
            .Select(field => (JsonNode)field.Name).ToArray();
        if (required.Length > 0)
            section["required"] = new JsonArray(required);
        return section;
    }

    YamlMapping? AsMapping(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping,
        { IsNothing: true } => new YamlMapping(node.Place, []),
        YamlScalar when shorthand is not null =>
            new YamlMapping(node.Place, [new YamlEntry(shorthand, node.Place, node)]),
        _ => null,
    };

    /// <summary>The fields that are asked for when nothing is written.</summary>
    IReadOnlyList<FieldDeclaration> Declared()
    {
        var empty = new YamlMapping(new Place(""), []);
        var fields = new Fields(empty, Fields.Unheard(empty));
        read(fields);
        return fields.Declared;
    }
}
