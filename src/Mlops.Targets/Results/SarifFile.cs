using System.Text.Json;

namespace Mlops.Targets;

/// <summary>Notices in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).</summary>
static class SarifFile
{
    const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n" };

    public static void Write(Stream output, string tool, string version, IReadOnlyList<Notice> notices)
    {
        var rules = notices.Select(notice => notice.Id).Distinct(StringComparer.Ordinal).ToList();
        using var json = new Utf8JsonWriter(output, Format);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, tool, version, rules);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var notice in notices)
            WriteResult(json, notice, rules.IndexOf(notice.Id));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTool(Utf8JsonWriter json, string tool, string version, List<string> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", tool);
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter json, Notice notice, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", notice.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", notice.Level.ToString().ToLowerInvariant());
        json.WriteStartObject("message");
        json.WriteString("text", VisibleText.Of(notice.Message));
        json.WriteEndObject();
        if (notice.File is { } file)
            WriteLocation(json, file, notice.Line, notice.Column);
        json.WriteEndObject();
    }

    static void WriteLocation(Utf8JsonWriter json, string file, int? line, int? column)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(file));
        json.WriteEndObject();
        if (line is { } at)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", at);
            if (column is { } first)
                json.WriteNumber("startColumn", first);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <remarks>A relative one is relative to the root of the repository, as readers take it.</remarks>
    static string Uri(string file)
    {
        var path = file.Replace(Path.DirectorySeparatorChar, '/');
        return (Path.IsPathRooted(file) ? "file:///" : "")
            + string.Join('/', path.TrimStart('/').Split('/').Select(System.Uri.EscapeDataString));
    }
}
