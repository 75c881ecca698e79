using CsCheck;
using Mlops.Engine.Tests.Crashing;

namespace Mlops.Engine.Tests.Collecting;

public sealed class CollectorTests : IDisposable
{
    static readonly HashSet<string> Pipelines = ["p"];

    readonly Bench bench = new();
    readonly StoppedClock clock = new();

    [Fact]
    public void OfEachStepTheLatestResultsStayAndTheRestIsMadeAgainWhenItIsWanted()
    {
        foreach (var parameter in (string[])["a", "bb", "ccc"])
            Run(parameter);
        bench.TakeRan();

        var planned = Collector(keepRuns: 2).Plan();
        var freed = Collect(keepRuns: 2);

        freed.Groups.ShouldBe(planned.Groups);
        var group = freed.Groups.ShouldHaveSingleItem();
        (group.Pipeline, group.Stage, group.Traces, group.Artifacts).ShouldBe(("p", "Add", 1, 1));
        Run("bb").ShouldBe(StepStatus.Reused);
        Run("ccc").ShouldBe(StepStatus.Reused);
        Run("a").ShouldBe(StepStatus.Executed);
    }

    [Fact]
    public void PlanningRemovesNothing()
    {
        Run("a");
        Run("bb");
        var before = Files();

        Collector(keepRuns: 1).Plan().Bytes.ShouldBeGreaterThan(0);

        Files().ShouldBe(before);
    }

    [Fact]
    public void WhatWasInUseWithinTheAgeStays()
    {
        Run("a");
        clock.Pass(TimeSpan.FromDays(3));
        Run("bb");
        clock.Pass(TimeSpan.FromDays(3));
        Run("ccc");

        // "a" was in use until three days ago, "bb" until now.
        Collect(keepRuns: 1, keepDays: 4).Groups.ShouldBeEmpty();
        clock.Pass(TimeSpan.FromDays(2));
        Collect(keepRuns: 1, keepDays: 4).Groups.ShouldHaveSingleItem().Traces.ShouldBe(1);
        Run("bb").ShouldBe(StepStatus.Reused);
    }

    [Fact]
    public void OfAPipelineThatIsNoMoreOnlyTheAgeKeepsAnything()
    {
        Run("a");
        clock.Pass(TimeSpan.FromDays(1));

        Collect(keepRuns: 5, keepDays: 2, pipelines: []).Groups.ShouldBeEmpty();
        Collect(keepRuns: 5, keepDays: 0.5, pipelines: []).Groups.ShouldHaveSingleItem();
        bench.Open().Steps.All().ShouldBeEmpty();
    }

    [Fact]
    public void TheLongestUnusedGoesFirstWhereThereIsALimitAndThePresentStays()
    {
        foreach (var parameter in (string[])["a", "bb", "ccc"])
        {
            Run(parameter);
            clock.Pass(TimeSpan.FromMinutes(1));
        }
        var all = Collector(keepRuns: 9).Plan().KeptBytes;

        Collect(keepRuns: 9, maxBytes: all - 1).Groups.ShouldHaveSingleItem().Traces.ShouldBe(1);
        Run("bb").ShouldBe(StepStatus.Reused);
        Run("ccc").ShouldBe(StepStatus.Reused);
        var freed = Collect(keepRuns: 9, maxBytes: 1);
        freed.ExceedsLimit.ShouldBeTrue();
        Run("ccc").ShouldBe(StepStatus.Reused);
        Run("bb").ShouldBe(StepStatus.Executed);
    }

    [Fact]
    public void WhatNotesNameStays()
    {
        var model = Run("a", out var total);
        model.ShouldBe(StepStatus.Executed);
        bench.Open().Remember(new NoteName("champion", "p"), Named(total!));
        Run("bb");

        Collect(keepRuns: 1);

        bench.Open().Artifacts.Holds(total!.Text).ShouldBeTrue();
    }

    [Fact]
    public void NotesOfAPipelineThatIsNoMoreGoWithItsStepsAndWhatTheyName()
    {
        Run("a", out var total);
        NoteName[] names =
            [new("packaged", "p"), new("packaged", "p", "north"), new("packaged", "q"), new("all")];
        foreach (var name in names)
            Open().Remember(name, Named(total!));
        clock.Pass(TimeSpan.FromDays(1));

        Collect(keepRuns: 1, keepDays: 2, pipelines: ["q"]).Notes.ShouldBeEmpty();
        Collector(keepRuns: 1, pipelines: ["q"]).Plan().Notes.Select(notes => (notes.Pipeline, notes.Notes))
            .ShouldBe([("p", 2)]);
        Kept().ShouldBe(names);
        var freed = Collect(keepRuns: 1, pipelines: ["q"]);

        freed.Notes.Sum(notes => notes.Notes).ShouldBe(2);
        Kept().ShouldBe([names[2], names[3]]);
        bench.Open().Artifacts.Holds(total!.Text).ShouldBeTrue();
        Collect(keepRuns: 1, pipelines: []).Notes.Select(notes => (notes.Pipeline, notes.Notes))
            .ShouldBe([("q", 1)]);

        IEnumerable<NoteName> Kept() => names.Where(name => bench.Open().Recall(name) is not null);
    }

    [Fact]
    public void WhatOnlyNotesOfAPipelineThatIsNoMoreNameGoes()
    {
        Run("a", out var total);
        Open().Remember(new NoteName("packaged", "p"), Named(total!));

        Collect(keepRuns: 1, pipelines: []).Groups.ShouldHaveSingleItem().Artifacts.ShouldBe(1);

        bench.Open().Artifacts.Holds(total!.Text).ShouldBeFalse();
    }

    /// <remarks>Another build may share the workspace.</remarks>
    [Fact]
    public void ANoteThatNobodyCanReadGoesAndOneOfAnotherVersionStaysWithWhatItNames()
    {
        Run("a", out var total);
        var notes = Path.Combine(bench.WorkspaceDirectory, "notes");
        var later = Path.Combine(notes, "packaged.later");
        var damaged = Path.Combine(notes, "packaged.damaged");
        File.WriteAllBytes(later, Sealed.Close([.. "mlops-note/2 of whatever\n"u8, .. Named(total!)]));
        File.WriteAllBytes(damaged, File.ReadAllBytes(later)[..^1]);

        Collect(keepRuns: 1, pipelines: []).Notes.Select(freed => (freed.Pipeline, freed.Notes))
            .ShouldBe([("", 1)]);

        Directory.GetFiles(notes).ShouldBe([later]);
        bench.Open().Artifacts.Holds(total!.Text).ShouldBeTrue();
    }

    static byte[] Named(Total total) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(total, NumbersJson.Default.Total);

    /// <remarks>
    /// Of two steps that do not stand on each other but are of one pipeline: checks are evidence.
    /// </remarks>
    [Fact]
    public void WhatAReleaseNeedsStaysWithItsLineageAndItsPipelineOfThen()
    {
        bench.WriteSource("a.txt", 1);
        var released = RunPair("x", "y")[^1].Trace!.Key;
        clock.Pass(TimeSpan.FromDays(1));
        RunPair("xx", "yy");
        clock.Pass(TimeSpan.FromDays(1));
        bench.TakeRan();

        Collector(keepRuns: 1).Plan().Groups.Sum(group => group.Traces).ShouldBe(3);
        Open().Ledger.Append(clock.GetUtcNow(),
            new LedgerMatter.Release("p/Model", released, Digest.Of("package"u8), 7, "p-1.zip", "1"));
        Collect(keepRuns: 1).Groups.ShouldBeEmpty();
    }

    [Fact]
    public void WhatAnApprovalNamesStays()
    {
        Run("a", out var approved);
        Run("bb");
        Open().Ledger.Append(clock.GetUtcNow(),
            new LedgerMatter.Approval("p/Only", approved!.Text.Digest, "p-1.zip", "1", "Ada"));

        Collect(keepRuns: 1).Groups.ShouldBeEmpty();
    }

    [Fact]
    public void WithADamagedLedgerNothingIsCollected()
    {
        Run("a");
        Run("bb");
        File.AppendAllText(Path.Combine(bench.WorkspaceDirectory, "ledger.jsonl"), "{}\n");

        var refused = Should.Throw<ProblemException>(() => Collect(keepRuns: 1));

        refused.Damaged.ShouldBeTrue();
        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-035");
        Run("a").ShouldBe(StepStatus.Reused);
    }

    [Fact]
    public void ACallInsideAStepStaysWithItAndGoesWithIt()
    {
        bench.WriteSource("a.txt", 7);
        Run("a", withSources: true);
        bench.WriteSource("a.txt", 8);
        Run("a", withSources: true);

        Collect(keepRuns: 2).Groups.ShouldBeEmpty();
        var freed = Collect(keepRuns: 1).Groups;

        freed.Select(group => (group.Pipeline, group.Stage)).Order()
            .ShouldBe([("p", "Add"), ("p", "ParseSource")]);
    }

    /// <summary>Histories with collections at random points: always what a run from nothing gives.</summary>
    [Fact]
    public void AfterAnyHistoryWithCollectionsAllOutputsEqualThoseOfARunFromNothing() =>
        Gen.Select(SumGraph.Gen, Gen.Select(Gen.Int[0, 100], Gen.Int[0, 5], Gen.Int[0, 3]).Array[1, 6],
            Gen.Long[-12, 12].Array[SumGraph.SourceCount])
            .Sample(
                (shape, changes, values) =>
                {
                    using var own = new Bench();
                    foreach (var (source, value) in values.Index())
                        own.WriteSource($"{source}.txt", value);
                    foreach (var (number, value, keepRuns) in changes)
                    {
                        shape = shape.Changed(number, value);
                        var workspace = own.Open();
                        var nodes = shape.Draw(own, workspace.ResolveSources(own.Sources, ["*.txt"]));
                        var run = Bench.Engine(workspace).Start(nodes, CancellationToken.None);
                        run.Completion.GetAwaiter().GetResult();
                        nodes.Select(node => run.Output(node)?.Value)
                            .ShouldBe(shape.Oracle(values, new HashSet<string>()));
                        if (keepRuns > 0)
                            new Project(own).Collect(keepRuns: keepRuns).GetAwaiter().GetResult();
                        NothingRunsAgain(own, shape);
                    }
                },
                iter: 80);

    /// <remarks>What the latest run made is never collected.</remarks>
    static void NothingRunsAgain(Bench bench, SumGraph shape)
    {
        bench.Sabotaged = true;
        var workspace = bench.Open();
        var nodes = shape.Draw(bench, workspace.ResolveSources(bench.Sources, ["*.txt"]));
        bench.Run(workspace, nodes).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Reused || step.Status == StepStatus.Blocked);
        bench.Sabotaged = false;
    }

    public void Dispose() => bench.Dispose();

    StepStatus Run(string parameter, bool withSources = false) => Run(parameter, out _, withSources);

    StepStatus Run(string parameter, out Total? total, bool withSources = false)
    {
        var workspace = Open();
        var files = withSources ? workspace.ResolveSources(bench.Sources, ["*.txt"]).Files : [];
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum(parameter, [], files));
        var run = Bench.Engine(workspace).Start([step], CancellationToken.None);
        var status = run.Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem().Status;
        total = run.Output(step);
        return status;
    }

    /// <summary>A check beside a model, both over the same file.</summary>
    IReadOnlyList<StepResult> RunPair(string check, string model)
    {
        var workspace = Open();
        var graph = new Graph();
        var files = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var read = graph.Step(
            new StepName("p", null, "Read"), bench.Add, [], _ => new Sum(model + "read", [], files));
        Node[] nodes =
        [
            graph.Step(new StepName("p", null, "Check"), bench.Add, [], _ => new Sum(check, [], [])),
            graph.Step(new StepName("p", null, "Model"), bench.Add, [read],
                values => new Sum(model, [values.Accepted(read).Value], [])),
        ];
        return [.. bench.Run(workspace, nodes, workers: 1).Steps.OrderBy(step => step.Name.Stage == "Model")];
    }

    Freed Collect(
        int keepRuns, double keepDays = 0, long? maxBytes = null, HashSet<string>? pipelines = null) =>
        Collector(keepRuns, keepDays, maxBytes, pipelines)
            .Collect(TimeSpan.Zero, () => { }, CancellationToken.None).GetAwaiter().GetResult();

    Collector Collector(
        int keepRuns, double keepDays = 0, long? maxBytes = null, HashSet<string>? pipelines = null) =>
        new(Open(), new CollectionRules(
            keepRuns, TimeSpan.FromDays(keepDays), maxBytes, pipelines ?? Pipelines)
        {
            Grace = TimeSpan.Zero,
        });

    Workspace Open() => Workspace.Open(bench.WorkspaceDirectory, clock);

    IReadOnlyList<string> Files() =>
        [.. Directory.GetFiles(bench.WorkspaceDirectory, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];

    sealed class StoppedClock : TimeProvider
    {
        DateTimeOffset now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Pass(TimeSpan time) => now += time;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
