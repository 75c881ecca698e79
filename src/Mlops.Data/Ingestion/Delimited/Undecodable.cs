using System.Text;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Bytes that are no text of their encoding, in decoded text: each is a character that no text has, the lone
/// low surrogate U+DC00 and the byte, so that rows are found around it and it is known which it was.
/// </summary>
static class Undecodable
{
    const char First = '\udc00';
    const char Last = '\udcff';
    const int MostShown = 4;

    public static char CharOf(byte value) => (char)(First + value);

    /// <returns>Where the first is; -1 where all is text.</returns>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOfAnyInRange(First, Last) is var at and >= 0; from += at + 1)
            if (from + at == 0 || !char.IsHighSurrogate(text[from + at - 1]))
                return from + at;
        return -1;
    }

    /// <returns>The first of them, and where they stand; null where all is text.</returns>
    public static string? FaultOf(ReadOnlySpan<char> row, string encoding)
    {
        if (IndexIn(row) is not (var at and >= 0))
            return null;
        var bytes = new List<string>();
        foreach (var character in row[at..Math.Min(row.Length, at + MostShown)])
            if (character is >= First and <= Last)
                bytes.Add(((byte)(character - First)).ToString("X2", null));
            else
                break;
        var place = 1 + at;
        foreach (var character in row[..at])
            if (char.IsHighSurrogate(character))
                place--;
        var (which, verb) = bytes.Count == 1 ? ("the byte", "is") : ("the bytes", "are");
        return FormattableString.Invariant(
            $"{which} '{string.Join(' ', bytes)}' at character {place} {verb} no {encoding}");
    }

    /// <summary>For people: with the sign of what cannot be read in their place.</summary>
    public static ReadOnlySpan<char> Shown(ReadOnlySpan<char> text)
    {
        if (IndexIn(text) is not (var at and >= 0))
            return text;
        var shown = text.ToArray();
        for (; at < shown.Length; at++)
            if (shown[at] is >= First and <= Last && (at == 0 || !char.IsHighSurrogate(shown[at - 1])))
                shown[at] = '\ufffd';
        return shown;
    }
}

/// <summary>Puts characters in the place of each byte that is no text.</summary>
/// <param name="of">The same number for each.</param>
sealed class UndecodableFallback(Func<byte, string> of, int charsPerByte) : DecoderFallback
{
    /// <summary>Bytes that belong to one character.</summary>
    const int MostBytes = 8;

    /// <summary>Whether any was met since this was last said not to be so.</summary>
    public bool WasUsed { get; set; }

    public override int MaxCharCount => MostBytes * charsPerByte;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    /// <summary>The encoding with this instead of its strictness.</summary>
    public Encoding In(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = this;
        return lenient;
    }

    string Of(byte value) => of(value);

    sealed class Buffer(UndecodableFallback fallback) : DecoderFallbackBuffer
    {
        string text = "";
        int next;

        public override int Remaining => text.Length - next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            fallback.WasUsed = true;
            (text, next) = (string.Concat(bytesUnknown.Select(fallback.Of)), 0);
            return true;
        }

        public override char GetNextChar() => next < text.Length ? text[next++] : '\0';

        public override bool MovePrevious()
        {
            if (next == 0)
                return false;
            next--;
            return true;
        }

        public override void Reset() => (text, next) = ("", 0);
    }
}
