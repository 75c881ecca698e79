namespace Mlops.Engine;

/// <summary>The one door through which a stage's body reaches bytes, other stages and the outside.</summary>
public abstract class StageContext
{
    public abstract CancellationToken Cancellation { get; }

    /// <summary>Calls another stage; the result is looked up instead where its key has a trace.</summary>
    public abstract Task<TOutput> Call<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input);

    /// <summary>
    /// Calls a stage for every input, in parallel within the run's bound; results in input order.
    /// </summary>
    public abstract Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs);

    /// <summary>As the other, and says what was looked up while the rest is being executed.</summary>
    /// <param name="looked">
    /// Is given what is known in input order, null for what is about to be executed, where there
    /// is some of both.
    /// </param>
    public virtual Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs, Action<IReadOnlyList<TOutput?>> looked)
        where TOutput : class => CallAll(stage, inputs);

    /// <summary>
    /// Says which calls will most likely be made: as many as there are idle cores for are begun. What becomes
    /// of them shows when they are made; one that never is changes nothing but what the run costs, and is
    /// given up when the body ends.
    /// </summary>
    public virtual void Foresee<TInput, TOutput>(Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
    }

    /// <summary>
    /// Calls a stage that answers with lists for every input; all the answers in one list, in input order.
    /// </summary>
    public async Task<IReadOnlyList<TOutput>> CallEach<TInput, TOutput>(
        Stage<TInput, IReadOnlyList<TOutput>> stage, IEnumerable<TInput> inputs) =>
        [.. (await CallAll(stage, inputs)).SelectMany(outputs => outputs)];

    /// <summary>
    /// A verified, read-only file that holds the artifact's bytes; valid while the stage runs.
    /// </summary>
    /// <exception cref="ProblemException">The store lacks it or holds other bytes (ENGINE-…).</exception>
    public abstract string Locate(Artifact artifact);

    /// <summary>
    /// Opens a raw file, or a piece of one, by its digest. Reading to the end checks the digest: bytes that
    /// changed since they were indexed end in a <see cref="ProblemException"/>, never in a result.
    /// </summary>
    public abstract Stream OpenSource(Digest source);

    /// <summary>
    /// Opens a raw file by its digest to be read anywhere in it, by several threads at once.
    /// </summary>
    public abstract RawFile OpenRaw(Digest source);

    /// <summary>
    /// Says that a range of a raw file is what a digest names: from then on <see cref="OpenSource"/> opens it
    /// for the calls of this process. Pieces are in no key, so whoever calls with one says
    /// so each time before.
    /// </summary>
    /// <param name="source">The whole file.</param>
    public abstract void Piece(Digest source, RawPiece piece);

    /// <summary>
    /// Makes a file of the body's own that holds the bytes of a raw file, or of an artifact, by their digest.
    /// Bytes that changed since they were indexed end in a <see cref="ProblemException"/>.
    /// </summary>
    public virtual async Task CopySource(Digest source, string path)
    {
        await using var from = OpenSource(source);
        await using var to = DiskStream.Create(path);
        await from.CopyToAsync(to, Cancellation);
    }

    /// <summary>Stores the bytes that <paramref name="write"/> writes.</summary>
    public abstract Task<Artifact> Write(string mediaType, Func<Stream, Task> write);

    /// <summary>
    /// Stores a finished file that the body made in its scratch folder; the store takes it over.
    /// </summary>
    public abstract Task<Artifact> WriteFile(string mediaType, string path);

    /// <summary>An empty folder of the body's own, removed when it ends.</summary>
    public abstract string ScratchDirectory { get; }

    /// <summary>Says how far the work is, for whoever watches: <c>"12,000 rows"</c>.</summary>
    public abstract void Progress(string text);
}
