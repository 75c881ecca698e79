using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Steps through the JSON of records that are read by hand, since a plan reads many and the serializer takes
/// several times as long, most of all before it has read the first.
/// </summary>
public static class RecordSteps
{
    /// <summary>Reads a whole record by hand.</summary>
    /// <param name="read">Begins at the record's first token.</param>
    /// <exception cref="JsonException">It is no such record.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, RecordPart<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return read(ref reader);
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidOperationException
            or ArgumentException)
        {
            throw new JsonException("There is another record than was expected.", malformed);
        }
    }

    /// <summary>A list that begins here, to its end.</summary>
    /// <param name="item">Reads one, from its first token to its last.</param>
    public static IReadOnlyList<T> List<T>(ref this Utf8JsonReader reader, RecordPart<T> item)
    {
        reader.Array();
        var items = new List<T>();
        while (reader.NextItem())
            items.Add(item(ref reader));
        return items;
    }

    /// <summary>
    /// To be asked before an object's first field: another value would be passed over unseen.
    /// </summary>
    public static void Object(ref this Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("There is no object.");
    }

    /// <summary>The same for a list, before its first item.</summary>
    public static void Array(ref this Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("There is no list.");
    }

    /// <summary>Goes on to the value of an object's next field; false at its end.</summary>
    /// <param name="name">As it stands there: names of records need no escapes.</param>
    public static bool NextField(ref this Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        name = reader.TokenType == JsonTokenType.PropertyName ? reader.ValueSpan : default;
        return reader.TokenType == JsonTokenType.PropertyName && reader.Read();
    }

    /// <summary>Goes on to an array's next item; false at its end.</summary>
    public static bool NextItem(ref this Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public static string Text(ref this Utf8JsonReader reader) =>
        reader.GetString() ?? throw new JsonException("There is no text.");

    public static Digest Digest(ref this Utf8JsonReader reader) => Engine.Digest.Parse(reader.Text());

    public static Artifact Artifact(ref this Utf8JsonReader reader)
    {
        reader.Object();
        var (digest, length, mediaType) = (default(Digest), 0L, "");
        while (reader.NextField(out var name))
            if (name.SequenceEqual("digest"u8))
                digest = reader.Digest();
            else if (name.SequenceEqual("length-bytes"u8))
                length = reader.GetInt64();
            else if (name.SequenceEqual("media-type"u8))
                mediaType = reader.Text();
            else
                reader.Skip();
        return new Artifact(digest, length, mediaType);
    }
}

/// <summary>Reads a part of a record from its first token to its last.</summary>
public delegate T RecordPart<out T>(ref Utf8JsonReader reader);
