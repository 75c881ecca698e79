using System.Text;

namespace Mlops.Engine.Tests;

/// <summary>
/// What the store lost, or has with other bytes, is made again by the run that comes upon it.
/// </summary>
public sealed class HealingTests : IDisposable
{
    readonly Bench bench = new();
    readonly HealingLog log = new();

    /// <summary>Reads the text of a total, and so comes upon a damaged one.</summary>
    static Stage<Total, Total> Reader { get; } = new(
        "Read", 1, "none", NumbersJson.Default.Total, NumbersJson.Default.Total, ReadBody);

    /// <summary>Has its text written by a call inside it.</summary>
    Stage<Sum, Total> Outer => new(
        "Outer", 1, "none", NumbersJson.Default.Sum, NumbersJson.Default.Total,
        (context, sum) => context.Call(bench.Add, sum));

    public static TheoryData<Damage> Damages =>
        [Damage.Removed, Damage.Flipped, Damage.FlippedUnseen, Damage.Emptied];

    [Theory, MemberData(nameof(Damages))]
    public void AStepThatComesUponADamagedArtifactHasItMadeAgainAndGoesOn(Damage damage)
    {
        Run(1);
        Spoil(Text(), damage);
        bench.TakeRan();

        var result = Run(2);

        result.Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        bench.TakeRan().ShouldBe(["Add:xyz"]);
        File.ReadAllText(Text()).ShouldBe("total 3");
        if (damage != Damage.FlippedUnseen)
            return;
        // What a look at the directory does not tell is said by the one who reads it.
        log.Healed.ShouldBe(["p/Read"]);
        result.Steps.Single(step => step.Name.Stage == "Make").Reasons
            .ShouldHaveSingleItem().ShouldContain("no longer whole");
        var run = bench.Open().Ledger.Read().Lines[^1].Entry!.What.ShouldBeOfType<LedgerMatter.Run>();
        run.Executed.Select(step => step.Step).ShouldBe(["p/Make", "p/Read"]);
    }

    [Fact]
    public void ACallInsideAStepIsMadeAgainAloneWhereItMadeWhatIsMissing()
    {
        RunOver(Outer, 1);
        Spoil(Text(), Damage.FlippedUnseen);
        bench.TakeRan();

        var result = RunOver(Outer, 2);

        bench.TakeRan().ShouldBe(["Add:xyz"]);
        result.Steps.Select(step => $"{step.Name.Stage} {step.Status}").Order()
            .ShouldBe(["Add Executed", "Make Reused", "Read Executed"]);
    }

    /// <remarks>
    /// The second call was looked up, and believed, when the step ran again for the first: it must not
    /// be believed twice.
    /// </remarks>
    [Fact]
    public void AStepIsMadeAgainForEachThingThatItsCallsMadeAndThatIsDamaged()
    {
        var both = new Stage<Sum, Both>(
            "Both", 1, "none", NumbersJson.Default.Sum, NumbersJson.Default.Both,
            async (context, sum) => new Both(
                await context.Call(bench.Add, sum),
                await context.Call(bench.Add, sum with { Parameter = "wxyz" })));
        var read = new Stage<Both, Total>(
            "ReadBoth", 1, "none", NumbersJson.Default.Both, NumbersJson.Default.Total,
            async (context, input) =>
            {
                foreach (var total in (Total[])[input.First, input.Second])
                    (await File.ReadAllTextAsync(context.Locate(total.Text)))
                        .ShouldBe($"total {total.Value}");
                return input.First;
            });
        var graph = new Graph();
        var made = graph.Step(new StepName("p", null, "Both"), both, [], _ => new Sum("xyz", [], []));
        RunAlone(made);
        foreach (var text in (string[])["total 3", "total 4"])
            Spoil(bench.Open().Artifacts.PathOf(Digest.Of(Encoding.UTF8.GetBytes(text))),
                Damage.FlippedUnseen);
        bench.TakeRan();

        RunAlone(graph.Step(
            new StepName("p", null, "Read"), read, [made], upstream => upstream.Accepted(made)))
            .Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);

        bench.TakeRan().ShouldBe(["Add:wxyz", "Add:xyz"]);

        RunResult RunAlone(Node node) => new BuildEngine(
            bench.Open(), new EngineOptions(4, log, "test", Stages: [both, read]))
            .Start([node], CancellationToken.None).Completion.GetAwaiter().GetResult();
    }

    [Fact]
    public void ManyStepsThatComeUponTheSameDamageHaveItMadeAgainOnce()
    {
        Run(1);
        Spoil(Text(), Damage.FlippedUnseen);
        bench.TakeRan();

        Run(2, 3, 4, 5, 6, 7, 8).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);

        bench.TakeRan().ShouldBe(["Add:xyz"]);
        log.Healed.Count.ShouldBe(1);
    }

    [Fact]
    public void WhatCannotBeMadeAgainIsAProblemOfTheStepThatNeedsIt()
    {
        Run(1);
        Spoil(Text(), Damage.FlippedUnseen);
        bench.Faulty.Add("xyz");

        var failed = Run(2).Steps.Single(step => step.Name.Stage == "Read");

        failed.Status.ShouldBe(StepStatus.Failed);
        failed.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-002");
    }

    [Fact]
    public async Task WhatIsToBePlacedIsMadeAgainFirstAndThatIsInTheLedger()
    {
        Run(1);
        Spoil(Text(), Damage.FlippedUnseen);
        bench.TakeRan();
        var (make, _) = Draw(bench.Add);
        var run = Engine(bench.Open()).Start([make], CancellationToken.None);
        await run.Completion;
        var path = Path.Combine(bench.Sources, "placed.txt");

        await run.Place(make, bench.Open().OutputsIn(bench.Sources),
            [new OutputFile(run.Output(make)!.Text, "placed.txt")]);
        var result = await run.Close();

        File.ReadAllText(path).ShouldBe("total 3");
        bench.TakeRan().ShouldBe(["Add:xyz"]);
        result.Head!.Size.ShouldBe(2);
        LedgerChecks.Of(bench.Open().Ledger.Read().Lines).ShouldBeEmpty();
    }

    [Fact]
    public void AForgedTraceIsNone()
    {
        Run(1);
        var traces = Path.Combine(bench.WorkspaceDirectory, "traces");
        foreach (var path in Directory.GetFiles(traces, "*", SearchOption.AllDirectories))
            File.WriteAllBytes(path, Sealed.Close("{}"u8));

        Run(1).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
    }

    public void Dispose() => bench.Dispose();

    static async Task<Total> ReadBody(StageContext context, Total total)
    {
        (await File.ReadAllTextAsync(context.Locate(total.Text))).ShouldBe("total 3");
        return total with { Value = total.Value + 1 };
    }

    /// <param name="added">Each makes a step of its own, which reads.</param>
    RunResult Run(params int[] added) => RunOver(bench.Add, added);

    RunResult RunOver(Stage<Sum, Total> maker, params int[] added)
    {
        var (make, graph) = Draw(maker);
        Node[] readers =
        [
            .. added.Select(number => graph.Step(
                new StepName("p", null, added.Length == 1 ? "Read" : $"Read{number}"), Reader, [make],
                upstream => upstream.Accepted(make) with { Value = number })),
        ];
        return Engine(bench.Open())
            .Start(readers, CancellationToken.None).Completion.GetAwaiter().GetResult();
    }

    (Node<Total> Make, Graph Graph) Draw(Stage<Sum, Total> maker)
    {
        var graph = new Graph();
        return (graph.Step(new StepName("p", null, "Make"), maker, [], _ => new Sum("xyz", [], [])), graph);
    }

    BuildEngine Engine(Workspace workspace) =>
        new(workspace, new EngineOptions(4, log, "test", Stages: [bench.Add, Outer, Reader]));

    string Text() => bench.Open().Artifacts.PathOf(Digest.Of("total 3"u8));

    static void Spoil(string path, Damage damage)
    {
        var time = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        if (damage == Damage.Removed)
            return;
        File.WriteAllText(path, damage == Damage.Emptied ? "" : "total 9");
        if (damage == Damage.FlippedUnseen)
            File.SetLastWriteTimeUtc(path, time);
    }

    public enum Damage
    {
        Removed,
        Flipped,
        /// <summary>Its time and length are those of a file that nobody wrote to.</summary>
        FlippedUnseen,
        Emptied,
    }

    sealed class HealingLog : IRunObserver
    {
        readonly List<string> healed = [];

        public List<string> Healed => healed;

        public void Started(StepName step, IReadOnlyList<string> reasons)
        {
        }

        public void Progress(StepName step, string text)
        {
        }

        public void Waiting(StepName step, string holder)
        {
        }

        public void Healing(StepName step, Artifact artifact)
        {
            lock (healed)
                healed.Add(step.ToString());
        }

        public void Settled(StepResult result)
        {
        }
    }
}
