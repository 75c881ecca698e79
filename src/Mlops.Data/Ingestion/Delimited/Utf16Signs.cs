using System.Buffers;
using System.Text.Unicode;

namespace Mlops.Data.Ingestion;

/// <summary>
/// What bytes are if each two are a unit of UTF-16. Of a table of Cyrillic, Chinese or Thai few bytes are 0:
/// those of line ends, separators and digits. The others may be UTF-8 too, of control characters or, in
/// Japanese, of letters.
/// </summary>
/// <param name="lowAt">Where in a unit its lower byte stands.</param>
readonly ref struct Utf16Signs(ReadOnlySpan<byte> head, int lowAt)
{
    /// <summary>
    /// Text has no more control characters than one in so many bytes, but for those of white space and NUL.
    /// </summary>
    const int FewControls = 20;

    static readonly SearchValues<byte> Separators = SearchValues.Create("\r\n\t,;|\""u8);

    readonly ReadOnlySpan<byte> head = head;

    /// <param name="head">The first bytes of a text, or all.</param>
    /// <returns>The encoding's name; null where it is not sure to be one of the two.</returns>
    public static string? Of(ReadOnlySpan<byte> head) =>
        !head.Contains((byte)0) ? null
        : new Utf16Signs(head, 0).Are() ? "utf-16"
        : new Utf16Signs(head, 1).Are() ? "utf-16BE" : null;

    /// <summary>
    /// Text with line ends, and no text as it stands. Where it may be that too, with a NUL here and there,
    /// each separator has its 0; or else, where it is no UTF-8, few of its bytes are ASCII.
    /// </summary>
    bool Are()
    {
        var (ends, pairs) = (0, 0);
        for (var at = 0; at + 1 < head.Length; at += 2)
        {
            var unit = UnitAt(at);
            if (char.IsHighSurrogate(unit) && (at + 3 >= head.Length || char.IsLowSurrogate(UnitAt(at + 2))))
                (at, pairs) = (at + 2, pairs + 1);
            else if (!IsText(unit))
                return false;
            ends += unit is '\n' or '\r' ? 1 : 0;
        }
        if (ends == 0)
            return false;
        if (HasManyControls() || IsOfBlanks())
            return true;
        return Utf8.IsValid(head[..^Utf8Check.Unfinished(head)]) ? HasNoLoneSeparator()
            : pairs > 0 || (MostZerosAreHigh() && (HasNoLoneSeparator() || IsHardlyAscii()));
    }

    /// <summary>
    /// No control character, half of a character, character for private use, or line end the wrong way round.
    /// </summary>
    static bool IsText(char unit) => unit is not (>= (char)0xd800 and < (char)0xf900)
        && unit is not ((char)0x0a00 or (char)0x0d00 or >= (char)0xfffe)
        && (!char.IsControl(unit) || unit is '\t' or '\n' or '\r');

    bool HasManyControls()
    {
        var controls = 0;
        foreach (var value in head)
            controls += value is > 0 and < 32 && !IsAscii(value) ? 1 : 0;
        return controls > head.Length / FewControls;
    }

    /// <summary>The letters of India from U+0900, U+0A00 and U+0D00 on look like a blank each.</summary>
    bool IsOfBlanks()
    {
        Span<int> blanks = stackalloc int['\r' + 1];
        for (var at = 1 - lowAt; at < head.Length; at += 2)
            if (head[at] is (byte)'\t' or (byte)'\n' or (byte)'\r')
                blanks[head[at]]++;
        return 4 * Math.Max(blanks['\t'], Math.Max(blanks['\n'], blanks['\r'])) > head.Length;
    }

    bool HasNoLoneSeparator()
    {
        for (var at = 0; at + 1 < head.Length; at += 2)
        {
            var (low, high) = (head[at + lowAt], head[at + 1 - lowAt]);
            if (Separators.Contains(high) || (high != 0 && Separators.Contains(low)))
                return false;
        }
        return true;
    }

    /// <summary>NUL in a text of one byte a character stands as often in either place.</summary>
    bool MostZerosAreHigh()
    {
        var zeros = head.Count((byte)0);
        var low = 0;
        for (var at = lowAt; at < head.Length; at += 2)
            low += head[at] == 0 ? 1 : 0;
        return 3 * low <= zeros;
    }

    /// <summary>Of most units not both bytes are text of ASCII.</summary>
    bool IsHardlyAscii()
    {
        var both = 0;
        for (var at = 0; at + 1 < head.Length; at += 2)
            both += IsAscii(head[at]) && IsAscii(head[at + 1]) ? 1 : 0;
        return 4 * both <= head.Length;
    }

    static bool IsAscii(byte value) =>
        value is (>= 0x20 and < 0x7f) or (byte)'\t' or (byte)'\n' or (byte)'\r';

    char UnitAt(int at) => (char)(head[at + lowAt] | head[at + 1 - lowAt] << 8);
}
