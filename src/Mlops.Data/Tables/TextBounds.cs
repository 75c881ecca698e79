using System.Text;

namespace Mlops.Data.Tables;

/// <summary>
/// The least and the greatest text of a column, which a Parquet file says of each row group and by which its
/// readers leave groups out unread.
/// </summary>
static class TextBounds
{
    /// <summary>Longer texts, of so many characters, are not repeated in the footer.</summary>
    public const int MostChars = 1024;

    const char FirstSurrogate = '\ud800';
    const char LastSurrogate = '\udfff';

    /// <summary>
    /// Parquet.Net compares units of UTF-16, readers compare bytes of UTF-8: the two put characters from
    /// U+E000 and those beyond U+FFFF in opposite orders. It also writes both bounds whole, and each twice.
    /// </summary>
    /// <returns>
    /// False where the rows hold texts that would be told in the wrong order or at length. Levels that none
    /// of the rows has say nothing.
    /// </returns>
    public static bool CanBeTold(TextValues text, Range rows)
    {
        if (OfAll(text).CanBeTold)
            return true;
        var used = new Kinds();
        var seen = new bool[text.Levels.Count];
        foreach (var code in text.Codes[rows])
            if (code >= 0 && !seen[code])
            {
                seen[code] = true;
                used.See(text.Level(code).Span);
            }
        return used.CanBeTold;
    }

    static Kinds OfAll(TextValues text)
    {
        var all = new Kinds();
        if (text.Levels is PackedTexts packed)
            all.See(packed.Chars, packed.Longest());
        else
            foreach (var level in text.Levels)
                all.See(level);
        return all;
    }

    /// <summary>Each level in UTF-8.</summary>
    public static ReadOnlyMemory<byte>[] Bytes(TextValues text)
    {
        var levels = new ReadOnlyMemory<byte>[text.Levels.Count];
        for (var i = 0; i < levels.Length; i++)
        {
            var bytes = new byte[Encoding.UTF8.GetByteCount(text.Level(i).Span)];
            Encoding.UTF8.GetBytes(text.Level(i).Span, bytes);
            levels[i] = bytes;
        }
        return levels;
    }

    struct Kinds
    {
        bool beyond;
        bool last;
        bool isLong;

        public readonly bool CanBeTold => !isLong && !(beyond && last);

        public void See(ReadOnlySpan<char> text) => See(text, text.Length);

        public void See(ReadOnlySpan<char> text, int longest)
        {
            isLong |= longest > MostChars;
            if (!text.ContainsAnyInRange(FirstSurrogate, char.MaxValue))
                return;
            beyond |= text.ContainsAnyInRange(FirstSurrogate, LastSurrogate);
            last |= text.ContainsAnyInRange((char)(LastSurrogate + 1), char.MaxValue);
        }
    }
}
