namespace Mlops.Engine;

/// <param name="LastUse">Until when a step had the key; now for the keys that steps have now.</param>
/// <param name="IsFixed">It stays whatever the limit.</param>
sealed record Root(Digest Key, DateTimeOffset LastUse, bool IsFixed);

/// <summary>From which keys on everything stays.</summary>
static class Roots
{
    public static IEnumerable<Root> Of(
        IReadOnlyDictionary<Digest, KnownTrace> traces, IReadOnlyList<StepHistory> histories,
        IReadOnlySet<Digest> lineage, CollectionRules rules, DateTimeOffset now) =>
    [
        .. lineage.Select(key => new Root(key, now, true)),
        .. histories.SelectMany(history => OfStep(history, rules, now)),
        .. Unclaimed(traces, histories)
            .Where(trace =>
                now - trace.StartedAt < (rules.KeepAge > rules.Grace ? rules.KeepAge : rules.Grace))
            .Select(trace => new Root(trace.Key, trace.StartedAt, false)),
    ];

    /// <remarks>
    /// The key that a step has now may be in use by every run; that of a step that is no more only was.
    /// </remarks>
    static IEnumerable<Root> OfStep(StepHistory history, CollectionRules rules, DateTimeOffset now)
    {
        var exists = history.Step.Pipeline.Length == 0 || rules.Pipelines.Contains(history.Step.Pipeline);
        var different = new HashSet<Digest>();
        for (var i = history.Keys.Count - 1; i >= 0; i--)
        {
            var (key, since) = history.Keys[i];
            var isLast = i == history.Keys.Count - 1;
            var lastUse = !isLast ? history.Keys[i + 1].Since : exists ? now : since;
            different.Add(key);
            if (exists && different.Count <= Math.Max(1, rules.KeepRuns) || now - lastUse < rules.KeepAge)
                yield return new Root(key, lastUse, exists && isLast);
        }
    }

    /// <summary>
    /// What no step's history names and no other trace called: executed by key, or for a
    /// step that then failed.
    /// </summary>
    static IEnumerable<KnownTrace> Unclaimed(
        IReadOnlyDictionary<Digest, KnownTrace> traces, IReadOnlyList<StepHistory> histories)
    {
        var claimed = histories.SelectMany(history => history.Keys).Select(entry => entry.Key)
            .Concat(traces.Values.SelectMany(trace => trace.Children)).ToHashSet();
        return traces.Values.Where(trace => !claimed.Contains(trace.Key));
    }
}
