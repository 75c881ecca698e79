using System.Text.Json;

namespace Mlops.Engine;

/// <summary>Plans and runs graphs over a workspace.</summary>
public sealed class BuildEngine(Workspace workspace, EngineOptions options) : IDisposable
{
    readonly RemoteStore? remote = options.Remote is { } shared
        ? new RemoteStore(workspace, shared, options.Observer.Noticed)
        : null;

    /// <summary>
    /// What went over the line to and from the store that machines share; null without one.
    /// </summary>
    public RemoteTraffic? Traffic => remote?.Traffic;

    /// <summary>What a run would do; executes and writes nothing.</summary>
    public Plan Plan(IReadOnlyList<Node> requested)
    {
        var lookup = new Lookup(workspace, options.Stages ?? []);
        return new Planner(lookup, remote is null ? null : new PlannedTraces(lookup, remote)).Plan(requested);
    }

    /// <summary>The steps of a graph that has grown, in the order of its plan.</summary>
    public static IReadOnlyList<StepName> StepsOf(IReadOnlyList<Node> requested)
    {
        var visited = new HashSet<Node>();
        var steps = new List<StepName>();
        foreach (var node in requested)
            Visit(node);
        return steps;

        void Visit(Node node)
        {
            if (!visited.Add(node))
                return;
            foreach (var dependency in node.Dependencies)
                Visit(dependency);
            if (node is not Growth growth)
                steps.Add(node.Name);
            foreach (var grown in (node as Growth)?.Nodes ?? [])
                Visit(grown);
        }
    }

    /// <summary>
    /// The keys of the steps as a run would use them now, taken apart; executes and writes nothing.
    /// </summary>
    /// <param name="selects">Which steps; those whose key cannot be known yet are left out.</param>
    public IReadOnlyList<Explanation> Explain(IReadOnlyList<Node> requested, Predicate<StepName> selects)
    {
        var planner = new Planner(new Lookup(workspace, options.Stages ?? []));
        var steps = planner.Plan(requested).Steps
            .Where(step => step.Key is not null && selects(step.Name)).ToList();
        return
        [
            .. from step in steps
               let key = planner.Keys[step.Name]
               select new Explanation(
                   step.Name, key, step.Verdict, workspace.Traces.Find(key.Digest),
                   new Explainer(planner.TracesAbove(step.Name)).Explain(
                       planner.SectionOf(step.Name), JsonElement.Parse(key.Input))),
        ];
    }

    /// <summary>
    /// Makes the outputs of the steps that are up to date again, from nothing, and compares. Writes
    /// nothing that stays.
    /// </summary>
    /// <param name="stages">The stages of this build.</param>
    /// <param name="selects">Which steps.</param>
    /// <param name="told">Is given each as it is done, one at a time.</param>
    public async Task<IReadOnlyList<ReproducedStep>> Reproduce(
        IReadOnlyList<Node> requested, IReadOnlyCollection<Stage> stages, Predicate<StepName> selects,
        Action<ReproducedStep> told, CancellationToken cancellation)
    {
        var planner = new Planner(new Lookup(workspace, options.Stages ?? []));
        planner.Plan(requested);
        var reproduction = new Reproduction(workspace, stages, cancellation);
        var done = new List<ReproducedStep>();
        await Parallel.ForEachAsync(
            planner.Traces.Where(step => selects(step.Key)),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, options.MaxParallelism),
                CancellationToken = cancellation,
            },
            async (step, _) =>
            {
                var reproduced = await reproduction.Reproduce(step.Key, step.Value);
                lock (done)
                {
                    done.Add(reproduced);
                    told(reproduced);
                }
            });
        return done;
    }

    public Run Start(IReadOnlyList<Node> requested, CancellationToken cancellation) =>
        new(workspace, options, new Slots(Math.Max(1, options.MaxParallelism)),
            remote, requested, cancellation);

    /// <summary>
    /// Executes one step, given nothing but its key and the store, and keeps its trace; looks it
    /// up where it has one.
    /// </summary>
    /// <param name="stages">The stages of this build, one of which the key must be of.</param>
    /// <param name="isRecorded">Whether the run that asked for it writes it into its ledger;
    /// else it is written here.</param>
    /// <exception cref="ProblemException">
    /// The store does not have the key (ENGINE-010), this build cannot execute it (ENGINE-011, ENGINE-012),
    /// or the step itself found something wrong.
    /// </exception>
    public async Task<StepResult> Execute(
        Digest key, IReadOnlyCollection<Stage> stages,
        CancellationToken cancellation, bool isRecorded = false)
    {
        var call = Actions.Find(workspace, key, stages);
        var name = new StepName("", null, call.Key.Stage);
        var executor = new Executor(
            workspace, new Lookup(workspace, stages), new Slots(Math.Max(1, options.MaxParallelism)), stages,
            null, remote, cancellation);
        var completed = await executor.Complete(call, new Caller(
            name,
            () => ["asked for by its key"],
            text => options.Observer.Progress(name, text),
            holder => options.Observer.Waiting(name, holder),
            () => 0,
            artifact => options.Observer.Healing(name, artifact)));
        if (remote is not null)
            await remote.Drain();
        var result = new StepResult(
            name, completed.Executed ? StepStatus.Executed : StepStatus.Reused,
            completed.Found.Settled.Outcome.State == OutcomeState.Rejected, completed.Found.Judgement,
            completed.Executed ? completed.Found.Trace.Reasons : [],
            completed.Elapsed, completed.Cpu, completed.Found.Trace, []);
        if (completed.Executed && !isRecorded)
        {
            workspace.Files.SyncFolders();
            RunLedger.Append(
                workspace, options, [result],
                RunLedger.Release(result, completed.Found.Output) is { } release ? [release] : []);
        }
        return result;
    }

    public void Dispose() => remote?.Dispose();
}
