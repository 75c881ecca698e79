using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mlops.Engine;

/// <summary>
/// A record as the bytes of its JSON: most traces are looked up for one of their two records or
/// for none, so each is parsed by whoever needs it.
/// </summary>
[JsonConverter(typeof(RecordTextJsonConverter))]
public sealed class RecordText(ReadOnlyMemory<byte> utf8)
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>Reads it, anew at each call.</summary>
    public JsonElement Parse() => JsonElement.Parse(Utf8.Span);

    /// <exception cref="JsonException">It is no such record.</exception>
    public T? Deserialize<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Utf8.Span, type);
}

/// <summary>Puts a record into its trace as it is.</summary>
sealed class RecordTextJsonConverter : JsonConverter<RecordText>
{
    public override RecordText Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText()));

    public override void Write(Utf8JsonWriter writer, RecordText value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
