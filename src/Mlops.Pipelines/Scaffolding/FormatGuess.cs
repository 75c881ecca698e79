using System.Text;
using Mlops.Data.Ingestion;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// How a file of delimited text is written, guessed from its beginning; its encoding from all of it.
/// </summary>
static class FormatGuess
{
    const int SampleBytes = 1 << 20;
    const int LinesLookedAt = 200;
    const string Fallback = "windows-1252";

    static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <returns>The usual format where the file is damaged: whoever reads it says what is wrong.</returns>
    public static async Task<TextFormat> Of(string path, CancellationToken ct)
    {
        try
        {
            var format = await Of(await RawContent.Read(path, bytes => Beginning(bytes, ct), ct), ct);
            return format.Encoding != DetectedEncoding.Utf8
                || await RawContent.Read(path, bytes => IsDecoded(bytes, ct), ct)
                ? format : format with { Encoding = Fallback };
        }
        catch (InvalidDataException)
        {
            return new TextFormat();
        }
    }

    static async Task<TextFormat> Of(byte[] beginning, CancellationToken ct)
    {
        var (text, encoding) = Decode(beginning);
        var titles = await Titles(text, ct);
        var lines = Lines(text, titles);
        var quote = HasQuoting(lines) ? "\"" : null;
        var delimiter = Delimiter(lines, quote).Sign;
        string[][] rows = [.. lines.Select(line => SampleCells.Of(line, delimiter, quote is not null))];
        var cells = new SampleCells(rows, delimiter);
        return new TextFormat(
            delimiter.ToString(), quote, encoding, cells.HasHeader,
            0, cells.MissingMarkers, cells.DecimalSeparator, SkipLines: titles > 0 ? titles : null);
    }

    /// <summary>Those with text, behind the first so many of all.</summary>
    static string[] Lines(string text, int titles) =>
    [
        .. text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')
            .Skip(titles).Where(line => line.Length > 0).Take(LinesLookedAt),
    ];

    /// <summary>
    /// How many lines stand above the header: with the delimiter that most lines have, or with any where most
    /// have none.
    /// </summary>
    static async Task<int> Titles(string text, CancellationToken ct)
    {
        var lines = Lines(text, 0);
        char? quote = HasQuoting(lines) ? '"' : null;
        var (sign, isUsual) = Delimiter(lines, quote is not null ? "\"" : null);
        foreach (var delimiter in isUsual ? [sign] : Delimiters)
            if (await TitleLines.Count(text, delimiter, quote, ct) is > 0 and var titles)
                return titles;
        return 0;
    }

    static async Task<byte[]> Beginning(Stream bytes, CancellationToken ct)
    {
        var buffer = new byte[SampleBytes];
        return buffer[..await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct)];
    }

    /// <summary>Whether all bytes are UTF-8, or what their byte-order mark says.</summary>
    static async Task<bool> IsDecoded(Stream bytes, CancellationToken ct)
    {
        using var text = new StreamReader(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var buffer = new char[SampleBytes];
        try
        {
            while (await text.ReadAsync(buffer, ct) > 0)
            {
                // What is read is read for its faults.
            }
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>
    /// UTF-16 where it shows without a mark; UTF-8 where the bytes are UTF-8, whatever stands cut off at the
    /// end; else Windows' Latin.
    /// </summary>
    static (string Text, string Encoding) Decode(byte[] bytes)
    {
        if (bytes is [0xff, 0xfe, ..])
            return (Encoding.Unicode.GetString(bytes), "utf-8");
        if (bytes is [0xfe, 0xff, ..])
            return (Encoding.BigEndianUnicode.GetString(bytes), "utf-8");
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, DetectedEncoding.HeadBytes));
        if (DetectedEncoding.Of(head) is var name and not DetectedEncoding.Utf8)
            return (Encoding.GetEncoding(name).GetString(bytes), name);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
            try
            {
                return (strict.GetString(bytes, 0, bytes.Length - cut).TrimStart('\ufeff'), "utf-8");
            }
            catch (DecoderFallbackException)
            {
                // One byte less may end at a whole character.
            }
        return (Encoding.Latin1.GetString(bytes), Fallback);
    }

    /// <summary>Quotes mean something if they come in pairs on nearly every line that has any.</summary>
    static bool HasQuoting(string[] lines)
    {
        var quoted = lines.Where(line => line.Contains('"')).ToList();
        return quoted.Count == 0
            || quoted.Count(line => line.Count(letter => letter == '"') % 2 == 0) > 0.9 * quoted.Count;
    }

    /// <summary>The one that most lines have equally often, and then the most of.</summary>
    /// <returns>With whether most lines have it; else it is a comma.</returns>
    static (char Sign, bool IsUsual) Delimiter(string[] lines, string? quote)
    {
        var best = Delimiters.Select(sign => (Sign: sign, Lines: Usual(lines, sign, quote)))
            .MaxBy(pair => pair.Lines);
        return (best.Sign, best.Lines.Count > 0);
    }

    static (int Count, int Signs) Usual(string[] lines, char sign, string? quote)
    {
        var counts = lines.Select(line => SampleCells.Of(line, sign, quote is not null).Length - 1)
            .GroupBy(count => count).MaxBy(group => group.Count());
        return counts is null || counts.Key == 0 ? (0, 0) : (counts.Count(), counts.Key);
    }
}
