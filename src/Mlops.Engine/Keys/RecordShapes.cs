using System.Text.Json;

namespace Mlops.Engine;

/// <summary>What a JSON object in a record stands for, told by its properties.</summary>
static class RecordShapes
{
    /// <summary>An object of digest, length and media type.</summary>
    public static Artifact? AsArtifact(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("digest", out var digest)
        && element.TryGetProperty("length-bytes", out var length)
        && element.TryGetProperty("media-type", out var mediaType)
            ? new Artifact(Digest.Parse(digest.GetString()!), length.GetInt64(), mediaType.GetString()!)
            : null;

    /// <summary>An object of name, digest and length.</summary>
    public static SourceFile? AsSourceFile(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("digest", out var digest)
        && element.TryGetProperty("length-bytes", out var length)
        && element.TryGetProperty("name", out var name) && !element.TryGetProperty("media-type", out _)
            ? new SourceFile(name.GetString()!, Digest.Parse(digest.GetString()!), length.GetInt64())
            : null;

    /// <summary>Every raw file that a record names, each once.</summary>
    public static IReadOnlyList<SourceFile> SourceFilesIn(JsonElement record)
    {
        var files = new Dictionary<Digest, SourceFile>();
        Collect(record, files);
        return [.. files.Values];
    }

    static void Collect(JsonElement element, Dictionary<Digest, SourceFile> files)
    {
        if (AsSourceFile(element) is { } file)
            files.TryAdd(file.Digest, file);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                Collect(property.Value, files);
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Collect(item, files);
    }
}
