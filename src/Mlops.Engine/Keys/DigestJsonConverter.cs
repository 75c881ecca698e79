using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Engine;

/// <summary>Writes a digest as its 64 digits; anything else is refused on reading.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("Not a digest.");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
