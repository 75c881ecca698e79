using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mlops.Engine;

/// <summary>
/// What a program writes to one of its streams: all of it, or beginning and end where it is long. Where its
/// folder lies and what its secrets are is taken out, so that neither is kept and equal runs say the same.
/// </summary>
sealed class CapturedOutput(IReadOnlyList<(byte[] Found, byte[] Instead)> replacements)
{
    /// <summary>Kept of each end.</summary>
    internal const int EndBytes = 64 << 10;

    readonly ArrayBufferWriter<byte> head = new();
    readonly byte[] tail = new byte[EndBytes];

    /// <summary>
    /// Bytes that came when the head was full; the last of them are in the tail, which is a ring.
    /// </summary>
    long beyond;

    public long TotalBytes
    {
        get
        {
            lock (head)
                return head.WrittenCount + beyond;
        }
    }

    public async Task Read(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            Add(buffer.AsSpan(0, read));
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (head)
        {
            var first = Math.Min(bytes.Length, EndBytes - head.WrittenCount);
            head.Write(bytes[..first]);
            foreach (var each in bytes[first..])
                tail[beyond++ % EndBytes] = each;
        }
    }

    public byte[] ToBytes()
    {
        lock (head)
        {
            if (beyond <= EndBytes)
                return Replaced([.. head.WrittenSpan, .. tail.AsSpan(0, (int)beyond)]);
            var start = (int)(beyond % EndBytes);
            var note = string.Create(
                CultureInfo.InvariantCulture, $"\n… {beyond - EndBytes} bytes left out …\n");
            return
            [
                .. WithoutCutEnd(Replaced(head.WrittenSpan.ToArray())), .. Encoding.UTF8.GetBytes(note),
                .. WithoutCutStart(Replaced([.. tail.AsSpan(start), .. tail.AsSpan(0, start)])),
            ];
        }
    }

    byte[] Replaced(byte[] bytes)
    {
        foreach (var (found, instead) in replacements)
            if (bytes.AsSpan().IndexOf(found) >= 0)
                bytes = Replace(bytes, found, instead);
        return bytes;
    }

    static byte[] Replace(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> found, ReadOnlySpan<byte> instead)
    {
        var replaced = new MemoryStream();
        for (int at; (at = bytes.IndexOf(found)) >= 0; bytes = bytes[(at + found.Length)..])
        {
            replaced.Write(bytes[..at]);
            replaced.Write(instead);
        }
        replaced.Write(bytes);
        return replaced.ToArray();
    }

    /// <summary>A piece of what is to be replaced may stand where the middle was taken out.</summary>
    byte[] WithoutCutEnd(byte[] bytes)
    {
        foreach (var (found, _) in replacements)
            for (var length = Math.Min(found.Length - 1, bytes.Length); length > 0; length--)
                if (bytes.AsSpan().EndsWith(found.AsSpan(0, length)))
                    return bytes[..^length];
        return bytes;
    }

    byte[] WithoutCutStart(byte[] bytes)
    {
        foreach (var (found, _) in replacements)
            for (var length = Math.Min(found.Length - 1, bytes.Length); length > 0; length--)
                if (bytes.AsSpan().StartsWith(found.AsSpan(found.Length - length)))
                    return bytes[length..];
        return bytes;
    }
}
