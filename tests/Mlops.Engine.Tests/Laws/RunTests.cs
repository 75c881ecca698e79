namespace Mlops.Engine.Tests.Laws;

/// <summary>What is easy to get wrong in a run, one thing each.</summary>
public sealed class RunTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void OfTwoStepsOfOneKeyOneExecutesAndTheOtherReuses()
    {
        var graph = new Graph();
        Node[] twins = [.. ((string[])["A", "B"])
            .Select(name => graph.Step(Name(name), bench.Add, [], _ => new Sum("x", [], [])))];
        Bench.Engine(bench.Open()).Plan(twins).Steps[1].Verdict.ShouldBe(new Verdict.Pending(Name("A")));

        var steps = bench.Run(bench.Open(), twins).Steps;

        steps.Select(step => step.Status).Order().ShouldBe([StepStatus.Executed, StepStatus.Reused]);
        steps.Single(step => step.Status == StepStatus.Reused).Reasons.ShouldBeEmpty();
        bench.TakeRan().ShouldBe(["Add:x"]);
    }

    [Fact]
    public void ADamagedFileThatAnotherEngineHealsMeanwhileIsNotTakenAway()
    {
        var artifact = Build(bench.Open());
        var path = bench.Open().Artifacts.PathOf(artifact.Digest);
        var whole = File.ReadAllBytes(path);
        Replace(path, "damaged"u8);
        var looking = bench.Open();
        looking.Artifacts.Holds(artifact).ShouldBeFalse();
        File.Exists(path).ShouldBeTrue();

        Replace(path, whole);

        looking.Artifacts.Holds(artifact).ShouldBeTrue();
        File.ReadAllBytes(looking.Artifacts.Locate(artifact)).ShouldBe(whole);
    }

    /// <remarks>Its time and length are those of a file that nobody touched.</remarks>
    [Fact]
    public void DamageThatOnlyReadingTellsIsKnownToEveryoneOnceSomebodyRead()
    {
        var artifact = Build(bench.Open());
        var path = bench.Open().Artifacts.PathOf(artifact.Digest);
        var content = File.ReadAllBytes(path);
        var time = File.GetLastWriteTimeUtc(path);
        content[0] ^= 1;
        Replace(path, content);
        File.SetLastWriteTimeUtc(path, time);
        bench.Open().Artifacts.Holds(artifact).ShouldBeTrue();

        Should.Throw<ProblemException>(() => bench.Open().Artifacts.Locate(artifact));

        bench.Open().Artifacts.Holds(artifact).ShouldBeFalse();
        Build(bench.Open());
        bench.Open().Artifacts.Locate(artifact).ShouldBe(path);
    }

    [Fact]
    public async Task ARunEndsWhenAllThatItBeganHasEnded()
    {
        using var held = new SemaphoreSlim(0);
        var hasEnded = false;
        var slow = Stage("Slow", async (_, _) =>
        {
            await held.WaitAsync();
            hasEnded = true;
            return 0;
        });
        var step = Step("A", Stage("Hasty", (context, number) =>
        {
            _ = context.Call(slow, number);
            return Task.FromResult(number);
        }));
        var run = Bench.Engine(bench.Open(), 1).Start([step], CancellationToken.None);
        var hadEnded = run.Completion.ContinueWith(_ => hasEnded, TaskScheduler.Default);

        await run.Settled(step);
        // Time for a run to end that does not wait.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        held.Release();

        (await hadEnded).ShouldBeTrue();
    }

    /// <remarks>
    /// Each branch leaves its seat and comes back; counted twice, there would be a seat too many or too few.
    /// </remarks>
    [Fact]
    public void ABodyThatWaitsForSeveralThingsAtOnceKeepsOneSeat()
    {
        int working = 0, most = 0;
        var inner = Stage("Inner", (_, number) => Work(number));
        var outer = Stage("Outer", async (context, number) =>
        {
            await Task.WhenAll(context.Call(inner, 10 * number),
                context.Call(inner, 10 * number + 1), context.Call(inner, 10 * number + 2));
            return await Work(number);
        });
        var graph = new Graph();
        Node[] steps = [.. Enumerable.Range(1, 6)
            .Select(number => graph.Step(Name($"S{number}"), outer, [], _ => (long)number))];

        bench.Run(bench.Open(), steps, workers: 2).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed);

        most.ShouldBe(2);

        async Task<long> Work(long number)
        {
            var now = Interlocked.Increment(ref working);
            InterlockedMax(ref most, now);
            await Task.Delay(5);
            Interlocked.Decrement(ref working);
            return number;
        }
    }

    [Fact]
    public void AGrowthThatCannotGrowIsAFailedStepAndBlocksWhatStandsOnIt()
    {
        var graph = new Graph();
        var origin = graph.Step(Name("Origin"), bench.Add, [], _ => new Sum("x", [], []));
        var growth = graph.Grow(new StepName("p", "*", "Cells"), origin, _ =>
        [
            graph.Step(Name("Same"), bench.Add, [], _ => new Sum("y", [], [])),
            graph.Step(Name("Same"), bench.Add, [], _ => new Sum("z", [], [])),
        ]);
        var last = graph.Step(Name("Last"), bench.Add, [growth], upstream =>
            upstream.Outcome(growth).State == OutcomeState.Failed
                ? throw new ProblemException(new Problem("T", "No cells."))
                : new Sum("l", [], []));

        var steps = bench.Run(bench.Open(), [last]).Steps;

        steps.Select(step => (step.Name.Stage, step.Status)).ShouldBe(
            [("Origin", StepStatus.Executed), ("Cells", StepStatus.Failed), ("Last", StepStatus.Failed)]);
        steps[1].Problems.ShouldHaveSingleItem().What.ShouldContain("There already is a step 'p/Same'");
    }

    [Fact]
    public void AnotherBuildsOutputThatThisOneCannotReadIsMadeAgain()
    {
        var path = bench.Open();
        bench.Run(path, [Step("A", Stage("Make", (_, number) => Task.FromResult(number)))]);
        var texts = new Stage<long, Total>(
            "Make", 1, "none", NumbersJson.Default.Int64, NumbersJson.Default.Total,
            async (context, _) =>
                new Total(7, await context.Write("text/plain", _ => Task.CompletedTask), Judgement.Accept));
        var step = new Graph().Step(Name("A"), texts, [], _ => 5L);

        bench.Run(bench.Open(), [step]).Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);
    }

    [Fact]
    public async Task AStageThatABodyCallsIsPartOfWhatItsOutputDependsOn()
    {
        bench.Run(bench.Open(), [Step("A", Caller(1))]);
        bench.Run(bench.Open(), [Step("A", Caller(1))]).Steps[0].Status.ShouldBe(StepStatus.Reused);
        var engine = new BuildEngine(
            bench.Open(), new EngineOptions(2, new NoObserver(), "test", Stages: [Called(2)]));
        string[] reasons = ["stage Called that it calls changed from version 1 to 2"];

        engine.Plan([Step("A", Caller(2))]).Steps[0].Verdict
            .ShouldBeOfType<Verdict.Stale>().Reasons.ShouldBe(reasons);
        var run = await engine.Start([Step("A", Caller(2))], CancellationToken.None).Completion;

        run.Steps[0].Reasons.ShouldBe(reasons);
        run.Steps[0].Trace!.Record.Parse().GetInt64().ShouldBe(2);
        engine.Plan([Step("A", Caller(2))]).Steps[0].Verdict.ShouldBeOfType<Verdict.UpToDate>();

        Stage<long, long> Called(int version) =>
            Stage("Called", (_, _) => Task.FromResult((long)version)) with { Version = version };
        Stage<long, long> Caller(int version) =>
            Stage("Caller", (context, number) => context.Call(Called(version), number));
    }

    public void Dispose() => bench.Dispose();

    static StepName Name(string stage) => new("p", null, stage);

    static Stage<long, long> Stage(string name, Func<StageContext, long, Task<long>> body) =>
        new(name, 1, "none", NumbersJson.Default.Int64, NumbersJson.Default.Int64, body);

    static Node<long> Step(string name, Stage<long, long> stage) =>
        new Graph().Step(Name(name), stage, [], _ => 5L);

    static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }

    static void Replace(string path, ReadOnlySpan<byte> content)
    {
        File.Delete(path);
        File.WriteAllBytes(path, content);
    }

    Artifact Build(Workspace workspace)
    {
        var step = new Graph().Step(Name("Only"), bench.Add, [], _ => new Sum("xyz", [], []));
        var run = Bench.Engine(workspace).Start([step], CancellationToken.None);
        run.Completion.GetAwaiter().GetResult();
        return run.Output(step)!.Text;
    }
}
