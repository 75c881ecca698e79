using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// One way to write a JSON value, in the manner of RFC 8785: object keys in ordinal order, nulls left out of
/// objects, no blanks, the shortest escapes, UTF-8. Numbers stand as the serializer wrote them, which for
/// .NET is the shortest text that reads back equal.
/// </summary>
/// <remarks>
/// Every key and every output of a run is written so: what can be is copied from bytes to bytes.
/// </remarks>
public static class CanonicalJson
{
    static readonly JavaScriptEncoder Escapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] Write(ReadOnlySpan<byte> json)
    {
        var canonical = new ArrayBufferWriter<byte>(Math.Max(json.Length, 1));
        var reader = new Utf8JsonReader(json);
        reader.Read();
        WriteValue(ref reader, json, canonical);
        return canonical.WrittenSpan.ToArray();
    }

    public static byte[] Write(JsonElement element) => Write(JsonMarshal.GetRawUtf8Value(element));

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Escapes)}\"";

    /// <param name="reader">At the value's first token; then at its last.</param>
    static void WriteValue(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> canonical)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, json, canonical);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader, json, canonical);
                break;
            case JsonTokenType.String:
                WriteText(ref reader, canonical);
                break;
            default:
                canonical.Write(reader.ValueSpan);
                break;
        }
    }

    static void WriteArray(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> canonical)
    {
        canonical.Write("["u8);
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
                canonical.Write(","u8);
            WriteValue(ref reader, json, canonical);
        }
        canonical.Write("]"u8);
    }

    static void WriteObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ArrayBufferWriter<byte> canonical)
    {
        canonical.Write("{"u8);
        var first = true;
        foreach (var (name, from, to) in Sorted(ref reader))
        {
            if (!first)
                canonical.Write(","u8);
            first = false;
            WriteText(name, canonical);
            canonical.Write(":"u8);
            var value = json[from..to];
            var inside = new Utf8JsonReader(value);
            inside.Read();
            WriteValue(ref inside, value, canonical);
        }
        canonical.Write("}"u8);
    }

    /// <summary>An object's fields, but for nulls.</summary>
    static List<Field> Sorted(ref Utf8JsonReader reader)
    {
        var fields = new List<Field>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            if (reader.TokenType != JsonTokenType.Null)
                fields.Add(new Field(name, from, (int)reader.BytesConsumed));
        }
        fields.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return fields;
    }

    static void WriteText(ref Utf8JsonReader reader, ArrayBufferWriter<byte> canonical)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped || text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            WriteText(reader.GetString()!, canonical);
        else
        {
            canonical.Write("\""u8);
            canonical.Write(text);
            canonical.Write("\""u8);
        }
    }

    static void WriteText(string text, ArrayBufferWriter<byte> canonical)
    {
        canonical.Write("\""u8);
        canonical.Write(JsonEncodedText.Encode(text, Escapes).EncodedUtf8Bytes);
        canonical.Write("\""u8);
    }

    /// <param name="From">Where its value begins.</param>
    sealed record Field(string Name, int From, int To);
}
