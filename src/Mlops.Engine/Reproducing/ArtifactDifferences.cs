using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// Which part of an artifact differs, as far as its format is known: an entry, a value, a line, a byte.
/// </summary>
static class ArtifactDifferences
{
    const int Shown = 10;
    const int LongestLine = 80;

    /// <param name="mediaType">Of both files.</param>
    public static IReadOnlyList<string> Between(string mediaType, string recorded, string remade) =>
        Between(mediaType, File.ReadAllBytes(recorded), File.ReadAllBytes(remade));

    static IReadOnlyList<string> Between(string mediaType, byte[] recorded, byte[] remade)
    {
        if (recorded.AsSpan().SequenceEqual(remade))
            return [];
        try
        {
            return mediaType switch
            {
                "application/zip" => Zip(recorded, remade),
                "application/json" =>
                    InputChanges.Between(JsonElement.Parse(recorded), JsonElement.Parse(remade))
                        is { Count: > 0 } changes
                        ? changes
                        : Bytes(recorded, remade),
                _ when mediaType.StartsWith("text/", StringComparison.Ordinal) => Text(recorded, remade),
                _ => Bytes(recorded, remade),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            return Bytes(recorded, remade);
        }
    }

    static IReadOnlyList<string> Zip(byte[] recorded, byte[] remade)
    {
        var (before, now) = (Entries(recorded), Entries(remade));
        var differences = new List<string>();
        foreach (var name in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
            if (!now.TryGetValue(name, out var made))
                differences.Add($"entry {name} is missing");
            else if (!before.TryGetValue(name, out var old))
                differences.Add($"entry {name} is added");
            else
                differences.AddRange(Between(MediaTypeOf(name), old, made)
                    .Select(difference => $"entry {name}: {difference}"));
        return differences.Count == 0 ? Bytes(recorded, remade) : Few(differences);
    }

    static SortedDictionary<string, byte[]> Entries(byte[] zip)
    {
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            entries[entry.FullName] = content.ToArray();
        }
        return entries;
    }

    static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".zip" => "application/zip",
        ".txt" or ".md" or ".csv" or ".yaml" or ".html" => "text/plain",
        _ => "application/octet-stream",
    };

    static IReadOnlyList<string> Text(byte[] recorded, byte[] remade)
    {
        var (before, now) =
            (Encoding.UTF8.GetString(recorded).Split('\n'), Encoding.UTF8.GetString(remade).Split('\n'));
        var line = 0;
        while (line < before.Length && line < now.Length && before[line] == now[line])
            line++;
        return [Invariant($"line {line + 1}: \"{Cut(before, line)}\" → \"{Cut(now, line)}\"")];
    }

    static string Cut(string[] lines, int line) =>
        line >= lines.Length
            ? "(end)"
            : lines[line].Length <= LongestLine ? lines[line] : lines[line][..LongestLine] + "…";

    static IReadOnlyList<string> Bytes(byte[] recorded, byte[] remade)
    {
        var same = recorded.AsSpan().CommonPrefixLength(remade);
        return [Invariant(
            $"differs from byte {same} on; {recorded.Length} bytes recorded, {remade.Length} now")];
    }

    static List<string> Few(List<string> differences) => differences.Count <= Shown
        ? differences
        : [.. differences.Take(Shown), Invariant($"and {differences.Count - Shown} more")];

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
