using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Reads the whole store back and holds every byte against its digest. What is damaged is taken out, with the
/// traces that need it: it counts as absent from then on, and the next run makes again what it uses.
/// </summary>
/// <param name="parallelism">How many files are read at once; at least 1.</param>
public sealed class StoreVerification(Workspace workspace, int parallelism, CancellationToken cancellation)
{
    const string MadeAgain = "The next run that needs it makes it again.";

    readonly ConcurrentDictionary<string, Problem> problems = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Digest, string> makers = new();
    readonly Dictionary<Digest, string> steps = StepsByKey(workspace.Ledger.Read().Lines);
    readonly ConcurrentDictionary<Digest, bool> useless = new();
    long bytes;

    /// <param name="waiting">Told once, if a collection is under way:
    /// what it removes must not be missed here.</param>
    public StoreFindings Verify(Action waiting)
    {
        using var use = workspace.Use(waiting);
        var (traces, artifacts, stepNotes) = (Below("traces"), Below("cas"), Below("steps"));
        Each(traces, VerifyTrace);
        Each(artifacts, VerifyArtifact);
        // Only now, for what they name may have been found damaged.
        Each(traces, VerifyOutputs);
        Each(stepNotes, VerifyStepNote);
        return new StoreFindings(
            artifacts.Length, bytes, traces.Length, stepNotes.Length,
            [.. problems.OrderBy(problem => problem.Key, StringComparer.Ordinal)
                .Select(problem => problem.Value)]);
    }

    void Each(IReadOnlyList<string> paths, Action<string, FileStamp> verify) => Parallel.ForEach(
        paths, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation },
        path =>
        {
            try
            {
                // What another process has removed meanwhile is not missed.
                if (FileStamp.Of(path) is { } seen)
                    verify(path, seen);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Nor what it removes now.
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report(new Problem("ENGINE-025", "An entry of the store cannot be read.",
                    new Place(path), Actual: fault.Message));
            }
        });

    void VerifyTrace(string path, FileStamp seen)
    {
        if (ReadTrace(path) is { } trace)
        {
            var name = NameOf(trace.Key, trace.Stage);
            foreach (var artifact in trace.Artifacts.Except(NamedArtifacts.In(trace.Input.Parse())))
                makers.AddOrUpdate(artifact.Digest, name,
                    (_, known) => string.CompareOrdinal(known, name) < 0 ? known : name);
        }
        else
            TakeOut(seen, new Problem(
                "ENGINE-026",
                $"The trace of {NameOf(KeyOf(path), "a step or a call inside one")} is damaged.",
                new Place(path), Next: MadeAgain));
    }

    void VerifyArtifact(string path, FileStamp seen)
    {
        var digest = FileDigest.Of(path, cancellation);
        Interlocked.Add(ref bytes, seen.LengthBytes);
        if (digest.ToString() != Path.GetFileName(path))
            TakeOut(seen, new Problem(
                "ENGINE-027",
                $"An artifact of {makers.GetValueOrDefault(KeyOf(path), "no known trace")} is damaged.",
                new Place(path), Expected: $"SHA-256 {Path.GetFileName(path)}",
                Actual: $"SHA-256 {digest}", Next: MadeAgain));
    }

    /// <remarks>
    /// Without its artifacts a trace is of no use: it goes too, and no later verification names it again.
    /// </remarks>
    void VerifyOutputs(string path, FileStamp seen)
    {
        var missing = ReadTrace(path)?.Artifacts
            .Where(artifact => !File.Exists(workspace.Artifacts.PathOf(artifact.Digest))).ToList() ?? [];
        if (missing.Count == 0 || !File.Exists(path))
            return;
        foreach (var artifact in missing)
            Report(new Problem(
                "ENGINE-028",
                $"An artifact of {makers.GetValueOrDefault(artifact.Digest, "no known trace")} is missing.",
                new Place(workspace.Artifacts.PathOf(artifact.Digest)),
                Expected: $"{artifact.LengthBytes} bytes, {artifact.MediaType}", Next: MadeAgain));
        useless[KeyOf(path)] = true;
        Remove(path, seen);
    }

    void VerifyStepNote(string path, FileStamp seen)
    {
        if (!Digest.TryParse(File.ReadLines(path).LastOrDefault()?.Split(' ')[0], out var key))
            TakeOut(seen, new Problem(
                "ENGINE-029", "The note of a step's last run is damaged.", new Place(path),
                Next: "The next run takes the step as one that was never built."));
        else if (!File.Exists(workspace.Traces.PathOf(key)) && !useless.ContainsKey(key))
            Report(new Problem(
                "ENGINE-026", $"The trace of {NameOf(key, "a step")} is missing.",
                new Place(workspace.Traces.PathOf(key)), Next: MadeAgain));
    }

    void TakeOut(FileStamp seen, Problem problem)
    {
        Report(problem);
        Remove(problem.Where!.File, seen);
    }

    /// <remarks>
    /// Another process may have put a whole file in its place since it was read: that one goes back.
    /// </remarks>
    internal void Remove(string path, FileStamp seen)
    {
        var aside = workspace.Artifacts.Aside();
        File.Move(path, aside);
        if (FileStamp.Of(aside) is { } moved && moved.Inode == seen.Inode)
            File.Delete(aside);
        else
            File.Move(aside, path, overwrite: true);
    }

    string[] Below(string folder) =>
        Path.Combine(workspace.Location, folder) is var path && Directory.Exists(path)
            ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            : [];

    /// <returns>Null where it is damaged, or not that of the key which the file is named by.</returns>
    static Trace? ReadTrace(string path) =>
        TraceStore.Read(path) is { } trace && trace.Key == KeyOf(path) ? trace : null;

    /// <remarks>Once for each entry, however many need it.</remarks>
    void Report(Problem problem) => problems.TryAdd(problem.Where!.File, problem);

    string NameOf(Digest key, string otherwise) => steps.GetValueOrDefault(key, otherwise);

    static Digest KeyOf(string path) => Digest.TryParse(Path.GetFileName(path), out var key) ? key : default;

    /// <summary>The names of steps, as the ledger knows them: a trace knows only its stage.</summary>
    static Dictionary<Digest, string> StepsByKey(IReadOnlyList<LedgerLine> lines)
    {
        var names = new Dictionary<Digest, string>();
        foreach (var run in lines.Select(line => line.Entry?.What).OfType<LedgerMatter.Run>())
            foreach (var step in run.Executed)
                names[step.Key] = step.Step;
        return names;
    }
}
