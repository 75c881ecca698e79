using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Engine;

/// <summary>Says in words how one input record differs from another.</summary>
static class InputChanges
{
    const int Shown = 5;

    static readonly JsonSerializerOptions Unescaped = new() { Encoder = CanonicalJson.Escapes };

    /// <param name="before">Canonical JSON of the last run's input.</param>
    /// <param name="now">Canonical JSON of this run's input.</param>
    /// <param name="section">Put before every field that is named; empty for none.</param>
    public static IReadOnlyList<string> Between(JsonElement before, JsonElement now, string section = "")
    {
        var changes = new List<Change>();
        Compare(section, before, now, changes);
        // Files are what a person changed; where not all is told, what follows from them has to wait.
        return changes.Count <= Shown
            ? [.. changes.Select(change => change.Text)]
            :
            [
                .. changes.OrderBy(change => change.IsOfFile ? 0 : 1).Take(Shown)
                    .Select(change => change.Text),
                $"and {changes.Count - Shown} more",
            ];
    }

    /// <param name="circumstances">As in <see cref="Stage.Circumstances"/>.</param>
    public static IReadOnlyList<string> Between(
        JsonElement before, JsonElement now, string section, IReadOnlyCollection<string> circumstances)
    {
        if (circumstances.Count == 0)
            return Between(before, now, section);
        var told = Between(Without(before, circumstances), Without(now, circumstances), section);
        return told.Count > 0 || JsonElement.DeepEquals(before, now)
            ? told
            : ["what is upstream was made again, with the same results"];
    }

    static JsonElement Without(JsonElement element, IReadOnlyCollection<string> names)
    {
        var node = JsonNode.Parse(element.GetRawText());
        Remove(node, names);
        return JsonElement.Parse(node?.ToJsonString(Unescaped) ?? "null");
    }

    static void Remove(JsonNode? node, IReadOnlyCollection<string> names)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Remove(item, names);
        if (node is not JsonObject fields)
            return;
        foreach (var name in names)
            fields.Remove(name);
        foreach (var (_, value) in fields)
            Remove(value, names);
    }

    static void Compare(string path, JsonElement? before, JsonElement? now, List<Change> changes)
    {
        if (before is { } left && now is { } right && AreEqual(left, right))
            return;
        if (Named(before) is { } oldItems && Named(now) is { } newItems)
            CompareNamed(path, oldItems, newItems, changes);
        else if (before is { } old && now is { } present
            && ChangedFiles.Between(old, present) is { Count: > 0 } files)
            changes.AddRange(files.Select(text => new Change(text, true)));
        else if (before is { ValueKind: JsonValueKind.Object } oldObject
            && now is { ValueKind: JsonValueKind.Object } newObject)
            CompareObjects(path, oldObject, newObject, changes);
        else if (before is { ValueKind: JsonValueKind.Array } oldArray
            && now is { ValueKind: JsonValueKind.Array } newArray
            && HasObjects(oldArray) && HasObjects(newArray))
            CompareArrays(path, oldArray, newArray, changes);
        else if (IsObject(before) || IsObject(now))
            changes.Add(new($"`{path}` {(before is null ? "added" : now is null ? "removed" : "replaced")}"));
        else
            changes.Add(new($"`{path}` {ChangedValue.Between(before, now)}"));
    }

    /// <summary>Records are canonical: what is equal is so to the byte, and compared fastest so.</summary>
    static bool AreEqual(JsonElement left, JsonElement right) =>
        JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right))
        || JsonElement.DeepEquals(left, right);

    static bool IsObject(JsonElement? element) => element is { ValueKind: JsonValueKind.Object };

    static void CompareObjects(string path, JsonElement before, JsonElement now, List<Change> changes)
    {
        if (IsArtifact(before) && IsArtifact(now))
        {
            changes.Add(new($"upstream `{path}` changed"));
            return;
        }
        foreach (var name in Names(before).Union(Names(now)).Order(StringComparer.Ordinal))
            Compare(path.Length == 0 ? name : $"{path}.{name}",
                Property(before, name), Property(now, name), changes);
    }

    static void CompareArrays(string path, JsonElement before, JsonElement now, List<Change> changes)
    {
        var (oldLength, newLength) = (before.GetArrayLength(), now.GetArrayLength());
        if (oldLength != newLength)
        {
            changes.Add(new($"`{path}` has {Counted.Plain(newLength, "entry", "entries")}, had {oldLength}"));
            return;
        }
        // One after the other: an index into an array of objects goes through all before it.
        var (olds, position) = (before.EnumerateArray(), 0);
        foreach (var item in now.EnumerateArray())
        {
            position++;
            if (olds.MoveNext() && !AreEqual(olds.Current, item))
                Compare($"{path}[{position}]", olds.Current, item, changes);
        }
    }

    static void CompareNamed(
        string path, Dictionary<string, JsonElement> before,
        Dictionary<string, JsonElement> now, List<Change> changes)
    {
        var known = changes.Count;
        foreach (var (name, item) in now)
            if (!before.TryGetValue(name, out var old))
                changes.Add(new($"`{name}` added", ChangedFiles.DigestOf(item) is not null));
            else if (AreEqual(old, item))
                continue;
            else if (ChangedFiles.DigestOf(item) is { } digest && ChangedFiles.DigestOf(old) != digest)
                changes.Add(new($"`{name}` changed", true));
            else
                Compare($"{path}.{name}", old, item, changes);
        foreach (var (name, item) in before.Where(item => !now.ContainsKey(item.Key)))
            changes.Add(new($"`{name}` removed", ChangedFiles.DigestOf(item) is not null));
        if (changes.Count == known)
            changes.Add(new($"`{path}` has another order"));
    }

    /// <summary>
    /// Items by name where the element is an array of objects that each have one of their own.
    /// </summary>
    static Dictionary<string, JsonElement>? Named(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
            return null;
        var items = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind != JsonValueKind.Object || ChangedFiles.FileOf(item) is not { } file
                || !items.TryAdd(file.GetProperty("name").ToString(), item))
                return null;
        return items;
    }

    static bool HasObjects(JsonElement array) =>
        array.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    static bool IsArtifact(JsonElement element) =>
        element.TryGetProperty("digest", out _) && element.TryGetProperty("media-type", out _);

    static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    static JsonElement? Property(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : null;

    /// <param name="IsOfFile">Whether a file came, went or has other bytes.</param>
    readonly record struct Change(string Text, bool IsOfFile = false);
}
