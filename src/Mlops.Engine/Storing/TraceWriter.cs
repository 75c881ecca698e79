using System.Buffers;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Writes a trace as <see cref="EngineJson"/> would, by hand for the reason that
/// <see cref="TraceReader"/> gives.
/// </summary>
static class TraceWriter
{
    /// <summary>About as long as one is, with its media type.</summary>
    const int ArtifactBytes = 160;
    const int ChildBytes = 2 * Digest.SizeBytes + 3;

    public static ReadOnlySpan<byte> Write(Trace trace)
    {
        var buffer = new ArrayBufferWriter<byte>(ExpectedBytes(trace));
        Write(trace, buffer);
        return buffer.WrittenSpan;
    }

    public static void Write(Trace trace, IBufferWriter<byte> to)
    {
        using var writer = new Utf8JsonWriter(to);
        Write(writer, trace);
    }

    /// <summary>How long it is likely to become.</summary>
    public static int ExpectedBytes(Trace trace) =>
        4096 + trace.Input.Utf8.Length + trace.Record.Utf8.Length
        + ArtifactBytes * trace.Artifacts.Count + ChildBytes * trace.Children.Count;

    static void Write(Utf8JsonWriter writer, Trace trace)
    {
        writer.WriteStartObject();
        writer.WriteString("key", trace.Key.ToString());
        writer.WriteString("stage", trace.Stage);
        writer.WriteNumber("version", trace.Version);
        writer.WriteString("toolchain", trace.Toolchain);
        Write(writer, "input", trace.Input);
        writer.WriteString("output", trace.Output.ToString());
        Write(writer, "record", trace.Record);
        Write(writer, trace.Artifacts);
        writer.WriteString("started-at", trace.StartedAt);
        writer.WriteNumber("run-seconds", trace.RunSeconds);
        writer.WriteNumber("cpu-seconds", trace.CpuSeconds);
        writer.WriteNumber("peak-memory-bytes", trace.PeakMemoryBytes);
        writer.WriteNumber("bytes-read", trace.BytesRead);
        writer.WriteNumber("bytes-written", trace.BytesWritten);
        writer.WriteString("host", trace.Host);
        writer.WriteString("operating-system", trace.OperatingSystem);
        writer.WriteString("runtime", trace.Runtime);
        Write(writer, "reasons", trace.Reasons);
        Write(writer, "children", [.. trace.Children.Select(child => child.ToString())]);
        if (trace.Called is { } called)
            Write(writer, called);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, string name, RecordText record)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(record.Utf8.Span, skipInputValidation: true);
    }

    static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<Artifact> artifacts)
    {
        writer.WriteStartArray("artifacts");
        foreach (var artifact in artifacts)
        {
            writer.WriteStartObject();
            writer.WriteString("digest", artifact.Digest.ToString());
            writer.WriteNumber("length-bytes", artifact.LengthBytes);
            writer.WriteString("media-type", artifact.MediaType);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<CalledStage> called)
    {
        writer.WriteStartArray("called");
        foreach (var stage in called)
        {
            writer.WriteStartObject();
            writer.WriteString("name", stage.Name);
            writer.WriteNumber("version", stage.Version);
            writer.WriteString("toolchain", stage.Toolchain);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
