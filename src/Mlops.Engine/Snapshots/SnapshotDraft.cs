using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>Gathers what a run looked at, while nothing of it may change any more.</summary>
/// <param name="now">
/// What was written to within two seconds before is too young: it could be written to again without showing it.
/// </param>
public sealed class SnapshotDraft(DateTimeOffset now)
{
    const int MostKept = 32;
    static readonly long RacyTicks = TimeSpan.FromSeconds(2).Ticks;

    readonly StringBuilder lines = new();
    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    bool standsStill = true;

    public void Add(string path)
    {
        if (seen.Add(path))
            Add('f', FileStamp.Of(path), path);
    }

    public void AddFolder(string path)
    {
        if (seen.Add(path + Path.DirectorySeparatorChar))
            Add('d', FileStamp.OfFolder(path), path);
    }

    /// <param name="value">Null where it is not set.</param>
    public void AddVariable(string name, string? value) => lines.Append($"v {Snapshot.ValueDigest(value)} {name}\n");

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
        var asked = Encoding.UTF8.GetBytes(request);
        files.Write(
            Snapshot.PathOf(workspaceDirectory, asked),
            Snapshot.Encode(asked, Encoding.UTF8.GetBytes(lines.ToString()), Encoding.UTF8.GetBytes(text)));
        RemoveOldest(Path.Combine(workspaceDirectory, "snapshots"));
    }

    void Add(char kind, FileStamp? found, string path)
    {
        if (found is { } stamp && Math.Max(stamp.ModifiedTicks, stamp.ChangedTicks) < now.UtcTicks - RacyTicks
            && path.AsSpan().IndexOfAny('\n', '\0') < 0)
            lines.Append(CultureInfo.InvariantCulture, $"{kind} {stamp} {path}\n");
        else
            standsStill = false;
    }

    static void RemoveOldest(string directory)
    {
        foreach (var old in new DirectoryInfo(directory).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
            old.Delete();
    }
}
