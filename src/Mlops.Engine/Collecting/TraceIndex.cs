using System.Text.Json;

namespace Mlops.Engine;

/// <summary>What a collection has to know of a trace.</summary>
/// <param name="Inputs">Digests of the artifacts and raw files that its input record names.</param>
/// <param name="Bytes">Of the trace itself.</param>
sealed record KnownTrace(
    Digest Key,
    string Stage,
    Digest Output,
    DateTimeOffset StartedAt,
    IReadOnlyList<Artifact> Artifacts,
    IReadOnlyList<Digest> Inputs,
    IReadOnlyList<Digest> Children,
    long Bytes);

/// <summary>All traces of a workspace; each is read once, also if the index is brought up to date.</summary>
sealed class TraceIndex(TraceStore traces)
{
    Dictionary<Digest, KnownTrace> known = [];

    public IReadOnlyDictionary<Digest, KnownTrace> All => known;

    public void Refresh()
    {
        var now = new Dictionary<Digest, KnownTrace>();
        foreach (var key in traces.Keys())
            now[key] = known.TryGetValue(key, out var before) ? before : Read(key);
        known = now;
    }

    /// <remarks>A trace that cannot be read is of no use to anybody: it names nothing.</remarks>
    KnownTrace Read(Digest key)
    {
        var bytes = new FileInfo(traces.PathOf(key)) is { Exists: true, Length: var length } ? length : 0;
        return traces.Find(key) is { } trace
            ? new KnownTrace(
                key, trace.Stage, trace.Output, trace.StartedAt,
                trace.Artifacts, InputsOf(trace.Input.Parse()), trace.Children, bytes)
            : new KnownTrace(key, "", default, default, [], [], [], bytes);
    }

    static IReadOnlyList<Digest> InputsOf(JsonElement input) =>
    [
        .. NamedArtifacts.In(input).Select(artifact => artifact.Digest),
        .. RecordShapes.SourceFilesIn(input).Select(source => source.Digest),
    ];
}
