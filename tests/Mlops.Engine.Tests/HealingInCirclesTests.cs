using System.Collections.Concurrent;
using System.Text;

namespace Mlops.Engine.Tests;

/// <summary>
/// Steps that give back the very bytes which they were made of, so that each may be asked to make again what
/// the other needs.
/// </summary>
public sealed class HealingInCirclesTests : IDisposable
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    readonly Bench bench = new();
    readonly ConcurrentQueue<string> begun = new();

    [Fact]
    public void AStepThatFailedForTheSakeOfAnotherRunsWhenItsTurnComes()
    {
        RunLine();
        // Made once more, the first maker of three is the last that a trace tells of.
        File.Delete(bench.Open().Traces.PathOf(RunLine().Steps.Single(IsMake).Trace!.Key));
        RunLine().Steps.Single(IsMake).Status.ShouldBe(StepStatus.Executed);
        Spoil(3);
        File.Delete(PathOf("total 4"));

        var result = RunLine();

        result.Steps.ShouldAllBe(step => step.Problems.Count == 0);
        File.ReadAllText(PathOf("total 3")).ShouldBe("total 3");
        File.ReadAllText(PathOf("total 4")).ShouldBe("total 4");
    }

    [Fact]
    public void WhatWasThereFirstIsMadeAgainByWhoMadeItFirst()
    {
        RunLine();
        Spoil(3);
        File.Delete(PathOf("total 4"));
        begun.Clear();

        var result = RunLine();

        result.Steps.Where(step => step.Status == StepStatus.Executed)
            .Select(step => step.Name.Stage).Order().ShouldBe(["Forth", "Make3"]);
        begun.Count(name => name == "Back").ShouldBe(0);
    }

    [Fact]
    public async Task StepsThatNeedEachOtherToBeMadeAgainFailAndDoNotWaitForEachOther()
    {
        await RunTurns(null).WaitAsync(Long, TestContext.Current.CancellationToken);
        foreach (var number in (int[])[3, 4])
        {
            Spoil(number);
            File.Delete(PathOf($"beside {number}"));
        }
        bench.Faulty.UnionWith(["xyz", "wxyz"]);

        using var both = new Barrier(2);
        var result = await RunTurns(both).WaitAsync(Long, TestContext.Current.CancellationToken);

        foreach (var step in result.Steps.Where(step => step.Name.Stage is "Forth" or "Back"))
            step.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-002");
    }

    public void Dispose() => bench.Dispose();

    static bool IsMake(StepResult step) => step.Name.Stage == "Make3";

    /// <summary>Three is made, four of it, and three of four.</summary>
    RunResult RunLine()
    {
        var graph = new Graph();
        var (forth, back) = (Turning("Forth", 4), Turning("Back", 3));
        var make = Make(graph, 3, "xyz");
        var four = graph.Step(
            NameOf("Forth"), forth, [make], upstream => upstream.Accepted(make));
        var three = graph.Step(
            NameOf("Back"), back, [four], upstream => upstream.Accepted(four).First);
        return Engine(forth, back).Start([three], CancellationToken.None)
            .Completion.GetAwaiter().GetResult();
    }

    /// <summary>Three and four are made, and each of the other.</summary>
    /// <param name="together">Where the two wait for each other before they read; null if nowhere.</param>
    Task<RunResult> RunTurns(Barrier? together)
    {
        var graph = new Graph();
        var (forth, back) = (Turning("Forth", 4, together), Turning("Back", 3, together));
        var (three, four) = (Make(graph, 3, "xyz"), Make(graph, 4, "wxyz"));
        return Engine(forth, back).Start(
        [
            graph.Step(NameOf("Forth"), forth, [three], upstream => upstream.Accepted(three)),
            graph.Step(NameOf("Back"), back, [four], upstream => upstream.Accepted(four)),
        ], CancellationToken.None).Completion;
    }

    BuildEngine Engine(params Stage[] stages) => new(
        bench.Open(), new EngineOptions(4, new NoObserver(), "test", Stages: [bench.Add, .. stages]));

    Node<Total> Make(Graph graph, int number, string parameter) => graph.Step(
        NameOf($"Make{number}"), bench.Add, [], _ => new Sum(parameter, [], []));

    static StepName NameOf(string stage) => new("p", null, stage);

    /// <summary>Reads a total and writes another, and a text beside it.</summary>
    Stage<Total, Both> Turning(string name, int to, Barrier? together = null)
    {
        var isFirst = 1;
        return new(
            name, 1, "none", NumbersJson.Default.Total, NumbersJson.Default.Both, async (context, from) =>
            {
                begun.Enqueue(name);
                if (Interlocked.Exchange(ref isFirst, 0) == 1)
                    together?.SignalAndWait(Long).ShouldBeTrue();
                (await File.ReadAllTextAsync(context.Locate(from.Text))).ShouldBe($"total {from.Value}");
                return new Both(
                    new Total(to, await Write(context, $"total {to}"), Judgement.Accept),
                    new Total(to, await Write(context, $"beside {to}"), Judgement.Accept));
            });
    }

    static Task<Artifact> Write(StageContext context, string text) => context.Write(
        "text/plain", stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());

    string PathOf(string text) =>
        bench.Open().Artifacts.PathOf(Digest.Of(Encoding.UTF8.GetBytes(text)));

    /// <summary>Its time and length stay those of a file that nobody wrote to.</summary>
    void Spoil(int number)
    {
        var path = PathOf($"total {number}");
        var time = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        File.WriteAllText(path, "total 9");
        File.SetLastWriteTimeUtc(path, time);
    }
}
