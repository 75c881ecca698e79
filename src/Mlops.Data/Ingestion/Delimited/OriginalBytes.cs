using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A text's bytes as they stand in its unpacked file: passes them on to whoever reads the text, and keeps
/// them until it is known of which rows they are.
/// </summary>
/// <remarks>
/// Positions count from behind the byte-order mark: in bytes, or, where the text is brought to another
/// encoding before its rows are found, in UTF-16 code units, for then the bytes of a row are those that its
/// characters are decoded from.
/// </remarks>
/// <param name="mark">The byte-order mark, which the source does not begin with any more.</param>
/// <param name="decoded">What the positions are found by; null where they are bytes.</param>
sealed class OriginalBytes(Stream source, byte[] mark, Encoding? decoded) : ReadOnlyStream
{
    /// <summary>Room for what one character, or one more byte, may give.</summary>
    const int FewChars = 8;

    readonly Decoder? decoder = decoded?.GetDecoder();
    readonly char[] chars = decoded is null ? [] : new char[1 << 12];
    byte[] kept = new byte[1 << 16];
    int start;
    int end;
    long position;

    /// <summary>Whether positions are bytes.</summary>
    public bool CountsBytes => decoder is null;

    public byte[] Mark => mark;

    /// <summary>How many bytes of the file were passed, with its mark.</summary>
    public long Offset { get; private set; } = mark.Length;

    /// <summary>The bytes before a position are not needed.</summary>
    public void PassTo(long to) => Advance(to, null);

    /// <summary>Writes the bytes up to a position.</summary>
    /// <returns>How many.</returns>
    public long CopyTo(long to, Stream output)
    {
        var before = Offset;
        Advance(to, output);
        return Offset - before;
    }

    /// <summary>
    /// Writes what stands behind the last character: where an encoding shifts, that may shift it back.
    /// </summary>
    public long CopyRest(Stream output)
    {
        var before = Offset;
        Release(end - start, output);
        return Offset - before;
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..read]);
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        Keep(buffer[..read]);
        return read;
    }

    void Keep(ReadOnlySpan<byte> read)
    {
        if (kept.Length - end < read.Length && start > 0)
        {
            kept.AsSpan(start, end - start).CopyTo(kept);
            (start, end) = (0, end - start);
        }
        if (kept.Length - end < read.Length)
            Array.Resize(ref kept, Math.Max(checked(kept.Length * 2), end + read.Length));
        read.CopyTo(kept.AsSpan(end));
        end += read.Length;
    }

    void Advance(long to, Stream? output)
    {
        if (decoder is null)
            Release((int)(to - position), output);
        else
            for (var left = to - position; left > 0 && start < end;)
                left -= Decode(left, output);
        position = to;
    }

    /// <summary>
    /// Near the end byte by byte: decoders take what shifts the characters behind with those before.
    /// </summary>
    /// <returns>How many characters came.</returns>
    int Decode(long left, Stream? output)
    {
        var isNear = left <= FewChars;
        decoder!.Convert(
            kept.AsSpan(start, isNear ? 1 : end - start),
            chars.AsSpan(0, isNear ? FewChars : (int)Math.Min(chars.Length, left - FewChars / 2)),
            flush: false, out var bytes, out var used, out _);
        Release(bytes, output);
        return used;
    }

    void Release(int bytes, Stream? output)
    {
        output?.Write(kept, start, bytes);
        start += bytes;
        Offset += bytes;
    }
}
