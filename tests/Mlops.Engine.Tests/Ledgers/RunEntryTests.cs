namespace Mlops.Engine.Tests.Ledgers;

/// <summary>What a run leaves in the ledger.</summary>
public sealed class RunEntryTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void ARunThatExecutedSomethingIsAnEntryAndOneThatDidNotIsNone()
    {
        var first = Build("x");
        var idle = Build("x");
        var second = Build("xy");

        (first.Head!.Size, idle.Head, second.Head!.Size).ShouldBe((1, null, 2));
        Entries().Count.ShouldBe(2);
        LedgerChecks.Of(bench.Open().Ledger.Read().Lines).ShouldBeEmpty();
    }

    [Fact]
    public void AnEntrySaysWhatRanAndWhyAndWhatReuseSavedAndWhatThatCost()
    {
        Build("x");
        var trace = Build("xy").Steps.First(step => step.Status == StepStatus.Executed).Trace!;

        var run = Entries()[1].ShouldBeOfType<LedgerMatter.Run>();

        run.Command.ShouldBe("Pack --really");
        var step = run.Executed.ShouldHaveSingleItem();
        (step.Step, step.Key, step.Output, step.Rejected)
            .ShouldBe(("p/Second", trace.Key, trace.Output, false));
        step.Reasons.ShouldBe(["`parameter` x → xy"]);
        (run.Total.Executed, run.Total.Reused, run.Total.Stopped).ShouldBe((1, 1, 0));
        run.Total.Cost!.Currency.ShouldBe("EUR");
        run.Total.Saved!.Money.ShouldBe(Math.Round(run.Total.SavedCpuSeconds * 3600 / 3600, 6));
        run.Pipelines.Keys.ShouldBe(["p"]);
        run.Pipelines["p"].ShouldBe(run.Total);
    }

    [Fact]
    public void ARejectedStepIsExecutedWithItsFindings()
    {
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("x", [-5], []));
        bench.Run(bench.Open(), [step]);

        var executed = Entries().ShouldHaveSingleItem()
            .ShouldBeOfType<LedgerMatter.Run>().Executed.ShouldHaveSingleItem();

        executed.Rejected.ShouldBeTrue();
        executed.Findings.ShouldBe(1);
    }

    [Fact]
    public void APackageThatWasMadeAndAcceptedIsARelease()
    {
        bool[] verdicts = [true, true, false];
        foreach (var (number, accepted) in verdicts.Index())
        {
            var pack = Pack(accepted);
            var step = new Graph().Step(new StepName("p", "north", "Pack"), pack, [], _ => number / 2);
            bench.Run(bench.Open(), [step]);
        }

        Entries().Select(entry => entry.GetType().Name).ShouldBe(["Run", "Release", "Run"]);
        var release = Entries()[1].ShouldBeOfType<LedgerMatter.Release>();
        (release.Step, release.FileName, release.Version).ShouldBe(("p[north]/Pack", "p.zip", "1.2.3"));
        File.Exists(bench.Open().Artifacts.PathOf(release.Package)).ShouldBeTrue();
    }

    public void Dispose() => bench.Dispose();

    static Stage<long, Packed> Pack(bool accepted) => new(
        "Pack", 1, "none", NumbersJson.Default.Int64, NumbersJson.Default.Packed,
        async (context, number) => new Packed(
            await context.Write("application/zip", file => file.WriteAsync(new[] { (byte)number }).AsTask()),
            "p.zip", "1.2.3", new Judgement(accepted, [])));

    IReadOnlyList<LedgerMatter> Entries() =>
        [.. bench.Open().Ledger.Read().Lines.Select(line => line.Entry!.What)];

    RunResult Build(string parameter)
    {
        var graph = new Graph();
        var first = graph.Step(new StepName("p", null, "First"), bench.Add, [], _ => new Sum("same", [], []));
        var second = graph.Step(
            new StepName("p", null, "Second"), bench.Add, [first], _ => new Sum(parameter, [], []));
        return new BuildEngine(
            bench.Open(),
            new EngineOptions(2, new NoObserver(), "Pack --really", Prices: new Prices(3600, "EUR", 10)))
            .Start([second], CancellationToken.None).Completion.GetAwaiter().GetResult();
    }
}
