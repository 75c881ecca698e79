using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>Gathers what a run looked at, while nothing of it may change any more.</summary>
/// <param name="now">When the run began to look.</param>
public sealed class SnapshotDraft(DateTimeOffset now)
{
    const int MostKept = 32;

    readonly StringBuilder lines = new();
    readonly List<Listed> listed = [];
    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    bool standsStill = true;

    /// <param name="digest">Of the bytes that the run saw, where it knows;
    /// otherwise they are read now.</param>
    public void Add(string path, Digest? digest = null)
    {
        if (seen.Add(path))
            Add('f', FileStamp.Of(path), path, digest?.ToString());
    }

    /// <summary>The files as they were listed, and the folders where they were looked for.</summary>
    public void Add(SourceListing listing)
    {
        foreach (var folder in listing.Folders)
            AddFolder(folder);
        foreach (var (path, reading) in listing.Readings)
            if (standsStill && seen.Add(path))
            {
                standsStill = CanBeNoted(path);
                listed.Add(new Listed(path, reading));
            }
    }

    public void AddFolder(string path)
    {
        if (seen.Add(path + Path.DirectorySeparatorChar))
            Add('d', FileStamp.OfFolder(path), path, null);
    }

    /// <summary>A file of the program itself: touched, it is another.</summary>
    public void AddProgram(string path)
    {
        if (seen.Add(path))
            Add('f', FileStamp.Of(path), path, Snapshot.NoDigest);
    }

    /// <param name="value">Null where it is not set.</param>
    public void AddVariable(string name, string? value) =>
        lines.Append($"v {Snapshot.ValueDigest(value)} {name}\n");

    internal void Add(Artifact artifact)
    {
        if (seen.Add(artifact.Digest.ToString()))
            lines.Append(CultureInfo.InvariantCulture, $"a {artifact.Digest} {artifact.LengthBytes}\n");
    }

    /// <summary>Keeps the snapshot, unless something is too young or has gone.</summary>
    internal void Save(string workspaceDirectory, string request, string text, AtomicFiles files)
    {
        if (!standsStill)
            return;
        foreach (var (path, reading) in listed)
            Append('f', reading.Stamp, path, reading.Digest.ToString());
        var asked = Encoding.UTF8.GetBytes(request);
        files.Write(
            Snapshot.PathOf(workspaceDirectory, asked),
            Snapshot.Encode(asked, Encoding.UTF8.GetBytes(lines.ToString()), Encoding.UTF8.GetBytes(text)));
        RemoveOldest(Path.Combine(workspaceDirectory, "snapshots"));
    }

    /// <remarks>
    /// What is young may have changed since the run saw it. If the run knows what it saw, that is kept with a
    /// stamp that no file has, so that the content decides; otherwise nothing is.
    /// </remarks>
    void Add(char kind, FileStamp? found, string path, string? digest)
    {
        if (!standsStill)
            return;
        standsStill = found is not null && CanBeNoted(path)
            && (digest is not null && digest != Snapshot.NoDigest || !found.Value.IsYoung(now));
        if (standsStill)
            Append(kind, found!.Value, path, digest ?? Touched.ContentDigest(kind, path).ToString());
    }

    void Append(char kind, FileStamp found, string path, string digest)
    {
        var stamp = found.IsYoung(now) ? new FileStamp(found.LengthBytes, 0, 0, 0) : found;
        lines.Append(CultureInfo.InvariantCulture, $"{kind} {stamp} {digest} {path}\n");
    }

    static bool CanBeNoted(string path) => path.AsSpan().IndexOfAny('\n', '\0') < 0;

    /// <summary>Most runs have something to do, and then no line is ever made of it.</summary>
    readonly record struct Listed(string Path, SourceReading Reading);

    static void RemoveOldest(string directory)
    {
        var kept = new DirectoryInfo(directory).GetFiles();
        foreach (var old in kept.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
            old.Delete();
    }
}
