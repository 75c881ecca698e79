using System.Buffers.Binary;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Passes on a gzip file's bytes and looks at its end, because <see cref="System.IO.Compression.GZipStream"/>
/// takes a file that was cut off, or one whose packed data never ends, for one that ended. A gzip member ends
/// with the check value and the length of what was packed into it (RFC 1952, CRC32 and ISIZE modulo 2^32).
/// </summary>
sealed class PackedBytes(Stream packed) : ReadOnlyStream
{
    const int HeaderBytes = 10;
    const int TailBytes = 16;

    readonly byte[] tail = new byte[TailBytes];
    long count;

    /// <summary>Whether a further member was met: then the last length is not that of the whole.</summary>
    bool HasSeveralMembers { get; set; }

    /// <param name="crc">The check value of all bytes that came out.</param>
    /// <param name="expandedBytes">How many they are.</param>
    public bool EndsWith(uint crc, long expandedBytes) =>
        HasSeveralMembers
            || (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(TailBytes - 8)) == crc
                && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(TailBytes - 4))
                    == (uint)expandedBytes);

    public override int Read(Span<byte> buffer) => Seen(buffer[..packed.Read(buffer)]);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await packed.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span[..read]);
    }

    int Seen(ReadOnlySpan<byte> bytes)
    {
        // The join of the last bytes and these, so that a header across two reads is not missed.
        Span<byte> join = stackalloc byte[TailBytes + HeaderBytes];
        tail.CopyTo(join);
        var added = Math.Min(bytes.Length, HeaderBytes);
        bytes[..added].CopyTo(join[TailBytes..]);
        if (count > TailBytes)
            HasSeveralMembers |= HasHeader(join[..(TailBytes + added)]);
        HasSeveralMembers |= HasHeader(count == 0 ? bytes[Math.Min(1, bytes.Length)..] : bytes);
        count += bytes.Length;
        var kept = Math.Min(bytes.Length, TailBytes);
        tail.AsSpan(kept).CopyTo(tail);
        bytes[^kept..].CopyTo(tail.AsSpan(TailBytes - kept));
        return bytes.Length;
    }

    /// <summary>
    /// Deflate, no reserved flag, a level and a system that exist: packed data rarely looks so by chance.
    /// </summary>
    static bool HasHeader(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf([(byte)0x1f, (byte)0x8b, (byte)8]) is var at and >= 0
            && at + HeaderBytes <= bytes.Length)
        {
            if (bytes[at + 3] < 0x20 && bytes[at + 8] is 0 or 2 or 4 && bytes[at + 9] is <= 13 or 255)
                return true;
            bytes = bytes[(at + 1)..];
        }
        return false;
    }
}
