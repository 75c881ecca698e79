using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mlops.Targets;

/// <summary>JSON Schema (draft 7) of the parameters file, for editors.</summary>
static class ParametersSchema
{
    static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <remarks>
    /// A secret has no place in a file that is committed; nor has what only makes sense once.
    /// </remarks>
    public static string Of(IReadOnlyList<BuildParameter> parameters)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "Parameters of the build");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            var open = parameters.Where(parameter => parameter is { IsListed: true, IsSecret: false });
            foreach (var parameter in open.OrderBy(parameter => parameter.Kebab, StringComparer.Ordinal))
                Write(json, parameter);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    static void Write(Utf8JsonWriter json, BuildParameter parameter)
    {
        json.WriteStartObject(parameter.Kebab);
        if (parameter.Description is { } description)
            json.WriteString("description", description);
        if (parameter.IsArray)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteType(json, parameter);
            json.WriteEndObject();
        }
        else
            WriteType(json, parameter);
        json.WriteEndObject();
    }

    static void WriteType(Utf8JsonWriter json, BuildParameter parameter)
    {
        if (parameter.Kind is { Choices: { Count: > 0 } choices })
        {
            json.WriteStartArray("enum");
            foreach (var choice in choices)
                json.WriteStringValue(choice);
            json.WriteEndArray();
        }
        else
            json.WriteString("type", parameter.Kind?.Label switch
            {
                "" => "boolean",
                "integer" => "integer",
                "number" => "number",
                _ => "string",
            });
    }
}
