using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// The engine's memory on disk: store, traces, source index, notes and ledger, in one folder. Several
/// processes may have it open at once.
/// </summary>
public sealed class Workspace
{
    /// <summary>It has a version of its own, and stays whatever becomes of the rest.</summary>
    internal const string LedgerName = "ledger.jsonl";

    readonly AtomicFiles files;
    readonly Placement placement;
    readonly ConcurrentDictionary<string, Digest> placed = new(StringComparer.Ordinal);

    Workspace(string directory, TimeProvider clock, Action<string>? changing)
    {
        Location = directory;
        Clock = clock;
        files = new AtomicFiles(Path.Combine(directory, "tmp"), changing);
        WorkspaceFormat.Mark(directory, files);
        placement = new Placement(files, clock);
        Notes = new Notes(Path.Combine(directory, "notes"), files);
        Artifacts = new ArtifactStore(Path.Combine(directory, "cas"), files);
        Traces = new TraceStore(Path.Combine(directory, "traces"), files);
        Steps = new StepHistories(Path.Combine(directory, "steps"), files, clock);
        Moments = new Moments(Path.Combine(directory, "locks"));
        Claims = new Claims(Path.Combine(directory, "claims"));
        Durations = new Durations(Path.Combine(directory, "durations.index"), files);
        Sources = SourceIndex.In(
            directory, files, clock, call => new Lookup(this, []).Find(call)?.Output);
        Ledger = new Ledger(Path.Combine(directory, LedgerName));
    }

    public string Location { get; }

    internal TimeProvider Clock { get; }

    internal AtomicFiles Files => files;

    internal ArtifactStore Artifacts { get; }

    internal TraceStore Traces { get; }

    internal StepHistories Steps { get; }

    internal Notes Notes { get; }

    internal Moments Moments { get; }

    internal Claims Claims { get; }

    internal Durations Durations { get; }

    internal SourceIndex Sources { get; }

    internal Pieces Pieces { get; } = new();

    internal Ledger Ledger { get; }

    /// <exception cref="ProblemException">The folder cannot be used; Damaged.</exception>
    public static Workspace Open(string directory, TimeProvider clock) => Open(directory, clock, null);

    /// <param name="changing">Is told before every single change on disk.</param>
    internal static Workspace Open(string directory, TimeProvider clock, Action<string>? changing)
    {
        try
        {
            WorkspaceFormat.Prepare(directory);
            var workspace = new Workspace(directory, clock, changing);
            workspace.files.RemoveLeftovers();
            workspace.Claims.RemoveLeftovers();
            return workspace;
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            throw StoreFaults.Unusable(directory, fault);
        }
    }

    /// <summary>From now until disposal nothing is collected that a run may use.</summary>
    /// <param name="waiting">Told once, if a collection is under way: it takes a moment.</param>
    /// <exception cref="ProblemException">The folder cannot be used; Damaged.</exception>
    public IDisposable Use(Action waiting)
    {
        try
        {
            return Moments.Share(waiting);
        }
        catch (Exception fault) when (StoreFaults.IsOfDisk(fault))
        {
            throw StoreFaults.OfWorkspace(Location, fault);
        }
    }

    /// <summary>
    /// Files by glob relative to a folder, or absolute; each once, in ordinal order of their names.
    /// </summary>
    /// <param name="foresee">What will be asked of a file by its name and its length, if anything: it is
    /// made while the digest is taken.</param>
    public SourceListing ResolveSources(
        string baseDirectory, IReadOnlyList<string> globs,
        Func<string, long, ForeseenCall?>? foresee = null) =>
        Sources.Resolve(baseDirectory, globs, foresee);

    /// <summary>
    /// Makes the file at a path hold the artifact; does nothing where it already does. What it learnt of
    /// files is kept when the run closes, or a snapshot is.
    /// </summary>
    /// <returns>Whether it wrote.</returns>
    public bool Place(Artifact artifact, string path)
    {
        placed[path] = artifact.Digest;
        if (FileStamp.Of(path) is { } stamp && stamp.LengthBytes == artifact.LengthBytes
            && DigestOfOutput(path) == artifact.Digest)
            return false;
        placement.Place(Artifacts.Locate(artifact), path);
        return true;
    }

    /// <summary>How long a step took when it last ran; null of one that never did.</summary>
    public TimeSpan? LastDurationOf(StepName step) => Durations.Last(step);

    /// <exception cref="ProblemException">It is not in the store, or is not what it was.</exception>
    public byte[] Read(Artifact artifact) => File.ReadAllBytes(Artifacts.Locate(artifact));

    /// <summary>
    /// Null where there is no such file, or another process replaces it or takes it away right now.
    /// </summary>
    internal Digest? DigestOfOutput(string path)
    {
        try
        {
            return Sources.DigestOf(path);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>A folder for what steps make for people.</summary>
    public Outputs OutputsIn(string outputDirectory) =>
        new(this, Path.GetFullPath(outputDirectory), Path.Combine(Location, "placed"));

    /// <summary>
    /// A small note that a later run may want; null if there is none, or it is damaged or of another version.
    /// </summary>
    public byte[]? Recall(NoteName name) => Notes.Recall(name);

    /// <summary>All notes of a kind, in no order that means anything.</summary>
    public IReadOnlyList<byte[]> RecallAll(string kind) =>
        [.. Notes.All(kind).Where(note => note.Name is not null).Select(note => note.Content.ToArray())];

    public void Remember(NoteName name, ReadOnlySpan<byte> content) => Notes.Remember(name, content);

    /// <summary>
    /// Keeps a snapshot of a run that had nothing to do: with what the draft holds already the traces, the
    /// artifacts, the notes and the files that were placed.
    /// </summary>
    public void Keep(SnapshotDraft draft, string request, RunResult result, string text)
    {
        Sources.Save();
        draft.Add(WorkspaceFormat.PathIn(Location));
        draft.AddFolder(Notes.Folder);
        foreach (var note in Directory.EnumerateFiles(Notes.Folder))
            draft.Add(note);
        foreach (var trace in result.Steps.Select(step => step.Trace).OfType<Trace>())
        {
            draft.Add(Traces.PathOf(trace.Key));
            foreach (var artifact in trace.Artifacts)
                draft.Add(artifact);
        }
        foreach (var (path, digest) in placed)
            draft.Add(path, digest);
        draft.Save(Location, request, text, files);
    }
}
