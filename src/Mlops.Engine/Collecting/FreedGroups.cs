namespace Mlops.Engine;

static class FreedGroups
{
    /// <param name="artifacts">Freed ones, with their lengths.</param>
    public static IReadOnlyList<FreedGroup> Of(
        IReadOnlyDictionary<Digest, KnownTrace> known, IReadOnlyList<StepHistory> histories,
        IReadOnlyList<Digest> traces, Dictionary<Digest, long> artifacts)
    {
        var pipelines = PipelinesOf(known, histories);
        var open = new Dictionary<Digest, long>(artifacts);
        var freed = new List<FreedGroup>();
        foreach (var trace in traces.Select(key => known[key]))
        {
            var own = trace.Artifacts.Select(artifact =>
                (artifact.Digest, Found: open.Remove(artifact.Digest, out var bytes), bytes))
                .Where(artifact => artifact.Found).ToList();
            freed.Add(new FreedGroup(
                pipelines.GetValueOrDefault(trace.Key, ""), trace.Stage, 1,
                own.Count, trace.Bytes + own.Sum(artifact => artifact.bytes)));
        }
        if (open.Count > 0)
            freed.Add(new FreedGroup("", "", 0, open.Count, open.Values.Sum()));
        return
        [
            .. from each in freed
               group each by (each.Pipeline, each.Stage) into same
               let bytes = same.Sum(each => each.Bytes)
               orderby bytes descending, same.Key.Pipeline, same.Key.Stage
               select new FreedGroup(
                   same.Key.Pipeline, same.Key.Stage, same.Sum(each => each.Traces),
                   same.Sum(each => each.Artifacts), bytes),
        ];
    }

    public static IReadOnlyList<FreedNotes> Of(IEnumerable<Note> notes) =>
    [
        .. from note in notes
           group note.LengthBytes by (
               Pipeline: note.Name?.Pipeline ?? "",
               Cell: note.Name is { Pipeline: null, Cell: { } cell } ? cell : null) into same
           orderby same.Key
           select new FreedNotes(same.Key.Pipeline, same.Count(), same.Sum(), same.Key.Cell),
    ];

    /// <remarks>A call inside a step is of the step's pipeline.</remarks>
    static Dictionary<Digest, string> PipelinesOf(
        IReadOnlyDictionary<Digest, KnownTrace> known, IReadOnlyList<StepHistory> histories)
    {
        var pipelines = new Dictionary<Digest, string>();
        var open = new Stack<(Digest Key, string Pipeline)>(
            histories.SelectMany(history =>
                history.Keys.Select(entry => (entry.Key, history.Step.Pipeline))));
        while (open.TryPop(out var next))
            if (pipelines.TryAdd(next.Key, next.Pipeline) && known.TryGetValue(next.Key, out var trace))
                foreach (var child in trace.Children)
                    open.Push((child, next.Pipeline));
        return pipelines;
    }
}
