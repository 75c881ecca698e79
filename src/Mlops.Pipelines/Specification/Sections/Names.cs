using System.Text.Json.Nodes;
using Mlops.Data.Tables;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>Shapes that more than one section uses.</summary>
static class Names
{
    public static Shape<string> Column { get; } = Scalars.Text;

    public static ListShape<string> Columns { get; } = new(Column, identity: name => name);

    /// <summary>As <see cref="Columns"/>; a single column needs no list.</summary>
    public static ListShape<string> ColumnOrColumns { get; } = new(
        Column, orSingle: true, identity: name => name);

    /// <summary>A type with all that a column's values must keep to.</summary>
    public static Shape<DeclaredType> Type { get; } = new ScalarShape<DeclaredType>(
        "one of " + string.Join(", ", DeclaredType.Words), new DeclaredType(ColumnType.Text),
        scalar => DeclaredType.Parse(scalar.Text) is { } type ? new(type) : null,
        DescribeType, type => type.ToString(), DeclaredType.Words, DeclaredType.WordFor);

    /// <summary>A type as checks ask for it: any decimal is one.</summary>
    public static Shape<ColumnType> Kind { get; } = new ScalarShape<ColumnType>(
        "one of " + string.Join(", ", DeclaredType.Kinds), ColumnType.Text,
        scalar => DeclaredType.ParseKind(scalar.Text) is { } type ? new(type) : null,
        () => Scalars.Among(DeclaredType.Kinds), type => DeclaredType.Word(type),
        DeclaredType.Kinds, DeclaredType.WordFor);

    static JsonObject DescribeType()
    {
        var schema = Scalars.Among([.. DeclaredType.Kinds.Where(word => word != "decimal")]);
        schema["anyOf"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^decimal\\( *(1[0-8]|[1-9]) *, *(1[0-8]|[0-9]) *\\)$",
        });
        return schema;
    }
}
