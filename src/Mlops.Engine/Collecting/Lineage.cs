using System.Text.Json;

namespace Mlops.Engine;

/// <summary>
/// What a release or an approval stands on: the traces of all that led to it, and of its
/// pipeline at the time.
/// </summary>
sealed class Lineage
{
    readonly IReadOnlyDictionary<Digest, KnownTrace> traces;
    readonly TraceStore store;
    readonly ILookup<Digest, Digest> byRecord, byArtifact;

    public Lineage(IReadOnlyDictionary<Digest, KnownTrace> traces, TraceStore store)
    {
        (this.traces, this.store) = (traces, store);
        byRecord = traces.Values.ToLookup(trace => trace.Output, trace => trace.Key);
        byArtifact = traces.Values
            .SelectMany(trace => trace.Artifacts.Select(artifact => (artifact.Digest, trace.Key)))
            .ToLookup(given => given.Digest, given => given.Key);
    }

    /// <param name="needed">Artifacts, output records or keys.</param>
    /// <returns>Keys.</returns>
    public IReadOnlySet<Digest> Of(IReadOnlyCollection<Digest> needed, IReadOnlyList<StepHistory> histories)
    {
        Digest[] named = [.. needed.SelectMany(MadeBy).Distinct()];
        var found = new HashSet<Digest>();
        var open = new Stack<Digest>(named.Concat(named.SelectMany(key => AtTheTimeOf(key, histories))));
        while (open.TryPop(out var key))
            if (traces.ContainsKey(key) && found.Add(key))
                foreach (var upstream in Above(key))
                    open.Push(upstream);
        return found;
    }

    IEnumerable<Digest> MadeBy(Digest needed) =>
        traces.ContainsKey(needed) ? [needed] : byRecord[needed].Concat(byArtifact[needed]);

    /// <summary>
    /// The traces that gave the records that a key names, and the artifacts that are in none of these.
    /// </summary>
    HashSet<Digest> Above(Digest key)
    {
        var records = new HashSet<Digest>();
        if (store.Find(key) is { } trace)
            Collect(trace.Input.Parse(), records);
        var above = records.SelectMany(record => byRecord[record]).ToHashSet();
        foreach (var artifact in traces[key].Inputs)
            if (byArtifact[artifact].Any() && !byArtifact[artifact].Any(above.Contains))
                above.Add(LatestBefore(traces[key].StartedAt, byArtifact[artifact]));
        return above;
    }

    /// <remarks>Several may have given the same bytes: one is enough to tell where they came from.</remarks>
    Digest LatestBefore(DateTimeOffset time, IEnumerable<Digest> keys) =>
        keys.OrderBy(key => traces[key].StartedAt > time)
            .ThenByDescending(key => traces[key].StartedAt).First();

    static void Collect(JsonElement element, HashSet<Digest> records)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Collect(item, records);
        if (element.ValueKind != JsonValueKind.Object)
            return;
        records.Add(Digest.Of(CanonicalJson.Write(element)));
        foreach (var property in element.EnumerateObject())
            Collect(property.Value, records);
    }

    /// <summary>
    /// What the other steps of its pipeline had for a key while a step had this one: checks are evidence too.
    /// </summary>
    static IEnumerable<Digest> AtTheTimeOf(Digest key, IReadOnlyList<StepHistory> histories) =>
        from history in histories
        from spell in SpellsOf(history).Where(spell => spell.Key == key)
        from other in histories
        where other.Step.Pipeline == history.Step.Pipeline
            && (other.Step.Cell is null || other.Step.Cell == history.Step.Cell)
        from overlapping in SpellsOf(other)
        where overlapping.From <= spell.To && spell.From <= overlapping.To
        select overlapping.Key;

    static IEnumerable<(Digest Key, DateTimeOffset From, DateTimeOffset To)> SpellsOf(StepHistory history) =>
        history.Keys.Select((entry, index) => (
            entry.Key, entry.Since,
            index + 1 < history.Keys.Count ? history.Keys[index + 1].Since : DateTimeOffset.MaxValue));
}
