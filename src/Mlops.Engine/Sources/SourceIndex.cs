using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <param name="UnmatchedGlobs">Patterns that no file fits.</param>
/// <param name="Paths">Full paths of the files, with their digests.</param>
/// <param name="Folders">Full paths of the folders that were listed.</param>
/// <param name="Changed">Full paths of the files that are new, or hold other bytes than when they were
/// noted.</param>
public sealed record SourceListing(
    IReadOnlyList<SourceFile> Files,
    IReadOnlyList<string> UnmatchedGlobs,
    IReadOnlyDictionary<string, Digest> Paths,
    IReadOnlyCollection<string> Folders,
    IReadOnlyList<string> Changed)
{
    /// <summary>What the files were as they were listed, by full path.</summary>
    internal IReadOnlyDictionary<string, SourceReading> Readings { get; init; } =
        new Dictionary<string, SourceReading>();

    /// <summary>What the names of the files are relative to.</summary>
    internal string BaseDirectory { get; init; } = "";

    /// <summary>The full paths of the files by the names that they have among
    /// <see cref="Files"/>: of one that lies elsewhere it does not say where.</summary>
    public ILookup<string, string> PathsByName() =>
        Paths.Keys.ToLookup(path => SourceIndex.NameOf(BaseDirectory, path), StringComparer.Ordinal);
}

/// <summary>
/// Digests of files by path, so that a file that was not written to is not read again. One compact text file,
/// <see cref="SourceIndexFile"/>. A stamp is believed only if it was older than the reading by more than a
/// clock tick: a file written to in the same instant as it was read (a "racy" one) is read again next time.
/// </summary>
sealed class SourceIndex
{
    readonly string path;
    readonly AtomicFiles files;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, SourceReading> entries;
    readonly ConcurrentDictionary<Digest, string> paths = new();
    readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);
    int changes;

    /// <param name="outputOf">What a call gave before; null where that is not known.</param>
    public SourceIndex(
        string path, AtomicFiles files, TimeProvider clock, Func<StageCall, object?> outputOf)
    {
        (this.path, this.files, this.clock) = (path, files, clock);
        entries = new(SourceIndexFile.Read(path), StringComparer.Ordinal);
        Foreseen = new ForeseenOutputs(outputOf);
    }

    public ForeseenOutputs Foreseen { get; }

    /// <param name="workspaceDirectory">The workspace that it belongs to.</param>
    /// <inheritdoc cref="SourceIndex(string, AtomicFiles, TimeProvider, Func{StageCall, object?})"/>
    public static SourceIndex In(
        string workspaceDirectory, AtomicFiles files, TimeProvider clock,
        Func<StageCall, object?>? outputOf = null) => new(
            Path.Combine(workspaceDirectory, "sources.index"), files, clock, outputOf ?? (_ => null));

    /// <summary>Notes what was read elsewhere of files that are not young.</summary>
    public void Add(IReadOnlyDictionary<string, SourceReading> readings)
    {
        foreach (var (file, reading) in readings)
            entries[file] = reading;
        changes += readings.Count;
        Save();
    }

    /// <param name="foresee">What will be asked of a file by its name and its length, if anything.</param>
    /// <exception cref="ProblemException">Files cannot be read, each with its reason.</exception>
    public SourceListing Resolve(
        string baseDirectory, IReadOnlyList<string> globs, Func<string, long, ForeseenCall?>? foresee = null)
    {
        var unmatched = new List<string>();
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var glob in globs)
        {
            var matches = Matches(baseDirectory, glob, folders);
            found.UnionWith(matches);
            if (matches.Count == 0)
                unmatched.Add(glob);
        }
        var changed = new List<string>();
        var readings = ReadAll(
            [.. found], (file, length) => foresee?.Invoke(NameOf(baseDirectory, file), length), changed);
        var sources = found.Select(file => Source(baseDirectory, file, readings[file])).ToList();
        sources.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name) is var order and not 0
            ? order
            : left.Digest.CompareTo(right.Digest));
        Save();
        var digests = readings.ToDictionary(
            reading => reading.Key, reading => reading.Value.Digest, StringComparer.Ordinal);
        return new SourceListing(sources, unmatched, digests, folders, changed)
        {
            Readings = readings,
            BaseDirectory = baseDirectory,
        };
    }

    /// <summary>
    /// The digest of a file as it is now, read only if it may have changed; null if there is none.
    /// </summary>
    public Digest? DigestOf(string file) =>
        FileStamp.Of(file) is not { } stamp ? null : (Known(file, stamp) ?? ReadNow(file)).Digest;

    /// <summary>Where the bytes were last seen.</summary>
    public string? PathOf(Digest digest) => paths.GetValueOrDefault(digest);

    /// <remarks>Files that are gone are forgotten then.</remarks>
    public void Save()
    {
        if (Interlocked.Exchange(ref changes, 0) == 0)
            return;
        foreach (var file in entries.Keys)
            if (!seen.ContainsKey(file) && !File.Exists(file))
                entries.TryRemove(file, out _);
        files.Write(path, SourceIndexFile.Encode(entries));
    }

    static List<string> Matches(string baseDirectory, string glob, HashSet<string> folders)
    {
        try
        {
            return [.. Glob.Find(baseDirectory, glob, folders)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(SourceProblem.Unreadable(Path.Combine(baseDirectory, glob), refused));
        }
    }

    /// <summary>Reads what has to be read on all cores.</summary>
    Dictionary<string, SourceReading> ReadAll(
        string[] found, Func<string, long, ForeseenCall?> foresee, List<string> changed)
    {
        var readings = new Dictionary<string, SourceReading>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var file in found)
            if (FileStamp.Of(file) is { } stamp && Known(file, stamp) is { } known)
                readings[file] = known;
            else
                unknown.Add(file);
        var calls = CallsFor(unknown, foresee);
        var problems = new ConcurrentBag<Problem>();
        Parallel.ForEach(unknown, file =>
        {
            try
            {
                var former = entries.GetValueOrDefault(file)?.Digest;
                var reading = ReadNow(file, calls.GetValueOrDefault(file));
                lock (readings)
                {
                    readings[file] = reading;
                    if (reading.Digest != former)
                        changed.Add(file);
                }
            }
            catch (ProblemException refused)
            {
                problems.Add(refused.Problems[0]);
            }
        });
        return problems.IsEmpty
            ? readings
            : throw new ProblemException([.. problems.OrderBy(
                problem => problem.Where!.File, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The calls that are foreseen for files that are to be read: as long as digests leave a core for them. A
    /// file that is as long as it was before has most likely only been touched; of one that was written to a
    /// moment ago nothing could be kept.
    /// </summary>
    Dictionary<string, ForeseenCall> CallsFor(
        IReadOnlyList<string> unknown, Func<string, long, ForeseenCall?> foresee)
    {
        var calls = new Dictionary<string, ForeseenCall>(StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        foreach (var file in unknown)
            if (FileStamp.Of(file) is { } stamp && !stamp.IsYoung(now)
                && entries.GetValueOrDefault(file)?.Stamp.LengthBytes != stamp.LengthBytes
                && foresee(file, stamp.LengthBytes) is { } call)
                calls[file] = call;
        return calls.Count < Environment.ProcessorCount ? calls : [];
    }

    SourceReading? Known(string file, FileStamp stamp)
    {
        seen[file] = true;
        return entries.TryGetValue(file, out var entry) && entry.Stamp == stamp ? entry : null;
    }

    SourceReading ReadNow(string file, ForeseenCall? call = null)
    {
        var readAt = clock.GetUtcNow();
        var reading = call is null
            ? SourceReading.Of(file)
            : Foreseen.Read(file, call, entries.GetValueOrDefault(file), stamp => stamp.IsYoung(readAt));
        if (!reading.Stamp.IsYoung(readAt))
        {
            entries[file] = reading;
            Interlocked.Increment(ref changes);
        }
        return reading;
    }

    SourceFile Source(string baseDirectory, string file, SourceReading reading)
    {
        paths[reading.Digest] = file;
        return new SourceFile(NameOf(baseDirectory, file), reading.Digest, reading.Stamp.LengthBytes);
    }

    internal static string NameOf(string baseDirectory, string file)
    {
        var relative = Path.GetRelativePath(baseDirectory, file);
        var named = Path.DirectorySeparatorChar == '/'
            ? relative
            : relative.Replace(Path.DirectorySeparatorChar, '/');
        if (!named.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(named))
            return named;
        // Folders such as market=DE are part of the data, wherever it lies.
        var folders = file.Split(Path.DirectorySeparatorChar)[..^1].Where(folder => folder.IndexOf('=') > 0);
        return string.Join('/', folders.Append(Path.GetFileName(file)));
    }
}
