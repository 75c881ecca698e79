using System.Security.Cryptography;
using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Text brought to UTF-8; for each byte that is none what <see cref="LenientEncoding"/> tells it by.
/// </summary>
sealed class LenientTranscoding : ReadOnlyStream
{
    const int InputBytes = 1 << 12;
    const int MarkChars = 8;
    const int CharsPerByte = MarkChars + 1;
    const char FirstPrivate = '\ue000';
    const int PrivateChars = 0x1900;

    /// <summary>
    /// Another in each process, so that nobody can write text that looks like it; no output shows it.
    /// </summary>
    static readonly string Mark = string.Concat(Enumerable.Range(0, MarkChars)
        .Select(_ => (char)(FirstPrivate + RandomNumberGenerator.GetInt32(PrivateChars))));

    readonly Stream source;
    readonly Encoding utf8;
    readonly UndecodableFallback fallback = new(value => Mark + (char)(FirstPrivate + value), CharsPerByte);
    readonly Decoder decoder;
    readonly byte[] input = new byte[InputBytes];
    readonly char[] chars = new char[(InputBytes + 16) * CharsPerByte];
    byte[] output = [];
    int start;
    int end;
    bool isEnded;

    public LenientTranscoding(Stream source, Encoding written, Encoding utf8)
    {
        (this.source, this.utf8) = (source, utf8);
        decoder = fallback.In(written).GetDecoder();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (start == end && !isEnded)
            Fill(await source.ReadAsync(input, cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        while (start == end && !isEnded)
            Fill(source.Read(input));
        return Take(buffer);
    }

    int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, end - start);
        output.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    void Fill(int read)
    {
        isEnded = read == 0;
        fallback.WasUsed = false;
        ReadOnlySpan<char> text = chars.AsSpan(
            0, decoder.GetChars(input.AsSpan(0, read), chars, flush: isEnded));
        if (output.Length < text.Length * 3)
            output = new byte[text.Length * 3];
        (start, end) = (0, 0);
        if (fallback.WasUsed)
            for (int at; (at = text.IndexOf(Mark)) >= 0; text = text[(at + CharsPerByte)..])
            {
                end += utf8.GetBytes(text[..at], output.AsSpan(end));
                LenientEncoding.Escape((byte)(text[at + MarkChars] - FirstPrivate), output.AsSpan(end, 3));
                end += 3;
            }
        end += utf8.GetBytes(text, output.AsSpan(end));
    }
}
