namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// A plan and a run of it by one or several engines at once, and what must be true of both.
/// </summary>
sealed class Runs : IDisposable
{
    readonly World world;
    readonly HistoryEvent how;
    readonly Oracle oracle, atBest;
    readonly CancellationTokenSource cancellation = new();
    readonly List<(RunResult Result, Func<StepName, Total?> Output)> done = [];
    Plan plan = new([]);
    readonly DateTimeOffset began;
    readonly bool hasUnseenDamage;
    int begun;

    public Runs(World world, HistoryEvent how)
    {
        (this.world, this.how) = (world, how);
        var traces = StoreOnDisk.Traces(world.WorkspaceDirectory, world.State);
        oracle = world.Oracle(traces.Where(trace => trace.Value).Select(trace => trace.Key));
        atBest = world.Oracle(traces.Keys);
        hasUnseenDamage = StoreOnDisk.HasUnseenDamage(world.WorkspaceDirectory);
        began = DateTimeOffset.UtcNow + world.Ahead;
    }

    /// <summary>
    /// Several traces may name one artifact that is damaged: when one of them is made again, the others are
    /// whole too. With faults it depends on the order what becomes of them.
    /// </summary>
    bool IsOpen => oracle.Steps.Any(step => atBest.Steps[step.Key] is var other
        && (other.Output?.Text != step.Value.Output?.Text
            || (other.Status == StepStatus.Blocked) != (step.Value.Status == StepStatus.Blocked)));

    bool IsCancelled => cancellation.IsCancellationRequested;

    public void PlanAndRun()
    {
        world.Ended.Clear();
        var workspace = world.Open();
        plan = Engine(workspace)
            .Plan(world.Draw(workspace, () => throw new InvalidOperationException("A plan ran something.")));
        var started = Enumerable.Range(0, how.Engines).Select(engine => Task.Run(() => Run(engine))).ToList();
        done.AddRange(Task.WhenAll(started).GetAwaiter().GetResult());
    }

    public void OutputsEqualThoseOfARunFromNothing()
    {
        foreach (var (result, output) in IsOpen ? [] : done)
            foreach (var step in StepsOf(result).Where(step => step.Status != StepStatus.Cancelled))
            {
                var expected = oracle.Steps[step.Name];
                if (IsCancelled && step.Status is StepStatus.Blocked or StepStatus.Failed)
                    continue;
                IsSame(step.Status, expected.Status)
                    .ShouldBeTrue($"{step.Name} {step.Status}, not {expected.Status}: {Said(step)}");
                output(step.Name)?.Text.ShouldBe(expected.Output?.Text);
                step.Trace?.Key.ShouldBe(expected.Key!.Value);
                step.Rejected.ShouldBe(expected.Output is { Judgement.Accepted: false });
                if (step.Status == StepStatus.Blocked)
                    step.Reasons.ShouldBe([expected.By!]);
            }
        if (!IsCancelled && !IsOpen)
            foreach (var (result, _) in done)
                StepsOf(result).Select(step => step.Name.ToString()).Order(StringComparer.Ordinal)
                    .ShouldBe(
                        oracle.Steps.Keys.Select(name => name.ToString()).Order(StringComparer.Ordinal));
        AllBytesAreThere();
    }

    /// <summary>Each body once, whatever number of engines and steps asked for it.</summary>
    public void OnlyWhatHadNoTraceRanAndThatOnce()
    {
        var made = world.Ended.Where(body => body.Succeeded).ToList();
        if (hasUnseenDamage)
            return;
        made.ShouldBeUnique();
        made.ShouldAllBe(body => oracle.Made.Contains(body.Key));
        if (!IsCancelled && !IsOpen)
            atBest.Made.ShouldBeSubsetOf(made.Select(body => body.Key));
        var executed = done.SelectMany(run => run.Result.Steps)
            .Where(step => step.Status == StepStatus.Executed).ToList();
        executed.Select(step => step.Trace!.Key).ShouldBeUnique();
        executed.ShouldAllBe(step => oracle.Made.Contains(step.Trace!.Key));
    }

    public void ThePlanSaidSoBefore()
    {
        var planned = plan.Steps.ToDictionary(step => step.Name);
        var steps = done.SelectMany(run => run.Result.Steps);
        foreach (var step in steps.Where(step => step.Status != StepStatus.Cancelled))
        {
            var name = planned.ContainsKey(step.Name)
                ? step.Name
                : new StepName("p", "*", step.Name.Stage.Replace("Cell", "Cells", StringComparison.Ordinal));
            if (!IsCancelled && !IsOpen && !hasUnseenDamage)
                ShouldBeAs(planned[name].Verdict, step);
        }
    }

    public void NothingIsLeftLying()
    {
        // What a cancelled body had begun to write is removed when its process is gone.
        world.WasCancelled |= IsCancelled;
        foreach (var folder in (string[])(world.WasCancelled ? ["claims"] : ["tmp", "claims"]))
            if (Path.Combine(world.WorkspaceDirectory, folder) is var path && Directory.Exists(path))
                Directory.EnumerateFileSystemEntries(path).ShouldBeEmpty();
    }

    /// <summary>Bodies that run at all would fail.</summary>
    public void NothingRunsAgain()
    {
        if (world.State.Faulty.Count > 0 || hasUnseenDamage || oracle.Made.Count > 0)
            return;
        var workspace = world.Open();
        var nodes = world.Draw(
            workspace, () => throw new InvalidOperationException("It ran although its key has a trace."));
        Engine(workspace).Plan(nodes).Steps
            .ShouldAllBe(step => step.Verdict is Verdict.UpToDate || step.Verdict is Verdict.Blocked);
        var result = Engine(workspace)
            .Start(nodes, CancellationToken.None).Completion.GetAwaiter().GetResult();
        result.Steps.ShouldAllBe(step =>
            step.Status == StepStatus.Reused || step.Status == StepStatus.Blocked);
    }

    public void Dispose() => cancellation.Dispose();

    async Task<(RunResult, Func<StepName, Total?>)> Run(int engine)
    {
        var workspace = world.Open();
        var nodes = world.Draw(workspace, () => Begin(engine));
        var run = Engine(workspace).Start(nodes, engine == 0 ? cancellation.Token : CancellationToken.None);
        var result = await run.Completion;
        var ended = world.Ended.Count;
        if (how.Engines == 1)
        {
            await Task.Yield();
            world.Ended.Count.ShouldBe(ended, "The run had ended.");
        }
        return (result,
            name => nodes.FirstOrDefault(node => node.Name == name) is { } node ? run.Output(node) : null);
    }

    void Begin(int engine)
    {
        if (engine == 0 && Interlocked.Increment(ref begun) == how.CancelAt)
            cancellation.Cancel();
    }

    BuildEngine Engine(Workspace workspace) => new(workspace, new EngineOptions(
        how.Workers, new NoObserver(), "test",
        Stages: new Arithmetic(world.State, world.Ended.Enqueue, () => { }).All));

    /// <remarks>
    /// What was damaged unseen may be made again by a call that gave the same bytes before and is no step now:
    /// it is told of too, by its stage's name.
    /// </remarks>
    IEnumerable<StepResult> StepsOf(RunResult result) => result.Steps.Where(step =>
        !hasUnseenDamage || step.Status != StepStatus.Executed || oracle.Steps.ContainsKey(step.Name));

    void AllBytesAreThere()
    {
        var workspace = world.Open();
        foreach (var (result, _) in done)
            foreach (var artifact in result.Steps.SelectMany(step => step.Trace?.Artifacts ?? []))
                if (!hasUnseenDamage)
                    Digest.Of(File.ReadAllBytes(workspace.Artifacts.Locate(artifact)))
                        .ShouldBe(artifact.Digest);
    }

    /// <remarks>
    /// Of several steps of one key, and of several engines, one executes it and the others reuse it.
    /// </remarks>
    static bool IsSame(StepStatus status, StepStatus expected) =>
        status == expected || (status == StepStatus.Reused && expected == StepStatus.Executed);

    static string Said(StepResult step) =>
        string.Join("; ", step.Problems.Select(problem => problem.ToString()).Concat(step.Reasons));

    void ShouldBeAs(Verdict verdict, StepResult step)
    {
        var isFit = (verdict, step.Status) switch
        {
            (Verdict.UpToDate { Rejected: var rejected }, StepStatus.Reused) => rejected == step.Rejected,
            (Verdict.Stale(var reasons), StepStatus.Executed) =>
                reasons.SequenceEqual(step.Reasons) && WasSaid(step),
            (Verdict.Stale, StepStatus.Reused) => IsMadeByAnother(step),
            (Verdict.Stale, StepStatus.Failed) => true,
            (Verdict.Blocked(var by), StepStatus.Blocked) => step.Reasons.SequenceEqual([by]),
            (Verdict.Pending, _) => true,
            _ => false,
        };
        isFit.ShouldBeTrue($"{step.Name} was {verdict} and then {step.Status}: {Said(step)}");
    }

    /// <summary>A trace that was made now says for ever why.</summary>
    bool WasSaid(StepResult step) =>
        step.Trace!.Reasons.SequenceEqual(step.Reasons) || step.Trace.StartedAt < began;

    /// <summary>By a twin, by another engine, or by whoever made the same artifact again.</summary>
    bool IsMadeByAnother(StepResult step) =>
        how.Engines > 1 || atBest.Steps[step.Name].Status == StepStatus.Reused
        || oracle.Steps.Count(other => other.Value.Key == step.Trace!.Key) > 1;
}
