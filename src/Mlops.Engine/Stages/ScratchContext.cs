using System.Security.Cryptography;

namespace Mlops.Engine;

/// <summary>
/// Runs stages from nothing: no look-up, no memo, one after the other, artifacts in a folder of its own.
/// What a run of the engine must equal, and so the oracle of its tests.
/// </summary>
/// <param name="directory">An existing, empty folder; it grows until its owner removes it.</param>
/// <param name="sources">Where the raw files are, by digest.</param>
/// <param name="given">Where artifacts are that were not made here; null if there are none.</param>
public sealed class ScratchContext(
    string directory,
    IReadOnlyDictionary<Digest, string> sources,
    Func<Artifact, string>? given = null,
    CancellationToken cancellation = default) : StageContext
{
    readonly Pieces pieces = new();
    int scratchFolders;

    public override CancellationToken Cancellation { get; } = cancellation;

    public override string ScratchDirectory =>
        Directory.CreateDirectory(
            Path.Combine(directory, $"scratch-{Interlocked.Increment(ref scratchFolders)}")).FullName;

    public override Task<TOutput> Call<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input) =>
        stage.Body(this, input);

    public override async Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
        var outputs = new List<TOutput>();
        foreach (var input in inputs)
            outputs.Add(await stage.Body(this, input));
        return outputs;
    }

    public override string Locate(Artifact artifact)
    {
        var made = Path.Combine(directory, artifact.Digest.ToString());
        return given is null || File.Exists(made) ? made : given(artifact);
    }

    /// <remarks>What is no raw file was made before, as an artifact.</remarks>
    public override Stream OpenSource(Digest source) => pieces.Find(source) is var (whole, piece)
        ? new VerifyingStream(PathOf(whole), source, piece)
        : DiskStream.OpenRead(PathOf(source));

    public override RawFile OpenRaw(Digest source) => new(PathOf(source), () => { });

    public override void Piece(Digest source, RawPiece piece) => pieces.Add(source, piece);

    public override async Task<Artifact> Write(string mediaType, Func<Stream, Task> write)
    {
        var path = Path.Combine(ScratchDirectory, "artifact");
        await using (var stream = DiskStream.Create(path))
            await write(stream);
        return await WriteFile(mediaType, path);
    }

    public override async Task<Artifact> WriteFile(string mediaType, string path)
    {
        await using var stream = DiskStream.OpenRead(path);
        var digest = Digest.FromBytes(await SHA256.HashDataAsync(stream, Cancellation));
        var made = Path.Combine(directory, digest.ToString());
        // The same bytes may be made twice, and the first be open.
        if (!File.Exists(made))
            File.Copy(path, made);
        return new Artifact(digest, stream.Length, mediaType);
    }

    public override void Progress(string text)
    {
    }

    string PathOf(Digest source) =>
        sources.TryGetValue(source, out var path) ? path : Path.Combine(directory, source.ToString());
}
