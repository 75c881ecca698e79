using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// What became of raw files of which several have one name, as those of other folders may. They stand in the
/// order of their digests, so which of then is which of now is not known, only how many are others.
/// </summary>
static class ChangedFiles
{
    /// <returns>Nothing where these are no lists of files, or all of their bytes are those of then.</returns>
    public static IReadOnlyList<string> Between(JsonElement before, JsonElement now) =>
        DigestsByName(before) is { } olds && DigestsByName(now) is { } news
            ? [.. news.Select(files => files.Key).Union(olds.Select(files => files.Key))
                .SelectMany(name => Of(name, [.. olds[name]], news[name]))]
            : [];

    /// <summary>What has the name: the item, or the raw file that it is about.</summary>
    public static JsonElement? FileOf(JsonElement item) =>
        item.TryGetProperty("name", out _) ? item
        : item.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.Object
            && file.TryGetProperty("name", out _) ? file
        : null;

    public static string? DigestOf(JsonElement item) =>
        FileOf(item) is { } file && file.TryGetProperty("digest", out var digest) ? digest.ToString() : null;

    static IEnumerable<string> Of(string name, List<string> gone, IEnumerable<string> files)
    {
        var come = files.Count(digest => !gone.Remove(digest));
        var changed = Math.Min(come, gone.Count);
        (int Count, string What)[] all =
            [(changed, "changed"), (come - changed, "added"), (gone.Count - changed, "removed")];
        return all.Where(each => each.Count > 0)
            .Select(each => FormattableString.Invariant($"{Words(each.Count)}`{name}` {each.What}"));
    }

    static string Words(int count) => Counted.Word(
        count, "", FormattableString.Invariant($"{count} files "));

    static ILookup<string, string>? DigestsByName(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(
            item => item.ValueKind == JsonValueKind.Object && DigestOf(item) is not null)
            ? element.EnumerateArray().ToLookup(
                item => FileOf(item)!.Value.GetProperty("name").ToString(), item => DigestOf(item)!,
                StringComparer.Ordinal)
            : null;
}
