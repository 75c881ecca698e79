using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// One way to write a JSON value, in the manner of RFC 8785: object keys in ordinal order, nulls left out of
/// objects, no blanks, the shortest escapes, UTF-8. Numbers stand as the serializer wrote them, which for
/// .NET is the shortest text that reads back equal.
/// </summary>
public static class CanonicalJson
{
    static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return Write(document.RootElement);
    }

    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, element);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Options.Encoder)}\"";

    static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in Sorted(element))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    static List<JsonProperty> Sorted(JsonElement element)
    {
        var properties = new List<JsonProperty>();
        foreach (var property in element.EnumerateObject())
            if (property.Value.ValueKind != JsonValueKind.Null)
                properties.Add(property);
        properties.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return properties;
    }
}
