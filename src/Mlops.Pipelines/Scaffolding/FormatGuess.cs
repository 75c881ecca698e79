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
            var format = Of(await RawContent.Read(path, bytes => Beginning(bytes, ct), ct));
            return format.Encoding != DetectedEncoding.Utf8
                || await RawContent.Read(path, bytes => IsDecoded(bytes, ct), ct)
                ? format : format with { Encoding = Fallback };
        }
        catch (InvalidDataException)
        {
            return new TextFormat();
        }
    }

    static TextFormat Of(byte[] beginning)
    {
        var (text, encoding) = Decode(beginning);
        string[] lines = [.. text.Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0).Take(LinesLookedAt)];
        var quote = HasQuoting(lines) ? "\"" : null;
        var delimiter = Delimiter(lines, quote);
        string[][] rows = [.. lines.Select(line => SampleCells.Of(line, delimiter, quote is not null))];
        var cells = new SampleCells(rows, delimiter);
        return new TextFormat(
            delimiter.ToString(), quote, encoding, cells.HasHeader,
            0, cells.MissingMarkers, cells.DecimalSeparator);
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
    static char Delimiter(string[] lines, string? quote) => Delimiters.MaxBy(delimiter =>
    {
        var counts = lines.Select(line => SampleCells.Of(line, delimiter, quote is not null).Length - 1)
            .GroupBy(count => count).MaxBy(group => group.Count());
        return counts is null || counts.Key == 0 ? (0, 0) : (counts.Count(), counts.Key);
    });
}
