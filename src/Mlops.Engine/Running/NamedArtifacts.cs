using System.Text.Json;

namespace Mlops.Engine;

static class NamedArtifacts
{
    /// <summary>
    /// Every artifact that a record names, each once: an object of digest, length and media type.
    /// </summary>
    public static IReadOnlyList<Artifact> In(JsonElement record)
    {
        var artifacts = new Dictionary<Digest, Artifact>();
        Collect(record, artifacts);
        return [.. artifacts.Values.OrderBy(artifact => artifact.Digest)];
    }

    static void Collect(JsonElement element, Dictionary<Digest, Artifact> artifacts)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Collect(item, artifacts);
        if (element.ValueKind != JsonValueKind.Object)
            return;
        if (RecordShapes.AsArtifact(element) is { } artifact)
        {
            artifacts[artifact.Digest] = artifact;
            return;
        }
        foreach (var property in element.EnumerateObject())
            Collect(property.Value, artifacts);
    }
}
