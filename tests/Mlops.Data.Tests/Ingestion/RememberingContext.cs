using System.Text.Json;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Runs a call once per stage and input, as the engine does, and says which calls ran.</summary>
sealed class RememberingContext(ScratchContext scratch) : StageContext
{
    readonly Dictionary<string, object> outputs = [];

    public List<string> Ran { get; } = [];

    /// <summary>What bodies read.</summary>
    public List<Artifact> Located { get; } = [];

    public override CancellationToken Cancellation => scratch.Cancellation;
    public override string ScratchDirectory => scratch.ScratchDirectory;

    public override async Task<TOutput> Call<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input)
    {
        var key = stage.Name + JsonSerializer.Serialize(input, stage.Input);
        if (outputs.TryGetValue(key, out var known))
            return (TOutput)known;
        Ran.Add(stage.Name);
        var output = await stage.Body(this, input);
        // What is remembered went through JSON, as in a trace.
        var record = JsonSerializer.SerializeToUtf8Bytes(output, stage.Output);
        outputs[key] = stage.ReadOutput is { } read
            ? RecordSteps.Read(record, read)!
            : JsonSerializer.Deserialize(record, stage.Output)!;
        return (TOutput)outputs[key];
    }

    public override async Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
        var all = new List<TOutput>();
        foreach (var input in inputs)
            all.Add(await Call(stage, input));
        return all;
    }

    public override string Locate(Artifact artifact)
    {
        Located.Add(artifact);
        return scratch.Locate(artifact);
    }

    public override Stream OpenSource(Digest source) => scratch.OpenSource(source);
    public override RawFile OpenRaw(Digest source) => scratch.OpenRaw(source);
    public override void Piece(Digest source, RawPiece piece) => scratch.Piece(source, piece);
    public override Task<Artifact> Write(string mediaType, Func<Stream, Task> write) =>
        scratch.Write(mediaType, write);
    public override Task<Artifact> WriteFile(string mediaType, string path) =>
        scratch.WriteFile(mediaType, path);
    public override void Progress(string text) => scratch.Progress(text);
}
