using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Reads what <see cref="TraceWriter"/> wrote. By hand, since a plan reads many: both records stay the bytes
/// that they are, and nothing has to be described before the first is read. What another machine wrote is
/// read strictly, by <see cref="ForeignTrace"/>.
/// </summary>
sealed class TraceReader
{
    readonly List<Artifact> artifacts = [];
    readonly List<string> reasons = [];
    readonly List<Digest> children = [];
    List<CalledStage>? called;
    Digest? key, output;
    string? stage, toolchain, host, operatingSystem, runtime;
    RecordText? input, record;
    DateTimeOffset startedAt;
    double runSeconds, cpuSeconds;
    long peakMemoryBytes, bytesRead, bytesWritten;
    int version;

    /// <returns>Null where it is no trace.</returns>
    public static Trace? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            var trace = new TraceReader();
            var fields = new CompactFields(json.Span);
            while (fields.Next(out var name, out var value))
                trace.Take(name, json[value]);
            return trace.Whole();
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException
            or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    void Take(string name, ReadOnlyMemory<byte> value)
    {
        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        switch (name)
        {
            case "input": input = new RecordText(value); break;
            case "record": record = new RecordText(value); break;
            case "key": key = reader.Digest(); break;
            case "stage": stage = reader.GetString(); break;
            case "version": version = reader.GetInt32(); break;
            case "toolchain": toolchain = reader.GetString(); break;
            case "output": output = reader.Digest(); break;
            case "started-at": startedAt = reader.GetDateTimeOffset(); break;
            case "run-seconds": runSeconds = reader.GetDouble(); break;
            case "cpu-seconds": cpuSeconds = reader.GetDouble(); break;
            case "peak-memory-bytes": peakMemoryBytes = reader.GetInt64(); break;
            case "bytes-read": bytesRead = reader.GetInt64(); break;
            case "bytes-written": bytesWritten = reader.GetInt64(); break;
            case "host": host = reader.GetString(); break;
            case "operating-system": operatingSystem = reader.GetString(); break;
            case "runtime": runtime = reader.GetString(); break;
            default: TakeList(name, ref reader); break;
        }
    }

    void TakeList(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "artifacts":
                while (reader.NextItem())
                    artifacts.Add(reader.Artifact());
                break;
            case "reasons":
                while (reader.NextItem())
                    reasons.Add(reader.Text());
                break;
            case "children":
                while (reader.NextItem())
                    children.Add(reader.Digest());
                break;
            case "called":
                called = [];
                while (reader.NextItem())
                    called.Add(CalledAt(ref reader));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    Trace? Whole() =>
        key is { } ofKey && output is { } ofOutput && input is not null && record is not null
        && stage is not null && toolchain is not null && host is not null && operatingSystem is not null
        && runtime is not null
            ? new Trace(
                ofKey, stage, version, toolchain, input, ofOutput, record, artifacts,
                startedAt, runSeconds, cpuSeconds, peakMemoryBytes, bytesRead, bytesWritten,
                host, operatingSystem, runtime, reasons, children, called)
            : null;

    static CalledStage CalledAt(ref Utf8JsonReader reader)
    {
        reader.Object();
        var (stage, version, toolchain) = ("", 0, "");
        while (reader.NextField(out var name))
            if (name.SequenceEqual("name"u8))
                stage = reader.Text();
            else if (name.SequenceEqual("version"u8))
                version = reader.GetInt32();
            else if (name.SequenceEqual("toolchain"u8))
                toolchain = reader.Text();
            else
                reader.Skip();
        return new CalledStage(stage, version, toolchain);
    }
}
