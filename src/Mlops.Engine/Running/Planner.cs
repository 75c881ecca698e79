namespace Mlops.Engine;

/// <summary>Decides what a run would do, without running or writing anything.</summary>
sealed class Planner(Lookup lookup)
{
    readonly Dictionary<Node, Settled> settled = [];
    readonly HashSet<Node> visited = [];
    readonly List<PlannedStep> steps = [];

    public Plan Plan(IReadOnlyList<Node> requested)
    {
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
        if (node.Dependencies.FirstOrDefault(dependency => !settled.ContainsKey(dependency)) is { } open)
            steps.Add(new PlannedStep(node.Name, new Verdict.Pending(open.Name)));
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
        var nodes = growth.Grow(output);
        foreach (var node in nodes)
            Visit(node);
        if (nodes.All(settled.ContainsKey))
            settled[growth] = new Settled(new StepOutcome(OutcomeState.Finished, null, null), null);
    }

    void Decide(Node node, IStep step)
    {
        try
        {
            var call = step.Bind(new Upstream(other => settled[other]));
            if (lookup.Find(call) is { } found)
            {
                settled[node] = found.Settled;
                var rejected = found.Settled.Outcome.State == OutcomeState.Rejected;
                steps.Add(new PlannedStep(node.Name, new Verdict.UpToDate(rejected)));
            }
            else
                steps.Add(new PlannedStep(node.Name, new Verdict.Stale(lookup.ReasonsFor(node.Name, call.Key))));
        }
        catch (BlockedException blocked)
        {
            settled[node] = new Settled(new StepOutcome(OutcomeState.Blocked, blocked.Message, null), null);
            steps.Add(new PlannedStep(node.Name, new Verdict.Blocked(blocked.Message)));
        }
        catch (ProblemException problem)
        {
            settled[node] = new Settled(new StepOutcome(OutcomeState.Failed, problem.Problems[0].What, null), null);
            steps.Add(new PlannedStep(node.Name, new Verdict.Impossible(problem.Problems)));
        }
    }
}
