namespace Mlops.Engine.Tests;

public sealed class EarlyCutoffTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void EqualBytesStopTheWave()
    {
        bench.WriteSource("a.txt", 4);
        Build("x");
        bench.TakeRan().ShouldBe(["Add:downstream", "Add:x", "ParseSource:4"]);

        // 14 has the same last digit, so the first sum's output does not change.
        bench.WriteSource("a.txt", 14);
        Build("x");

        bench.TakeRan().ShouldBe(["Add:x", "ParseSource:14"]);
    }

    [Fact]
    public void OneChangedSourceOfManyIsReadAlone()
    {
        foreach (var number in Enumerable.Range(0, 50))
            bench.WriteSource($"{number}.txt", number);
        Build("x");
        bench.TakeRan().Count.ShouldBe(52);

        bench.WriteSource("7.txt", 107);
        Build("x");

        bench.TakeRan().ShouldBe(["Add:x", "ParseSource:107"]);
    }

    [Fact]
    public void GoingBackToAnEarlierParameterRunsNothing()
    {
        bench.WriteSource("a.txt", 4);
        Build("x");
        Build("xyz");
        bench.TakeRan();

        Build("x");

        bench.TakeRan().ShouldBeEmpty();
    }

    [Fact]
    public void TouchingASourceRunsNothing()
    {
        bench.WriteSource("a.txt", 4);
        Build("x");
        bench.TakeRan();

        File.SetLastWriteTimeUtc(Path.Combine(bench.Sources, "a.txt"), DateTime.UtcNow);
        Build("x");

        bench.TakeRan().ShouldBeEmpty();
    }

    [Fact]
    public void ASourceRewrittenWithItsOldTimeAndLengthIsStillSeen()
    {
        bench.WriteSource("a.txt", 4);
        Build("x");
        bench.TakeRan();

        bench.WriteSource("a.txt", 5);
        Build("x");

        bench.TakeRan().ShouldContain("ParseSource:5");
    }

    [Fact]
    public void ARejectionIsCachedAndBlocksWhatNeedsIt()
    {
        bench.WriteSource("a.txt", -8);
        var first = Build("x");
        first.Steps.Select(step => (step.Status, step.Rejected))
            .ShouldBe([(StepStatus.Executed, true), (StepStatus.Blocked, false)]);

        var second = Build("x");

        second.Steps.Select(step => (step.Status, step.Rejected))
            .ShouldBe([(StepStatus.Reused, true), (StepStatus.Blocked, false)]);
        second.Steps[1].Reasons.ShouldBe(["p/First was rejected"]);
    }

    [Fact]
    public void ReasonsNameWhatChanged()
    {
        bench.WriteSource("a.txt", 4);
        bench.WriteSource("b.txt", 1);
        Reasons("x").ShouldBe(["never built"]);
        Build("x");
        Reasons("xy").ShouldBe(["`parameter` x → xy"]);
        bench.WriteSource("b.txt", 2);
        Reasons("x").ShouldBe(["`b.txt` changed"]);
        File.Delete(Path.Combine(bench.Sources, "b.txt"));
        bench.WriteSource("c.txt", 2);
        Reasons("x").ShouldBe(["`c.txt` added", "`b.txt` removed"]);
    }

    [Fact]
    public void AnOutputMadeAgainKeepsTheTraceOfItsFirstMaking()
    {
        bench.WriteSource("a.txt", 4);
        var first = Build("x").Steps[0].Trace!;
        Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "cas"), recursive: true);

        var again = Build("x").Steps[0];

        again.Status.ShouldBe(StepStatus.Executed);
        again.Trace!.StartedAt.ShouldBe(first.StartedAt);
    }

    [Fact]
    public void AStepWhoseOutputWasDeletedSaysSoAndRunsAgain()
    {
        bench.WriteSource("a.txt", 4);
        Build("x");
        Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "cas"), recursive: true);

        Reasons("x").ShouldBe(["output missing"]);
        Build("x").Steps[0].Status.ShouldBe(StepStatus.Executed);
    }

    public void Dispose() => bench.Dispose();

    IReadOnlyList<string> Reasons(string parameter)
    {
        var workspace = bench.Open();
        var plan = Bench.Engine(workspace).Plan([Downstream(workspace, parameter)]);
        plan.Steps[1].Verdict.ShouldBe(new Verdict.Pending(new StepName("p", null, "First")));
        return plan.Steps[0].Verdict.ShouldBeOfType<Verdict.Stale>().Reasons;
    }

    RunResult Build(string parameter)
    {
        var workspace = bench.Open();
        return bench.Run(workspace, [Downstream(workspace, parameter)]);
    }

    Node<Total> Downstream(Workspace workspace, string parameter)
    {
        var graph = new Graph();
        var sources = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var first = graph.Step(
            new StepName("p", null, "First"), bench.Add, [], _ => new Sum(parameter, [], sources));
        return graph.Step(
            new StepName("p", null, "Second"), bench.Add, [first],
            upstream => new Sum("downstream", [upstream.Accepted(first).Value], []));
    }
}
