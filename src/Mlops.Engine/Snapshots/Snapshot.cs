using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// What a run looked at that had nothing to do, and what it said. While all of it still stands, the same
/// request has nothing to do either, and says the same: no YAML is read, no graph drawn and no trace
/// parsed to find that out.
/// </summary>
/// <remarks>
/// Every file, folder, artifact and trace that took part is looked at again, one by one. One that was touched
/// is read again, and whatever has another content than then leads back to the full plan.
/// </remarks>
public sealed class Snapshot
{
    /// <summary>Version of the file's format; another one is no snapshot.</summary>
    internal const string Format = "mlops-snapshot/2";

    const int DigestDigits = 2 * Digest.SizeBytes;

    /// <summary>From here on a file is not read twice in a run.</summary>
    const long LargeBytes = 1 << 20;

    /// <summary>Stands where there is no digest: what was touched does not stand.</summary>
    internal static string NoDigest { get; } = new('-', DigestDigits);

    readonly byte[] content;
    readonly string workspace;
    readonly List<Touched> touched = [];
    int linesStart, textStart;

    Snapshot(byte[] content, string workspace) => (this.content, this.workspace) = (content, workspace);

    /// <summary>What the run said, as it was handed over.</summary>
    public string Text => Encoding.UTF8.GetString(content.AsSpan(textStart));

    /// <summary>
    /// Whether something has to be read each time until <see cref="Refresh"/> has noted its time.
    /// </summary>
    public bool HasTouched => touched.Count > 0;

    /// <summary>The snapshot of a request, if there is one and all of it still stands.</summary>
    /// <param name="workspaceDirectory">Absolute; it need not exist.</param>
    /// <param name="variables">The environment, as the run would see it.</param>
    /// <param name="clock">Where what was read of a large file that changed may be noted in the source
    /// index, so that the full plan need not read it again; null where nothing may.</param>
    public static Snapshot? Find(
        string workspaceDirectory, string request, Func<string, string?> variables,
        TimeProvider? clock = null)
    {
        var asked = Encoding.UTF8.GetBytes(request);
        var path = PathOf(workspaceDirectory, asked);
        if (!File.Exists(path))
            return null;
        try
        {
            var snapshot = new Snapshot(File.ReadAllBytes(path), workspaceDirectory);
            return snapshot.IsWhole(asked) && snapshot.Stands(variables) && snapshot.TouchedOnly(clock)
                ? snapshot
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether something was executed since one was kept last: most likely none stands, and a run that asks
    /// for the same again has work to do.
    /// </summary>
    /// <param name="workspaceDirectory">It need not exist.</param>
    public static bool AreOutdated(string workspaceDirectory) =>
        File.GetLastWriteTimeUtc(Path.Combine(workspaceDirectory, Workspace.LedgerName))
        > Directory.GetLastWriteTimeUtc(FolderIn(workspaceDirectory));

    /// <summary>Notes the times of what was touched, so that it need not be read again.</summary>
    /// <param name="now">What was touched within two seconds before is read again next time, too.</param>
    public void Refresh(DateTimeOffset now)
    {
        var lines = new MemoryStream();
        var copied = linesStart;
        foreach (var each in touched.Where(each => !each.Stamp.IsYoung(now)))
        {
            lines.Write(content.AsSpan(copied, each.Start - copied));
            lines.Write(Encoding.UTF8.GetBytes($"{each.Kind} {each.Stamp} {each.Digest} "));
            copied = each.PathStart;
        }
        lines.Write(content.AsSpan(copied, textStart - 1 - copied));
        var request = content.AsSpan(content.AsSpan().IndexOf((byte)'\n') + 1, linesStart);
        request = request[..request.IndexOf((byte)0)];
        new AtomicFiles(Path.Combine(workspace, "tmp")).Write(
            PathOf(workspace, request), Encode(request, lines.ToArray(), content.AsSpan(textStart)));
    }

    internal static void RemoveOlder(string workspaceDirectory, DateTimeOffset than)
    {
        var folder = new DirectoryInfo(FolderIn(workspaceDirectory));
        foreach (var file in folder.Exists ? folder.GetFiles() : [])
            if (file.LastWriteTimeUtc < than.UtcDateTime)
                file.Delete();
    }

    internal static string PathOf(string workspaceDirectory, ReadOnlySpan<byte> request) =>
        Path.Combine(FolderIn(workspaceDirectory), Fingerprint(request));

    static string FolderIn(string workspaceDirectory) => Path.Combine(workspaceDirectory, "snapshots");

    /// <summary>
    /// First line: format, fingerprint of the rest. Then, before a zero byte, the request itself.
    /// </summary>
    internal static byte[] Encode(
        ReadOnlySpan<byte> request, ReadOnlySpan<byte> lines, ReadOnlySpan<byte> text)
    {
        byte[] rest = [.. request, 0, .. lines, (byte)'\n', .. text];
        return [.. Encoding.ASCII.GetBytes($"{Format} {Fingerprint(rest)}\n"), .. rest];
    }

    bool IsWhole(ReadOnlySpan<byte> request)
    {
        var end = content.AsSpan().IndexOf((byte)'\n') + 1;
        var rest = content.AsSpan(end);
        textStart = end + request.Length + 1;
        return end > 0 && Encoding.ASCII.GetString(content, 0, end) == $"{Format} {Fingerprint(rest)}\n"
            && rest.Length > request.Length && rest[request.Length] == 0 && rest.StartsWith(request);
    }

    /// <summary>
    /// FNV-1a, 64 bits: finds a file that is torn, and needs no library of cryptography to be loaded first.
    /// Nobody is kept from forging it, nor need be: who writes here can write anywhere in the workspace.
    /// </summary>
    static string Fingerprint(ReadOnlySpan<byte> bytes)
    {
        var fingerprint = 14695981039346656037UL;
        foreach (var each in bytes)
            fingerprint = (fingerprint ^ each) * 1099511628211UL;
        return fingerprint.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <remarks>The lines end with an empty one; after it comes the text.</remarks>
    bool Stands(Func<string, string?> variables)
    {
        linesStart = textStart;
        while (content.AsSpan(textStart).IndexOf((byte)'\n') is > 0 and var length)
        {
            if (!Stands(textStart, length, variables))
                return false;
            textStart += length + 1;
        }
        return textStart++ < content.Length;
    }

    bool Stands(int start, int length, Func<string, string?> variables)
    {
        var line = content.AsSpan(start, length);
        var fields = line[2..];
        return (char)line[0] switch
        {
            'f' or 'd' => StandsOrIsTouched((char)line[0], start, start + length),
            'a' => IsUntouched(fields),
            'v' => ValueDigest(variables(Encoding.UTF8.GetString(fields[(DigestDigits + 1)..])))
                == Encoding.ASCII.GetString(fields[..DigestDigits]),
            _ => false,
        };
    }

    bool StandsOrIsTouched(char kind, int start, int end)
    {
        ReadOnlySpan<byte> fields = content.AsSpan(start + 2, end - start - 2);
        if (FileStamp.Read(ref fields) is not { } stamp)
            return false;
        var digest = fields[..DigestDigits];
        var path = fields[(DigestDigits + 1)..];
        // The system expects a zero where the line ends.
        content[end] = 0;
        var found = kind == 'd'
            ? FileStamp.OfFolder(Encoding.UTF8.GetString(path))
            : FileStamp.OfTerminated(path);
        content[end] = (byte)'\n';
        if (found == stamp)
            return true;
        if (found is null || found.Value.LengthBytes != stamp.LengthBytes
            || !Digest.TryParse(Encoding.ASCII.GetString(digest), out var expected))
            return false;
        touched.Add(new Touched(
            kind, start, end - path.Length, found.Value, expected, Encoding.UTF8.GetString(path)));
        return true;
    }

    /// <summary>
    /// What has another time than it had may still have the same content; only reading it tells.
    /// </summary>
    bool TouchedOnly(TimeProvider? clock)
    {
        if (touched.Count == 0)
            return true;
        var readAt = clock?.GetUtcNow();
        var changed = new ConcurrentDictionary<string, SourceReading>();
        var loop = Parallel.ForEach(
            touched, (each, others) =>
            {
                if (each.HasItsContent(out var reading))
                    return;
                others.Stop();
                if (reading?.Stamp is { LengthBytes: >= LargeBytes } stamp
                    && readAt is { } moment && !stamp.IsYoung(moment))
                    changed[each.Path] = reading;
            });
        if (clock is not null && !changed.IsEmpty)
            SourceIndex.In(workspace, new AtomicFiles(Path.Combine(workspace, "tmp")), clock).Add(changed);
        return loop.IsCompleted;
    }

    bool IsUntouched(ReadOnlySpan<byte> fields)
    {
        var digest = Encoding.ASCII.GetString(fields[..DigestDigits]);
        return Utf8Parser.TryParse(fields[(DigestDigits + 1)..], out long length, out _)
            && ArtifactStore.IsUntouched(Path.Combine(workspace, "cas", digest[..2], digest), length);
    }

    /// <summary>Never the value itself: it may be a secret.</summary>
    internal static string ValueDigest(string? value) =>
        (value is null ? default : Digest.Of(Encoding.UTF8.GetBytes(value))).ToString();
}
