using System.Text;
using System.Text.Unicode;

namespace Mlops.Data.Ingestion;

/// <summary>
/// An encoding that decodes all bytes: text as itself, what is none as <see cref="Undecodable"/> characters.
/// </summary>
sealed class LenientEncoding : Encoding
{
    const int EscapeBytes = 3;
    const char FirstPrivate = '\ue000';
    const char LastPrivate = '\uf8ff';

    /// <summary>Its sign, which the code pages of the Macintosh do have.</summary>
    const char Apple = '\uf8ff';

    readonly Encoding strict;

    /// <summary>Characters by bytes, where each byte is one.</summary>
    readonly char[]? table;

    LenientEncoding(Encoding strict, string written, bool isTranscoded, char[]? table) =>
        (this.strict, Written, IsTranscoded, this.table) = (strict, written, isTranscoded, table);

    /// <summary>What the file is written in, by name.</summary>
    public string Written { get; }

    /// <summary>Whether the text was brought to UTF-8, in which a byte that was none is three.</summary>
    public bool IsTranscoded { get; }

    public override bool IsSingleByte => table is not null;

    public override string WebName => strict.WebName;

    /// <param name="strict">UTF-8, or of one byte per character.</param>
    /// <returns>The encoding itself where every byte is text.</returns>
    public static Encoding Of(Encoding strict, string written)
    {
        if (!strict.IsSingleByte)
            return new LenientEncoding(strict, written, isTranscoded: false, null);
        var table = new char[256];
        for (var value = 0; value < table.Length; value++)
            table[value] = CharOf(strict, (byte)value);
        return Undecodable.IndexIn(table) < 0
            ? strict
            : new LenientEncoding(strict, written, isTranscoded: false, table);
    }

    public static LenientEncoding Transcoded(Encoding utf8, string written) =>
        new(utf8, written, isTranscoded: true, null);

    /// <summary>What is in the transcoded text in place of a byte that was no text.</summary>
    public static void Escape(byte value, Span<byte> escape)
    {
        escape[0] = 0xed;
        escape[1] = (byte)(0xb0 | (value >> 6));
        escape[2] = (byte)(0x80 | (value & 0x3f));
    }

    /// <inheritdoc cref="Undecodable.FaultOf"/>
    public string? FaultOf(ReadOnlySpan<byte> row)
    {
        var chars = new char[row.Length];
        return Undecodable.FaultOf(chars.AsSpan(0, GetChars(row, chars)), Written);
    }

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (table is null)
            return Utf8Chars(bytes, chars);
        for (var i = 0; i < bytes.Length; i++)
            chars[i] = table[bytes[i]];
        return bytes.Length;
    }

    public override int GetCharCount(ReadOnlySpan<byte> bytes) =>
        table is not null ? bytes.Length
        : Utf8.IsValid(bytes) ? strict.GetCharCount(bytes)
        : GetChars(bytes, new char[bytes.Length]);

    public override int GetByteCount(ReadOnlySpan<char> chars)
    {
        var count = 0;
        while (Undecodable.IndexIn(chars) is var at and >= 0)
        {
            count += strict.GetByteCount(chars[..at]) + (IsTranscoded ? EscapeBytes : 1);
            chars = chars[(at + 1)..];
        }
        return count + strict.GetByteCount(chars);
    }

    /// <summary>How many of the last bytes may go on in those that follow.</summary>
    public int Unfinished(ReadOnlySpan<byte> bytes) =>
        table is not null ? 0
        : IsTranscoded && bytes.Length > 1 && bytes[^2] == 0xed && (bytes[^1] & 0xf0) == 0xb0 ? 2
        : Utf8Check.Unfinished(bytes);

    public override Decoder GetDecoder() => new LenientDecoder(this);

    public override int GetMaxByteCount(int charCount) => strict.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => byteCount + LenientDecoder.MostWaiting;

    public override int GetByteCount(char[] chars, int index, int count) =>
        GetByteCount(chars.AsSpan(index, count));

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) =>
        GetCharCount(bytes.AsSpan(index, count));

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    int Utf8Chars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var written = 0;
        while (true)
        {
            Utf8.ToUtf16(bytes, chars[written..], out var read, out var used, replaceInvalidSequences: false);
            written += used;
            bytes = bytes[read..];
            if (bytes.IsEmpty)
                return written;
            var length = Escape(bytes, chars[written..], out var escaped);
            written += escaped;
            bytes = bytes[length..];
        }
    }

    int Escape(ReadOnlySpan<byte> bytes, Span<char> chars, out int escaped)
    {
        if (IsTranscoded)
        {
            chars[0] = Undecodable.CharOf((byte)(((bytes[1] & 3) << 6) | (bytes[2] & 0x3f)));
            escaped = 1;
            return EscapeBytes;
        }
        Rune.DecodeFromUtf8(bytes, out _, out var length);
        for (var i = 0; i < length; i++)
            chars[i] = Undecodable.CharOf(bytes[i]);
        return escaped = length;
    }

    /// <summary>
    /// .NET has characters for private use where a code page has none, as Windows does: AA in windows-1253.
    /// </summary>
    static char CharOf(Encoding strict, byte value)
    {
        try
        {
            var character = strict.GetChars([value])[0];
            return character is >= FirstPrivate and <= LastPrivate and not Apple
                ? Undecodable.CharOf(value) : character;
        }
        catch (DecoderFallbackException)
        {
            return Undecodable.CharOf(value);
        }
    }
}

/// <summary>The same of bytes that come in pieces.</summary>
sealed class LenientDecoder(LenientEncoding encoding) : Decoder
{
    /// <summary>Bytes of a character whose last has not come.</summary>
    public const int MostWaiting = 3;

    byte[] waiting = [];

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars, bool flush)
    {
        if (waiting.Length > 0)
            bytes = (byte[])[.. waiting, .. bytes];
        var whole = bytes.Length - (flush ? 0 : encoding.Unfinished(bytes));
        waiting = bytes[whole..].ToArray();
        return encoding.GetChars(bytes[..whole], chars);
    }

    public override int GetChars(
        byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex), flush);

    public override int GetChars(
        byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush: false);

    public override int GetCharCount(byte[] bytes, int index, int count) =>
        encoding.GetCharCount((byte[])[.. waiting, .. bytes.AsSpan(index, count)]);

    public override void Reset() => waiting = [];
}
