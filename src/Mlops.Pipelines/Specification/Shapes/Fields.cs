using System.Text.Json.Nodes;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Shapes;

/// <summary>
/// The fields of one section, asked for one by one. Asking both reads the field and declares it, so what is
/// read, what is refused as unknown and what editors are told cannot differ.
/// </summary>
sealed class Fields(YamlMapping mapping, Reading reading)
{
    readonly List<FieldDeclaration> declared = [];

    public IReadOnlyList<FieldDeclaration> Declared => declared;

    /// <returns>The field's value; it must be written.</returns>
    public T Required<T>(string name, Shape<T> shape, string description)
    {
        declared.Add(new FieldDeclaration(name, shape, description, IsRequired: () => true));
        var written = Written(name);
        if (written is null)
            reading.Report(new Problem("YAML-006", $"{PathOf(name)} is missing", PlaceOf(name),
                description, Next: $"add '{name}:'"));
        return shape.Read(written ?? Nothing(name), written is null ? Unheard(mapping) : reading);
    }

    /// <returns>The field's value, or the default where it is not written.</returns>
    public T Optional<T>(string name, Shape<T> shape, T byDefault, string description)
    {
        declared.Add(new FieldDeclaration(
            name, shape, description, IsRequired: () => false, () => shape.Write(byDefault)));
        return Written(name) is { } written ? shape.Read(written, reading) : byDefault;
    }

    /// <returns>The field's value, or null where it is not written.</returns>
    public T? Maybe<T>(string name, Shape<T> shape, string description) where T : class
    {
        declared.Add(new FieldDeclaration(name, shape, description, IsRequired: () => false));
        return Written(name) is { } written ? shape.Read(written, reading) : null;
    }

    /// <inheritdoc cref="Maybe{T}"/>
    public T? MaybeValue<T>(string name, Shape<T> shape, string description) where T : struct
    {
        declared.Add(new FieldDeclaration(name, shape, description, IsRequired: () => false));
        return Written(name) is { } written ? shape.Read(written, reading) : null;
    }

    /// <param name="needed">False where the section may be left out although it has fields that must
    /// be written.</param>
    /// <returns>The inner section; where it is not written, what an empty one means.</returns>
    public T Section<T>(string name, SectionShape<T> shape, string description, bool needed = true)
    {
        declared.Add(new FieldDeclaration(name, shape, description, () => shape.HasRequired));
        return shape.Read(
            Written(name) ?? new YamlMapping(PlaceOf(name), []), needed ? reading : Unheard(mapping));
    }

    /// <summary>Reports each written key that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        string[] known = [.. declared.Select(field => field.Name)];
        var unknown = mapping.Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal));
        foreach (var entry in unknown)
        {
            var hint = NearestNames.Hint(entry.Key, known);
            var section = mapping.Path.Length == 0 ? "a pipeline" : mapping.Path;
            reading.Report(new Problem("YAML-005",
                $"'{YamlPath.Printable(entry.Key)}' is not a key of {section}", entry.Place,
                "one of " + string.Join(", ", known), Next: hint.Length > 0 ? hint : null));
        }
    }

    /// <summary>Where reports go that nobody needs.</summary>
    public static Reading Unheard(YamlNode root) => new(root, []);

    YamlNode? Written(string name) => mapping.Find(name)?.Value is { IsNothing: false } value ? value : null;

    YamlScalar Nothing(string name) => new(PlaceOf(name), "", ScalarForm.Plain);

    string PathOf(string name) => YamlPath.Of(mapping.Path, name);

    Place PlaceOf(string name) => mapping.Place with { Field = PathOf(name) };
}

/// <param name="IsRequired">Asked, as the default is, only where the shape is described: to read a file
/// takes neither.</param>
/// <param name="Default">Null where there is none.</param>
sealed record FieldDeclaration(
    string Name, Shape Shape, string Description, Func<bool> IsRequired, Func<JsonNode?>? Default = null);
