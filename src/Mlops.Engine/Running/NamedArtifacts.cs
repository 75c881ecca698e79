using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

static class NamedArtifacts
{
    /// <summary>
    /// Every artifact that a record names, each once: an object of digest, length and media type.
    /// </summary>
    public static IReadOnlyList<Artifact> In(JsonElement record) => In(JsonMarshal.GetRawUtf8Value(record));

    /// <inheritdoc cref="In(JsonElement)"/>
    public static IReadOnlyList<Artifact> In(ReadOnlySpan<byte> record)
    {
        var artifacts = new Dictionary<Digest, Artifact>();
        var reader = new Utf8JsonReader(record);
        reader.Read();
        Collect(ref reader, artifacts);
        return [.. artifacts.Values.OrderBy(artifact => artifact.Digest)];
    }

    static void Collect(ref Utf8JsonReader reader, Dictionary<Digest, Artifact> artifacts)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            CollectObject(ref reader, artifacts);
        else if (reader.TokenType == JsonTokenType.StartArray)
            while (reader.NextItem())
                Collect(ref reader, artifacts);
    }

    static void CollectObject(ref Utf8JsonReader reader, Dictionary<Digest, Artifact> artifacts)
    {
        ReadOnlySpan<byte> digest = default;
        var (length, mediaType) = ((long?)null, (string?)null);
        while (reader.NextField(out var name))
            if (reader.TokenType == JsonTokenType.String && name.SequenceEqual("digest"u8))
                digest = reader.ValueSpan;
            else if (reader.TokenType == JsonTokenType.String && name.SequenceEqual("media-type"u8))
                mediaType = reader.GetString();
            else if (reader.TokenType == JsonTokenType.Number && name.SequenceEqual("length-bytes"u8))
                length = reader.TryGetInt64(out var whole) ? whole : null;
            else
                Collect(ref reader, artifacts);
        if (digest.IsEmpty || length is not { } bytes || mediaType is null)
            return;
        var named = Digest.Parse(Encoding.ASCII.GetString(digest));
        artifacts[named] = new Artifact(named, bytes, mediaType);
    }
}
