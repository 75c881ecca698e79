using System.Runtime.InteropServices;
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
    internal static readonly JavaScriptEncoder Escapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] Write(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return new CanonicalWriter(json.Length).Write(ref reader);
    }

    public static byte[] Write(JsonElement element) => Write(JsonMarshal.GetRawUtf8Value(element));

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Escapes)}\"";
}
