using System.Text.Json.Serialization;

namespace Mlops.Engine;

/// <summary>"This key once gave this output record", and what that took.</summary>
/// <param name="Input">The key's input record, canonical.</param>
/// <param name="Output">Digest of the output record's canonical JSON.</param>
/// <param name="Record">The output record, canonical.</param>
/// <param name="Artifacts">What the output record names, so that its absence is seen without reading
/// the record.</param>
/// <param name="RunSeconds">
/// How long the body ran, and the calls that ran for it; waiting for the rest of the run is not in it.
/// </param>
/// <param name="CpuSeconds">
/// CPU time while the body ran, of this process and of those it started, and that of the calls that ran for
/// it. What bodies used that ran at the same time is shared out equally among them, so that the sum over all
/// steps is the run's.
/// </param>
/// <param name="PeakMemoryBytes">Largest working set of the process until the step's end.</param>
/// <param name="BytesRead">Of raw files and artifacts that the body opened; each opening counts.</param>
/// <param name="BytesWritten">Of artifacts that the body stored.</param>
/// <param name="Reasons">Why it ran; empty for a call inside a step.</param>
/// <param name="Children">Keys of the memoised calls that the body made, in the order they were made.</param>
/// <param name="Called">
/// The stages that the body called and those that they called, by name. Null in traces of
/// before this was kept.
/// </param>
public sealed record Trace(
    Digest Key,
    string Stage,
    int Version,
    string Toolchain,
    RecordText Input,
    Digest Output,
    RecordText Record,
    IReadOnlyList<Artifact> Artifacts,
    DateTimeOffset StartedAt,
    double RunSeconds,
    double CpuSeconds,
    long PeakMemoryBytes,
    long BytesRead,
    long BytesWritten,
    string Host,
    string OperatingSystem,
    string Runtime,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<Digest> Children,
    IReadOnlyList<CalledStage>? Called = null);

/// <summary>
/// A stage as it was when it was called: the caller's key does not hold it, so its trace does.
/// </summary>
public sealed record CalledStage(string Name, int Version, string Toolchain);

/// <summary>How the engine's own records are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Trace))]
[JsonSerializable(typeof(PlacedRecord))]
[JsonSerializable(typeof(RecordedStep))]
[JsonSerializable(typeof(NoteName))]
sealed partial class EngineJson : JsonSerializerContext;
