using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>A plan being executed. Every node settles by itself as soon as what it depends on has.</summary>
public sealed class Run
{
    readonly Workspace workspace;
    readonly EngineOptions options;
    readonly Lookup lookup;
    readonly Executor executor;
    readonly Urgency urgency;
    readonly RemoteStore? remote;
    readonly ConcurrentDictionary<Node, Lazy<Task<StepResult>>> results = new();
    readonly ConcurrentDictionary<Node, Settled> settled = new();
    readonly ConcurrentQueue<StepResult> order = new();

    internal Run(
        Workspace workspace, EngineOptions options, Slots slots, RemoteStore? remote,
        IReadOnlyList<Node> requested, CancellationToken cancellation)
    {
        this.workspace = workspace;
        this.remote = remote;
        this.options = options;
        urgency = new Urgency(workspace.Durations, requested);
        lookup = new Lookup(workspace, options.Stages ?? []);
        executor = new Executor(
            workspace, lookup, slots, options.Stages ?? [],
            options.StepCommand is { } command ? new StepCommand(command, workspace) : null,
            remote, cancellation);
        Upstream = new Upstream(node => settled[node]);
        Completion = Complete(requested);
    }

    /// <summary>
    /// Ends when everything that was asked for has settled, all that was begun has ended, and the ledger is
    /// written; faulted with a damaged <see cref="ProblemException"/> where the records of the run
    /// could not be kept.
    /// </summary>
    public Task<RunResult> Completion { get; }

    /// <summary>What has settled so far.</summary>
    public Upstream Upstream { get; }

    /// <summary>Ends when the node has settled; never throws for what a step did.</summary>
    public Task<StepResult> Settled(Node node) =>
        results.GetOrAdd(node, _ => new Lazy<Task<StepResult>>(() => Task.Run(() => Settle(node)))).Value;

    /// <summary>The value of a node that has settled, even if rejected; null where there is none.</summary>
    public T? Output<T>(Node<T> node)
        where T : class =>
        settled.TryGetValue(node, out var value) ? value.Output as T : null;

    /// <remarks>What is stored for other machines is stored beside the run; its end waits for that.</remarks>
    async Task<RunResult> Complete(IReadOnlyList<Node> requested)
    {
        var result = await CompleteHere(requested);
        if (remote is not null)
            await remote.Drain();
        return result;
    }

    async Task<RunResult> CompleteHere(IReadOnlyList<Node> requested)
    {
        await Task.WhenAll(requested.Select(Settled));
        await executor.Ended();
        var steps = WithHealed([.. order]);
        var releases = await Releases();
        try
        {
            return new RunResult(steps, KeepRecords(steps, releases));
        }
        catch (Exception fault)
            when (StoreFaults.IsOfDisk(fault) || fault is ProblemException { Damaged: true })
        {
            throw StoreFaults.OfWorkspace(workspace.Location, fault);
        }
    }

    /// <remarks>Not before what the ledger speaks of would outlive a loss of power.</remarks>
    LedgerHead? KeepRecords(IReadOnlyList<StepResult> steps, IReadOnlyList<LedgerMatter.Release> releases)
    {
        workspace.Sources.Save();
        if (steps.All(step => step.Status != StepStatus.Executed))
            return null;
        workspace.Files.SyncFolders();
        workspace.Files.Changing("append to the ledger");
        var head = RunLedger.Append(workspace, options, steps, releases);
        workspace.Durations.Save(steps.Where(step => step.Status == StepStatus.Executed)
            .Select(step => (step.Name, step.Duration.TotalSeconds)));
        return head;
    }

    /// <summary>
    /// Makes the files what a settled node has in an output folder, as <see cref="Outputs.Place"/>; makes
    /// those again first that the store lost.
    /// </summary>
    public async Task Place(Node node, Outputs outputs, IReadOnlyList<OutputFile> files)
    {
        try
        {
            outputs.Place(node.Name, files);
        }
        catch (ProblemException) when (files.Any(IsLost))
        {
            foreach (var lost in files.Where(IsLost))
                if (!await executor.Healing.Heal(lost.Artifact, CallerOf(node, () => [])))
                    throw;
            outputs.Place(node.Name, files);
        }

        bool IsLost(OutputFile file) => workspace.Artifacts.FindWhole(file.Artifact.Digest) is null;
    }

    /// <summary>Ends when the run has and the ledger also has what was made again for placing.</summary>
    public async Task<RunResult> Close()
    {
        var result = await Completion;
        workspace.Sources.Save();
        if (remote is not null)
            await remote.Drain();
        var late = WithHealed([]);
        return late.Count == 0
            ? result
            : new RunResult([.. result.Steps, .. late], RunLedger.Append(workspace, options, late, []));
    }

    /// <summary>
    /// What was made again counts as executed; a call that is no step of this run goes by its stage's name.
    /// </summary>
    List<StepResult> WithHealed(List<StepResult> steps)
    {
        foreach (var (caller, completed) in executor.Healing.TakeDone())
        {
            var index = steps.FindIndex(step => step.Trace?.Key == completed.Found.Trace.Key);
            var name = index >= 0
                ? steps[index].Name
                : caller.Step with { Stage = completed.Found.Trace.Stage };
            var healed = ResultOf(name, completed, ["its output was no longer whole in the store"]);
            if (index >= 0)
                steps[index] = healed;
            else
                steps.Add(healed);
        }
        return steps;
    }

    async Task<IReadOnlyList<LedgerMatter.Release>> Releases()
    {
        var made = new List<LedgerMatter.Release>();
        foreach (var (node, value) in settled)
            if (RunLedger.Release(await Settled(node), value.Output) is { } release)
                made.Add(release);
        return made;
    }

    async Task<StepResult> Settle(Node node)
    {
        await Task.WhenAll(node.Dependencies.Select(Settled));
        if (node is Growth growth)
            return await SettleGrowth(growth);
        if (node is Bundle)
            return SettleAsOne(node);
        var vain = new Vain();
        return Tell(vain.AddedTo(await SettleStep(node, (IStep)node, vain)));
    }

    StepResult Tell(StepResult result)
    {
        order.Enqueue(result);
        options.Observer.Settled(result);
        return result;
    }

    async Task<StepResult> SettleGrowth(Growth growth)
    {
        var of = settled[growth.Dependencies[0]];
        if (of.Output is not { } output)
            return Stop(growth, StepStatus.Blocked,
                of.Outcome.Note ?? $"{growth.Dependencies[0].Name} gave nothing", []);
        IReadOnlyList<Node> grown;
        try
        {
            grown = growth.Grow(output);
        }
        catch (Exception fault)
        {
            return Tell(Fail(growth, fault));
        }
        urgency.Add(grown);
        await Task.WhenAll(grown.Select(Settled));
        return SettleAsOne(growth);
    }

    /// <summary>A node without work of its own: those that it stands for say what became of them.</summary>
    StepResult SettleAsOne(Node node)
    {
        settled[node] = new Settled(new StepOutcome(OutcomeState.Finished, null, null), null);
        return new StepResult(node.Name, StepStatus.Reused, false, null, [], default, default, null, []);
    }

    async Task<StepResult> SettleStep(Node node, IStep step, Vain vain)
    {
        IReadOnlyList<string> reasons = [];
        try
        {
            executor.Cancellation.ThrowIfCancellationRequested();
            var call = step.Bind(Upstream);
            var completed = await executor.Complete(
                call, CallerOf(node, () => reasons = Start(node, call.Key)) with { Vain = vain });
            workspace.Steps.SetLastKey(node.Name, call.Key.Digest);
            return Finish(node, completed, reasons);
        }
        catch (BlockedException blocked)
        {
            return Stop(node, StepStatus.Blocked, blocked.Message, []);
        }
        catch (OperationCanceledException) when (executor.Cancellation.IsCancellationRequested)
        {
            return Stop(node, StepStatus.Cancelled, "cancelled", []);
        }
        catch (Exception fault)
        {
            return Fail(node, fault);
        }
    }

    Caller CallerOf(Node node, Func<IReadOnlyList<string>> starting) => new(
        node.Name,
        starting,
        text => options.Observer.Progress(node.Name, text),
        holder => options.Observer.Waiting(node.Name, holder),
        () => urgency.Of(node),
        artifact => options.Observer.Healing(node.Name, artifact));

    StepResult Fail(Node node, Exception fault)
    {
        var ofStore = StoreFaults.Of(workspace.Location, fault);
        return Stop(node, StepStatus.Failed, null, Faults.ProblemsOf(node.Name, ofStore ?? fault)) with
        {
            Fault = fault is ProblemException || ofStore is not null ? null : fault,
            StoreFailed = ofStore is not null,
        };
    }

    IReadOnlyList<string> Start(Node node, ActionKey key)
    {
        var reasons = lookup.ReasonsFor(node, key);
        options.Observer.Started(node.Name, reasons);
        LedgerLine.Describe();
        return reasons;
    }

    StepResult Finish(Node node, Completed completed, IReadOnlyList<string> reasons)
    {
        settled[node] = completed.Found.Settled;
        return ResultOf(node.Name, completed, reasons);
    }

    static StepResult ResultOf(StepName name, Completed completed, IReadOnlyList<string> reasons)
    {
        var (found, executed, elapsed, cpu) = completed;
        return new StepResult(
            name, executed ? StepStatus.Executed : StepStatus.Reused,
            found.Settled.Outcome.State == OutcomeState.Rejected, found.Judgement, reasons,
            elapsed, cpu, found.Trace, []);
    }

    StepResult Stop(Node node, StepStatus status, string? by, IReadOnlyList<Problem> problems)
    {
        var state = status == StepStatus.Blocked ? OutcomeState.Blocked : OutcomeState.Failed;
        var note = by ?? string.Join("; ", problems.Select(problem => $"{problem.Id}: {problem.What}"));
        settled[node] = new Settled(new StepOutcome(state, note, null), null);
        return new StepResult(
            node.Name, status, false, null, by is null ? [] : [by], default, default, null, problems);
    }
}
