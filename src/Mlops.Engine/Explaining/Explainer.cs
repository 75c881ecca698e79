using System.Globalization;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>Takes a key's input record apart and finds out which step gave each piece of it.</summary>
/// <param name="traces">Of the steps upstream.</param>
sealed class Explainer(IEnumerable<KeyValuePair<StepName, Trace>> traces)
{
    readonly Dictionary<Digest, StepName> givers = Givers(traces);

    /// <param name="section">Put before the path of each field; empty for none.</param>
    public IReadOnlyList<ExplainedField> Explain(string section, JsonElement input)
    {
        var fields = new List<ExplainedField>();
        Walk(section, input, null, fields);
        return fields;
    }

    void Walk(string path, JsonElement element, string? origin, List<ExplainedField> fields)
    {
        if (RecordShapes.AsArtifact(element) is { } artifact)
            fields.Add(new ExplainedField(
                path, Text(artifact.Digest, artifact.LengthBytes, artifact.MediaType),
                givers.TryGetValue(artifact.Digest, out var giver) ? giver.ToString() : origin));
        else if (RecordShapes.AsSourceFile(element) is { } file)
            fields.Add(givers.TryGetValue(file.Digest, out var maker)
                ? new ExplainedField(path, Text(file.Digest, file.LengthBytes, file.Name), maker.ToString())
                : new ExplainedField(path, Text(file.Digest, file.LengthBytes, "raw"), $"file {file.Name}"));
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                Walk(path.Length == 0 ? property.Name : $"{path}.{property.Name}",
                    property.Value, OriginOf(element) ?? origin, fields);
        else if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0)
            foreach (var (index, item) in element.EnumerateArray().Index())
                Walk($"{path}[{(index + 1).ToString(CultureInfo.InvariantCulture)}]", item, origin, fields);
        else
            fields.Add(new ExplainedField(path, element.GetRawText(), origin));
    }

    string? OriginOf(JsonElement element) =>
        givers.TryGetValue(Digest.Of(CanonicalJson.Write(element)), out var giver) ? giver.ToString() : null;

    static string Text(Digest digest, long lengthBytes, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{digest} {lengthBytes} bytes, {kind}");

    /// <summary>
    /// Who gave a record, an object in it, or an artifact: by the digest of its canonical bytes.
    /// </summary>
    static Dictionary<Digest, StepName> Givers(IEnumerable<KeyValuePair<StepName, Trace>> traces)
    {
        var givers = new Dictionary<Digest, StepName>();
        foreach (var (step, trace) in traces)
        {
            foreach (var artifact in trace.Artifacts)
                givers.TryAdd(artifact.Digest, step);
            Collect(step, trace.Record.Parse(), givers);
        }
        return givers;
    }

    static void Collect(StepName step, JsonElement element, Dictionary<Digest, StepName> givers)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Collect(step, item, givers);
        if (element.ValueKind != JsonValueKind.Object)
            return;
        givers.TryAdd(Digest.Of(CanonicalJson.Write(element)), step);
        foreach (var property in element.EnumerateObject())
            Collect(step, property.Value, givers);
    }
}
