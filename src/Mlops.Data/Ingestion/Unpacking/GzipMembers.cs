using System.Buffers.Binary;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Passes on a gzip file's bytes and looks at how its members end, because
/// <see cref="System.IO.Compression.GZipStream"/> takes a file that was cut off, or one whose packed data
/// never ends, for one that ended. A member ends with the check value and the length of what was packed into
/// it (RFC 1952, CRC32 and ISIZE modulo 2^32).
/// </summary>
/// <remarks>
/// No read goes beyond where a member may begin. So when its first byte is asked for, all that came before
/// it has been unpacked, and what stands before it says whether a member ended there.
/// </remarks>
/// <param name="unpacked">Has all that came out so far, and then what came out of the last member.</param>
sealed class GzipMembers(Stream packed, Crc32 unpacked) : ReadOnlyStream
{
    const int BufferBytes = 1 << 16;
    const int TrailerBytes = 8;

    /// <summary>A header, an empty block, a trailer.</summary>
    const int LeastMemberBytes = 20;

    readonly byte[] buffer = new byte[BufferBytes];
    readonly byte[] trailer = new byte[TrailerBytes];
    int from;
    int to;
    bool isEnded;
    long memberBytes;

    /// <summary>How each member begins: with its mark and the one method there is.</summary>
    static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8];

    /// <summary>Whether the bytes that were passed on end with the end of a member.</summary>
    public bool IsWhole => memberBytes >= LeastMemberBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == unpacked.Value
        && BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(sizeof(uint))) == (uint)unpacked.Count;

    public override int Read(Span<byte> buffer)
    {
        while (NeedsMore)
            Add(packed.Read(Free.Span));
        return Pass(buffer);
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (NeedsMore)
            Add(await packed.ReadAsync(Free, cancellationToken));
        return Pass(buffer.Span);
    }

    bool NeedsMore => !isEnded && to - from < Header.Length;

    Memory<byte> Free
    {
        get
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
            return buffer.AsMemory(to);
        }
    }

    void Add(int read)
    {
        to += read;
        isEnded = read == 0;
    }

    int Pass(Span<byte> target)
    {
        var held = buffer.AsSpan(from, to - from);
        if (held.StartsWith(Header) && IsWhole)
        {
            memberBytes = 0;
            unpacked.Clear();
        }
        var passed = held[..Math.Min(target.Length, UpToHeader(held))];
        passed.CopyTo(target);
        from += passed.Length;
        memberBytes += passed.Length;
        var kept = Math.Min(passed.Length, TrailerBytes);
        trailer.AsSpan(kept).CopyTo(trailer);
        passed[^kept..].CopyTo(trailer.AsSpan(TrailerBytes - kept));
        return passed.Length;
    }

    /// <summary>How many bytes come before the next header; what may be a part of one waits for the
    /// rest.</summary>
    int UpToHeader(ReadOnlySpan<byte> held) =>
        held.IsEmpty ? 0
        : held[1..].IndexOf(Header) is var at and >= 0 ? at + 1
        : isEnded ? held.Length : held.Length - (Header.Length - 1);
}
