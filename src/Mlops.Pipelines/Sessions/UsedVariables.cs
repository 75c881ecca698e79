using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Mlops.Engine;

namespace Mlops.Pipelines.Sessions;

/// <summary>
/// Variables that remember which of them were asked for: only those can change what a pipeline means.
/// </summary>
sealed class UsedVariables(IReadOnlyDictionary<string, string> variables)
    : IReadOnlyDictionary<string, string>
{
    readonly SortedSet<string> used = new(StringComparer.Ordinal);

    public string this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public IEnumerable<string> Keys => variables.Keys;

    public IEnumerable<string> Values => variables.Values;

    public int Count => variables.Count;

    public void AddTo(SnapshotDraft looked)
    {
        foreach (var name in used)
            looked.AddVariable(name, variables.GetValueOrDefault(name));
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        used.Add(key);
        return variables.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => variables.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
