using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// What a run looked at that had nothing to do, and what it said. While all of it still stands, the same request has
/// nothing to do either, and says the same: no YAML is read, no graph drawn and no trace parsed to find that out.
/// </summary>
/// <remarks>
/// Every file, folder, artifact and trace that took part is looked at again, one by one; whatever is not exactly as it
/// was leads back to the full plan, where content decides.
/// </remarks>
public sealed class Snapshot
{
    /// <summary>Version of the file's format; another one is no snapshot.</summary>
    internal const string Format = "mlops-snapshot/1";

    const int DigestDigits = 2 * Digest.SizeBytes;

    readonly byte[] content;
    readonly string workspace;
    int textStart;

    Snapshot(byte[] content, string workspace) => (this.content, this.workspace) = (content, workspace);

    /// <summary>What the run said, as it was handed over.</summary>
    public string Text => Encoding.UTF8.GetString(content.AsSpan(textStart));

    /// <summary>The snapshot of a request, if there is one and all of it still stands.</summary>
    /// <param name="workspaceDirectory">Absolute; it need not exist.</param>
    /// <param name="variables">The environment, as the run would see it.</param>
    public static Snapshot? Find(string workspaceDirectory, string request, Func<string, string?> variables)
    {
        var asked = Encoding.UTF8.GetBytes(request);
        var path = PathOf(workspaceDirectory, asked);
        if (!File.Exists(path))
            return null;
        try
        {
            var snapshot = new Snapshot(File.ReadAllBytes(path), workspaceDirectory);
            return snapshot.IsWhole(asked) && snapshot.Stands(variables) ? snapshot : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static string PathOf(string workspaceDirectory, ReadOnlySpan<byte> request) =>
        Path.Combine(workspaceDirectory, "snapshots", Fingerprint(request));

    /// <summary>First line: format, fingerprint of the rest. Then, before a zero byte, the request itself.</summary>
    internal static byte[] Encode(ReadOnlySpan<byte> request, ReadOnlySpan<byte> lines, ReadOnlySpan<byte> text)
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
    /// FNV-1a, 64 bits: finds a file that is torn, and needs no library of cryptography to be loaded first. Nobody is
    /// kept from forging it, nor need be: who writes here can write anywhere in the workspace.
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
        var rest = content.AsSpan(textStart);
        while (rest.IndexOf((byte)'\n') is > 0 and var end)
        {
            // A path ends where the system expects it to.
            rest[end] = 0;
            if (!Stands(rest[..end], variables))
                return false;
            rest = rest[(end + 1)..];
        }
        textStart = content.Length - rest.Length + 1;
        return !rest.IsEmpty;
    }

    bool Stands(ReadOnlySpan<byte> line, Func<string, string?> variables)
    {
        var fields = line[2..];
        return (char)line[0] switch
        {
            'f' => FileStamp.Read(ref fields) is { } stamp && FileStamp.OfTerminated(fields) == stamp,
            'd' => FileStamp.Read(ref fields) is { } stamp && FileStamp.OfFolder(Encoding.UTF8.GetString(fields)) == stamp,
            'a' => IsUntouched(fields),
            'v' => ValueDigest(variables(Encoding.UTF8.GetString(fields[(DigestDigits + 1)..])))
                == Encoding.ASCII.GetString(fields[..DigestDigits]),
            _ => false,
        };
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
