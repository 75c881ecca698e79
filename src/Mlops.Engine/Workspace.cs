using System.Collections.Concurrent;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// The engine's memory on disk: store, traces, source index, notes and ledger, in one folder. Several processes
/// may have it open at once.
/// </summary>
public sealed class Workspace
{
    /// <summary>Version of everything under the folder. Another one is set aside, never misread.</summary>
    const string Format = "mlops-workspace/2";

    /// <summary>It has a version of its own, and stays whatever becomes of the rest.</summary>
    const string LedgerName = "ledger.jsonl";

    readonly AtomicFiles files;
    readonly string notes;
    readonly ConcurrentDictionary<string, Digest> placed = new(StringComparer.Ordinal);

    Workspace(string directory, TimeProvider clock)
    {
        Location = directory;
        Clock = clock;
        files = new AtomicFiles(Path.Combine(directory, "tmp"));
        notes = Directory.CreateDirectory(Path.Combine(directory, "notes")).FullName;
        Artifacts = new ArtifactStore(Path.Combine(directory, "cas"), files);
        Traces = new TraceStore(Path.Combine(directory, "traces"), Path.Combine(directory, "steps"), files);
        Claims = new Claims(Path.Combine(directory, "claims"));
        Durations = new Durations(Path.Combine(directory, "durations.index"), files);
        Sources = new SourceIndex(Path.Combine(directory, "sources.index"), files, clock);
        Ledger = new Ledger(Path.Combine(directory, LedgerName));
    }

    public string Location { get; }

    internal TimeProvider Clock { get; }

    internal ArtifactStore Artifacts { get; }

    internal TraceStore Traces { get; }

    internal Claims Claims { get; }

    internal Durations Durations { get; }

    internal SourceIndex Sources { get; }

    internal Ledger Ledger { get; }

    /// <exception cref="ProblemException">The folder cannot be used; Damaged.</exception>
    public static Workspace Open(string directory, TimeProvider clock)
    {
        try
        {
            SetUnknownFormatAside(directory);
            Directory.CreateDirectory(directory);
            var format = Path.Combine(directory, "format");
            if (!File.Exists(format))
                File.WriteAllText(format, Format + "\n");
            var workspace = new Workspace(directory, clock);
            workspace.files.RemoveLeftovers();
            workspace.Claims.RemoveLeftovers();
            return workspace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                [
                    new Problem(
                        "ENGINE-001", "The workspace cannot be used.", new Place(directory), Expected: "a folder that can be written to",
                        Actual: fault.Message, Next: "Free or unlock it, or name another with --workspace-directory."),
                ],
                damaged: true, fault);
        }
    }

    /// <summary>Files by glob relative to a folder, or absolute; each once, in ordinal order of their names.</summary>
    public SourceListing ResolveSources(string baseDirectory, IReadOnlyList<string> globs) =>
        Sources.Resolve(baseDirectory, globs);

    /// <summary>
    /// Makes the file at a path hold the artifact; does nothing where it already does. What it learnt of files is kept
    /// when the run closes, or a snapshot is.
    /// </summary>
    /// <returns>Whether it wrote.</returns>
    public bool Place(Artifact artifact, string path)
    {
        placed[path] = artifact.Digest;
        if (FileStamp.Of(path) is { } stamp && stamp.LengthBytes == artifact.LengthBytes && Sources.DigestOf(path) == artifact.Digest)
            return false;
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var aside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetFileName(files.Aside())}");
        FileLinks.Place(Artifacts.Locate(artifact), aside, Clock.GetUtcNow().UtcDateTime);
        File.Move(aside, path, overwrite: true);
        return true;
    }

    /// <summary>How long a step took when it last ran; null of one that never did.</summary>
    public TimeSpan? LastDurationOf(StepName step) => Durations.Last(step);

    /// <exception cref="ProblemException">It is not in the store, or is not what it was.</exception>
    public byte[] Read(Artifact artifact) => File.ReadAllBytes(Artifacts.Locate(artifact));

    /// <summary>A small note that a later run may want, by name; null if there is none, or it is damaged.</summary>
    public byte[]? Recall(string name) =>
        NotePath(name) is var path && File.Exists(path) ? Sealed.Open(File.ReadAllBytes(path))?.ToArray() : null;

    public void Remember(string name, ReadOnlySpan<byte> content) => files.Write(NotePath(name), Sealed.Close(content));

    /// <summary>
    /// Keeps a snapshot of a run that had nothing to do: with what the draft holds already the traces, the artifacts,
    /// the notes and the files that were placed.
    /// </summary>
    public void Keep(SnapshotDraft draft, string request, RunResult result, string text)
    {
        Sources.Save();
        draft.Add(Path.Combine(Location, "format"));
        draft.AddFolder(notes);
        foreach (var note in Directory.EnumerateFiles(notes))
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

    string NotePath(string name) => Path.Combine(notes, Digest.Of(Encoding.UTF8.GetBytes(name)).ToString());

    static void SetUnknownFormatAside(string directory)
    {
        var format = Path.Combine(directory, "format");
        if (!File.Exists(format) || File.ReadAllText(format).Trim() is var found && found == Format)
            return;
        var aside = $"{directory.TrimEnd(Path.DirectorySeparatorChar)}.set-aside";
        for (var number = 1; ; number++)
            if (!Directory.Exists($"{aside}-{number}"))
            {
                MoveAllButTheLedger(directory, Directory.CreateDirectory($"{aside}-{number}").FullName);
                return;
            }
    }

    /// <remarks>The format goes last: should the process be killed meanwhile, the next one carries on.</remarks>
    static void MoveAllButTheLedger(string directory, string aside)
    {
        var entries = Directory.GetFileSystemEntries(directory).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith(LedgerName, StringComparison.Ordinal));
        foreach (var name in entries.OrderBy(name => name == "format"))
            Directory.Move(Path.Combine(directory, name), Path.Combine(aside, name));
    }
}
