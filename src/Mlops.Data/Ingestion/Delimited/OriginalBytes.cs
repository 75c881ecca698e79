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
    /// <summary>No decoder gives more characters than bytes came, and this for those that it had.</summary>
    const int FewChars = 8;

    readonly Decoder? decoder = decoded?.GetDecoder();
    /// <summary>Whether a line end is one byte, and no part of any other character is such a byte.</summary>
    readonly bool hasByteEnds = decoded is not (UnicodeEncoding or UTF32Encoding);
    readonly char[] chars = decoded is null ? [] : new char[1 << 12];
    byte[] kept = new byte[1 << 16];
    int start;
    int end;
    long position;

    /// <summary>
    /// Bytes whose characters came too early: a decoder that waits for what completes a character gives a
    /// line end that it waited over together with what follows, each byte for itself.
    /// </summary>
    int early;

    /// <summary>Bytes behind these that the decoder took without giving a character for them.</summary>
    int held;

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
        var left = to - position;
        position = to;
        if (decoder is null)
        {
            Release((int)left, output);
            return;
        }
        left -= TakeEarly(left, output);
        while (left > 0 && start + held < end)
            left -= Decode(left, output);
    }

    /// <returns>How many characters.</returns>
    int TakeEarly(long most, Stream? output)
    {
        var count = (int)Math.Min(most, early);
        Release(count, output);
        early -= count;
        return count;
    }

    /// <summary>
    /// Near the end byte by byte: decoders take what shifts the characters behind with those before. Before,
    /// as many bytes as cannot give too much: asked for so many characters, ISO-2022 gives some twice.
    /// </summary>
    /// <returns>How many characters came, of those that are asked for.</returns>
    int Decode(long left, Stream? output)
    {
        var bytes = (int)Math.Clamp(Math.Min(left, chars.Length) - FewChars, 1, end - start - held);
        var used = decoder!.GetChars(kept.AsSpan(start + held, bytes), chars, flush: false);
        held += bytes;
        if (used == 0)
            return 0;
        early = (int)Math.Max(0, used - left);
        var own = Math.Max(0, held - early);
        if (used >= left && hasByteEnds && chars[left - 1] is '\n' or '\r')
            while (own > 0 && kept[start + own - 1] != chars[left - 1])
                own--;
        Release(own, output);
        held = Math.Max(0, held - own - early);
        return used - early;
    }

    void Release(int bytes, Stream? output)
    {
        output?.Write(kept, start, bytes);
        start += bytes;
        Offset += bytes;
    }
}
