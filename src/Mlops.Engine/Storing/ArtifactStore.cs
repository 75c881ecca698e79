using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>Artifacts by digest: one read-only file each, <c>cas/ab/abcd…</c>.</summary>
sealed class ArtifactStore(string directory, AtomicFiles files)
{
    /// <summary>
    /// The modification time that the store gives its files. One that still has it, and the right length, was
    /// not written to since; any other is read again before it is believed.
    /// </summary>
    static readonly DateTime Untouched = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What a file gets whose bytes were found to be others.</summary>
    static readonly DateTime Damaged = Untouched.AddSeconds(1);

    const int BufferBytes = 1 << 16;

    readonly ConcurrentDictionary<Digest, bool> verified = new();

    public string PathOf(Digest digest)
    {
        var hex = digest.ToString();
        return Path.Combine(directory, hex[..2], hex);
    }

    /// <summary>The file of these bytes, unread; null if there is none.</summary>
    public string? Find(Digest digest) => PathOf(digest) is var path && File.Exists(path) ? path : null;

    /// <summary>
    /// The file of these bytes, read at least once by this process; null if there is none or it is damaged.
    /// </summary>
    public string? FindWhole(Digest digest) =>
        PathOf(digest) is var path && File.Exists(path)
        && (verified.ContainsKey(digest) || Verify(digest, path)) ? path : null;

    /// <summary>Every file that has a digest for a name, and has not just gone.</summary>
    public IEnumerable<(Digest Digest, long LengthBytes)> All()
    {
        if (!Directory.Exists(directory))
            yield break;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories))
            if (Digest.TryParse(file.Name, out var digest) && file is { Exists: true, Length: var length })
                yield return (digest, length);
    }

    public void Remove(Digest digest)
    {
        files.Changing($"delete {PathOf(digest)}");
        File.Delete(PathOf(digest));
        verified.TryRemove(digest, out _);
    }

    /// <summary>A new file beside the store for an artifact to be written to.</summary>
    public string Aside() => files.Aside();

    public async Task<Artifact> Write(
        string mediaType, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var aside = files.Aside();
        files.Changing($"create {aside}");
        try
        {
            await using (var file = new DiskStream(
                aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                await write(file);
                files.Changing($"sync {aside}");
                file.FlushToDisk();
            }
            return Adopt(mediaType, aside, cancellation);
        }
        catch
        {
            AtomicFiles.Discard(aside);
            throw;
        }
    }

    public async Task<Artifact> Copy(string mediaType, string path, CancellationToken cancellation)
    {
        await using var source = DiskStream.OpenRead(path);
        return await Write(mediaType, file => source.CopyToAsync(file, cancellation), cancellation);
    }

    /// <summary>
    /// Makes a file of a body's own the artifact: it is moved, not copied, and not where it was afterwards.
    /// </summary>
    /// <param name="path">In the file system of the store, and finished:
    /// whoever still wrote to it would damage the artifact.</param>
    public Artifact TakeOver(string mediaType, string path, CancellationToken cancellation)
    {
        var aside = files.Aside();
        files.Changing($"rename {aside}");
        File.Move(path, aside);
        try
        {
            files.Changing($"sync {aside}");
            using (var file = File.OpenHandle(
                aside, access: OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read))
                RandomAccess.FlushToDisk(file);
            return Adopt(mediaType, aside, cancellation);
        }
        catch
        {
            AtomicFiles.Discard(aside);
            throw;
        }
    }

    Artifact Adopt(string mediaType, string aside, CancellationToken cancellation)
    {
        var digest = FileDigest.Of(aside, cancellation);
        var length = new FileInfo(aside).Length;
        Keep(aside, digest);
        return new Artifact(digest, length, mediaType);
    }

    /// <summary>Makes a finished, synced file that has this digest the artifact.</summary>
    public void Keep(string aside, Digest digest)
    {
        files.Changing($"mark {aside}");
        File.SetLastWriteTimeUtc(aside, Untouched);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                aside, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        files.Publish(aside, PathOf(digest));
        verified[digest] = true;
    }

    /// <summary>
    /// Whether the artifact is there. Costs one look at the directory, unless somebody touched the file: then
    /// it is read, and not believed where its bytes are no longer those of its name.
    /// </summary>
    public bool Holds(Artifact artifact)
    {
        var path = PathOf(artifact.Digest);
        return IsUntouched(path, artifact.LengthBytes)
            || (File.Exists(path) && Verify(artifact.Digest, path));
    }

    /// <summary>
    /// Whether a file of the store is as the store left it, as far as one look at the directory tells.
    /// </summary>
    internal static bool IsUntouched(string path, long lengthBytes) =>
        FileStamp.Of(path) is { } stamp && stamp.LengthBytes == lengthBytes
        && stamp.ModifiedTicks == Untouched.Ticks;

    /// <summary>The artifact's file, its bytes checked once per process.</summary>
    /// <exception cref="ProblemException">It is missing or damaged.</exception>
    public string Locate(Artifact artifact)
    {
        if (FindWhole(artifact.Digest) is { } whole)
            return whole;
        var path = PathOf(artifact.Digest);
        throw new ProblemException(new Problem(
            "ENGINE-002", "An artifact of the store is missing or damaged.", new Place(path),
            Expected: $"{artifact.LengthBytes} bytes with SHA-256 {artifact.Digest}",
            Actual: File.Exists(path) ? "other bytes" : "no file",
            Next: "A run makes it again if it can. Where it cannot, run first what made it."));
    }

    /// <remarks>
    /// A damaged file is not removed, because another process may have put a whole one in its place by then.
    /// It gets another time: whoever looks at it from now on reads it, until a whole one takes its place.
    /// </remarks>
    bool Verify(Digest digest, string path)
    {
        try
        {
            var isWhole = FileDigest.Of(path) == digest;
            File.SetLastWriteTimeUtc(path, isWhole ? Untouched : Damaged);
            if (isWhole)
                verified[digest] = true;
            return isWhole;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
