using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <param name="UnmatchedGlobs">Patterns that no file fits.</param>
/// <param name="Paths">Full paths of the files, with their digests.</param>
/// <param name="Folders">Full paths of the folders that were listed.</param>
public sealed record SourceListing(
    IReadOnlyList<SourceFile> Files,
    IReadOnlyList<string> UnmatchedGlobs,
    IReadOnlyDictionary<string, Digest> Paths,
    IReadOnlyCollection<string> Folders);

/// <summary>
/// Digests of files by path, so that a file that was not written to is not read again. One compact text file.
/// A stamp is believed only if it was older than the reading by more than a clock tick: a file written to in the
/// same instant as it was read (a "racy" one) is read again next time.
/// </summary>
sealed class SourceIndex
{
    const string Header = "mlops-sources/1";

    readonly string path;
    readonly AtomicFiles files;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Digest, string> paths = new();

    /// <summary>Digests just taken of files that are too young to be kept.</summary>
    readonly ConcurrentDictionary<string, Digest?> young = new(StringComparer.Ordinal);
    int changes;

    public SourceIndex(string path, AtomicFiles files, TimeProvider clock)
    {
        (this.path, this.files, this.clock) = (path, files, clock);
        if (File.Exists(path))
            Load(File.ReadAllText(path));
    }

    public SourceListing Resolve(string baseDirectory, IReadOnlyList<string> globs)
    {
        var unmatched = new List<string>();
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var glob in globs)
        {
            string[] matches = [.. Glob.Find(baseDirectory, glob, folders)];
            foreach (var file in matches)
                found[file] = NameOf(baseDirectory, file);
            if (matches.Length == 0)
                unmatched.Add(glob);
        }
        ReadUnknown([.. found.Keys]);
        var sources = found.Select(file => Source(file.Key, file.Value)).ToList();
        var digests = found.Keys.Zip(sources).ToDictionary(pair => pair.First, pair => pair.Second.Digest, StringComparer.Ordinal);
        sources.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        Save();
        return new SourceListing(sources, unmatched, digests, folders);
    }

    /// <summary>The digest of a file as it is now, read only if it may have changed.</summary>
    public Digest? DigestOf(string file) => FileStamp.Of(file) is { } stamp ? DigestOf(file, stamp) : null;

    /// <summary>Where the bytes were last seen.</summary>
    public string? PathOf(Digest digest) => paths.GetValueOrDefault(digest);

    public void Save()
    {
        if (Interlocked.Exchange(ref changes, 0) == 0)
            return;
        var text = new StringBuilder(Header).Append('\n');
        foreach (var (file, entry) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture,
                $"{entry.Digest} {entry.Stamp.LengthBytes} {entry.Stamp.ModifiedTicks} {entry.Stamp.ChangedTicks} {entry.Stamp.Inode} {file}\n");
        files.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Reads what has to be read on all cores, before it is asked for one by one.</summary>
    void ReadUnknown(string[] files)
    {
        string[] unknown = [.. files.Where(file => !(entries.TryGetValue(file, out var entry) && FileStamp.Of(file) == entry.Stamp))];
        if (unknown.Length > 1)
            Parallel.ForEach(unknown, file => young[file] = DigestOf(file));
    }

    SourceFile Source(string file, string name)
    {
        var stamp = FileStamp.Of(file)
            ?? throw new ProblemException(new Problem("ENGINE-005", "A source file vanished.", new Place(file), Next: "Run again."));
        var digest = young.TryRemove(file, out var read) && read is { } known ? known : DigestOf(file, stamp);
        paths[digest] = file;
        return new SourceFile(name, digest, stamp.LengthBytes);
    }

    Digest DigestOf(string file, FileStamp stamp)
    {
        if (entries.TryGetValue(file, out var entry) && entry.Stamp == stamp)
            return entry.Digest;
        var readAt = clock.GetUtcNow();
        var digest = FileDigest.Of(file);
        if (!stamp.IsYoung(readAt) && FileStamp.Of(file) == stamp
            && !file.Contains('\n', StringComparison.Ordinal))
        {
            entries[file] = new Entry(digest, stamp);
            Interlocked.Increment(ref changes);
        }
        return digest;
    }

    static string NameOf(string baseDirectory, string file)
    {
        var relative = Path.GetRelativePath(baseDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(file)
            : relative.Replace('\\', '/');
    }

    void Load(string text)
    {
        var lines = text.Split('\n');
        if (lines[0] != Header)
            return;
        foreach (var line in lines.Skip(1))
            if (line.Split(' ', 6) is [var digest, var length, var modified, var changed, var inode, var file]
                && Digest.TryParse(digest, out var parsed))
                entries[file] = new Entry(parsed, new FileStamp(Number(length), Number(modified), Number(changed), ulong.Parse(inode, CultureInfo.InvariantCulture)));
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    sealed record Entry(Digest Digest, FileStamp Stamp);
}
