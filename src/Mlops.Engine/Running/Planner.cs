namespace Mlops.Engine;

/// <summary>Decides what a run would do, without running or writing anything.</summary>
/// <param name="remote">What a store that machines share has of the traces that are not here;
/// null where there is none.</param>
sealed class Planner(Lookup lookup, PlannedTraces? remote = null)
{
    readonly Dictionary<Node, Settled> settled = [];
    readonly HashSet<Node> visited = [];
    readonly List<PlannedStep> steps = [];
    readonly Dictionary<StepName, ActionKey> keys = [];
    readonly Dictionary<Digest, StepName> stale = [];

    /// <summary>The keys of the planned steps, as far as they can be known.</summary>
    public IReadOnlyDictionary<StepName, ActionKey> Keys => keys;

    public string SectionOf(StepName step) => visited.First(node => node.Name == step).Section;

    /// <summary>The traces of the steps upstream of one.</summary>
    public IReadOnlyList<KeyValuePair<StepName, Trace>> TracesAbove(StepName step)
    {
        var above = new HashSet<Node>();
        Collect(visited.First(node => node.Name == step));
        return [.. Traces.Where(trace => above.Any(node => node.Name == trace.Key))];

        void Collect(Node node)
        {
            foreach (var dependency in node.Dependencies)
                if (above.Add(dependency))
                    Collect(dependency);
        }
    }

    /// <summary>The traces of the steps that are up to date.</summary>
    public IEnumerable<KeyValuePair<StepName, Trace>> Traces =>
        from node in settled
        where node.Value.Outcome.Trace is not null
        select KeyValuePair.Create(node.Key.Name, node.Value.Outcome.Trace!);

    public Plan Plan(IReadOnlyList<Node> requested)
    {
        remote?.Ask(requested).GetAwaiter().GetResult();
        foreach (var node in requested)
            Visit(node);
        return new Plan(steps);
    }

    void Visit(Node node)
    {
        if (!visited.Add(node))
            return;
        foreach (var dependency in node.Dependencies)
            Visit(dependency);
        if (node is Bundle)
            return;
        if (node.Dependencies.FirstOrDefault(dependency => !settled.ContainsKey(dependency)) is { } open)
            steps.Add(new PlannedStep(node.Name, new Verdict.Pending(open.Name), null));
        else if (node is Growth growth)
            VisitGrowth(growth);
        else
            Decide(node, (IStep)node);
    }

    void VisitGrowth(Growth growth)
    {
        var of = settled[growth.Dependencies[0]];
        if (of.Output is not { } output)
        {
            settled[growth] = new Settled(new StepOutcome(OutcomeState.Blocked, of.Outcome.Note, null), null);
            return;
        }
        IReadOnlyList<Node> nodes;
        try
        {
            nodes = growth.Grow(output);
        }
        catch (Exception fault)
        {
            Refuse(growth, fault);
            return;
        }
        foreach (var node in nodes)
            Visit(node);
        if (nodes.All(settled.ContainsKey))
            settled[growth] = new Settled(new StepOutcome(OutcomeState.Finished, null, null), null);
    }

    void DecideUpToDate(Node node, StageCall call, Found found, bool isRemote)
    {
        settled[node] = found.Settled;
        var rejected = found.Settled.Outcome.State == OutcomeState.Rejected;
        steps.Add(new PlannedStep(
            node.Name, new Verdict.UpToDate(rejected) { IsRemote = isRemote }, call.Key.Digest));
    }

    void Decide(Node node, IStep step)
    {
        try
        {
            var call = step.Bind(new Upstream(other => settled[other]));
            keys[node.Name] = call.Key;
            if (lookup.Find(call) is { } found)
                DecideUpToDate(node, call, found, isRemote: false);
            else if (stale.TryGetValue(call.Key.Digest, out var first))
                steps.Add(new PlannedStep(node.Name, new Verdict.Pending(first), call.Key.Digest));
            else if (remote?.Find(call).GetAwaiter().GetResult() is { } trace)
                DecideUpToDate(node, call, Lookup.Found(call, trace), isRemote: true);
            else
            {
                stale[call.Key.Digest] = node.Name;
                steps.Add(new PlannedStep(
                    node.Name, new Verdict.Stale(lookup.ReasonsFor(node, call.Key)), call.Key.Digest));
            }
        }
        catch (BlockedException blocked)
        {
            settled[node] = new Settled(new StepOutcome(OutcomeState.Blocked, blocked.Message, null), null);
            steps.Add(new PlannedStep(node.Name, new Verdict.Blocked(blocked.Message), null));
        }
        catch (Exception fault)
        {
            Refuse(node, fault);
        }
    }

    void Refuse(Node node, Exception fault)
    {
        var problems = Faults.ProblemsOf(node.Name, fault);
        settled[node] = new Settled(new StepOutcome(OutcomeState.Failed, problems[0].What, null), null);
        steps.Add(new PlannedStep(node.Name, new Verdict.Impossible(problems), null));
    }
}
