using System.Text;

namespace Mlops.Engine;

/// <summary>
/// The file of the source index: sealed, a header, then a line per file of digest, stamp and path. One that
/// is torn, changed in a single digit or of another version holds nothing.
/// </summary>
static class SourceIndexFile
{
    const int DigestDigits = 2 * Digest.SizeBytes;

    static ReadOnlySpan<byte> Header => "mlops-sources/2\n"u8;

    public static IEnumerable<KeyValuePair<string, SourceReading>> Read(string path)
    {
        var entries = new List<KeyValuePair<string, SourceReading>>();
        if (!File.Exists(path) || Sealed.Open(File.ReadAllBytes(path)) is not { } body
            || !body.Span.StartsWith(Header))
            return entries;
        var rest = body.Span[Header.Length..];
        for (int end; (end = rest.IndexOf((byte)'\n')) > DigestDigits; rest = rest[(end + 1)..])
        {
            var stamped = rest[(DigestDigits + 1)..end];
            if (Digest.TryParse(Encoding.ASCII.GetString(rest[..DigestDigits]), out var digest)
                && FileStamp.Read(ref stamped) is { } stamp)
                entries.Add(new(
                    Unescaped(Encoding.UTF8.GetString(stamped)), new SourceReading(digest, stamp)));
        }
        return entries;
    }

    public static byte[] Encode(IEnumerable<KeyValuePair<string, SourceReading>> entries)
    {
        var text = new StringBuilder();
        foreach (var (file, reading) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Append(reading.Digest).Append(' ').Append(reading.Stamp)
                .Append(' ').Append(Escaped(file)).Append('\n');
        return Sealed.Close([.. Header, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    /// <summary>A name may hold a line break: <c>\n</c>, with <c>\\</c> for the backslash itself.</summary>
    static string Escaped(string file) => file.AsSpan().IndexOfAny('\n', '\\') < 0
        ? file
        : file.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var file = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            file.Append(text[i] == '\\' && ++i < text.Length && text[i] == 'n'
                ? '\n'
                : i < text.Length ? text[i] : '\\');
        return file.ToString();
    }
}
