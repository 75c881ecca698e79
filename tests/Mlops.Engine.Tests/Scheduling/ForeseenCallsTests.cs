using System.Collections.Concurrent;

namespace Mlops.Engine.Tests.Scheduling;

/// <summary>Calls that are begun before the body makes them, while others are being executed.</summary>
/// <remarks>
/// A body calls Lengths of each letter; when it hears which are known it foresees Doubled of the others, as
/// long as it guesses.
/// </remarks>
public sealed class ForeseenCallsTests : IDisposable
{
    readonly Bench bench = new();
    readonly ConcurrentQueue<string> ran = new();
    TaskCompletionSource<bool> doubledBegan = new();

    /// <summary>What the body foresees of a letter; the letter itself is right.</summary>
    Func<string, string> guess = letter => letter;

    /// <summary>The letter that Doubled takes CPU time for.</summary>
    string busy = "";

    /// <summary>Whether Lengths waits until Doubled has begun.</summary>
    bool waits;

    /// <summary>How many cores Lengths takes.</summary>
    int lengthsCores = 1;

    [Fact]
    public void ACallThatIsForeseenRunsWhileThatRunsWhichItWasForeseenFor()
    {
        Run(["a"]);
        waits = true;

        var result = Run(["a", "b"]);

        result.Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);
        ran.Order(StringComparer.Ordinal).ShouldBe(["Doubled b", "Lengths b", "Whole"]);
    }

    [Fact]
    public void WhatWasForeseenAndMadeIsAChildAndIsCharged()
    {
        Run(["a"]);
        busy = "b";

        var trace = Run(["a", "b"]).Steps[0].Trace!;

        trace.Children.Count.ShouldBe(4);
        trace.Children.ShouldAllBe(child => bench.Open().Traces.Find(child) != null);
        trace.CpuSeconds.ShouldBeGreaterThanOrEqualTo(0.05);
    }

    [Fact]
    public void WhatWasForeseenInVainIsNoChildAndIsChargedAllTheSame()
    {
        Run(["a"]);
        guess = letter => letter + "?";
        (busy, waits) = ("b?", true);

        var trace = Run(["a", "b"]).Steps[0].Trace!;

        ran.Order(StringComparer.Ordinal).ShouldBe(["Doubled b", "Doubled b?", "Lengths b", "Whole"]);
        trace.Children.Count.ShouldBe(4);
        trace.CpuSeconds.ShouldBeGreaterThanOrEqualTo(0.05);
    }

    [Fact]
    public void AFaultOfWhatWasForeseenInVainIsNoFaultOfTheBody()
    {
        Run(["a"]);
        guess = _ => "faulty";
        waits = true;

        Run(["a", "b"]).Steps[0].Status.ShouldBe(StepStatus.Executed);

        ran.ShouldContain("Doubled faulty");
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    public void OnlyIdleCoresTakeWhatIsForeseen(int workers, int coresOfLengths, int expected)
    {
        Run(["a"]);
        lengthsCores = coresOfLengths;
        guess = letter => letter + "?";
        waits = expected > 0;

        Run(["a", "b"], workers);

        ran.Count(what => what.EndsWith('?')).ShouldBe(expected);
    }

    [Fact]
    public void WhatTakesTwoCoresIsBegunOnlyWhereTwoAreIdle()
    {
        var (wideBegan, narrowBegan) = (new TaskCompletionSource(), new TaskCompletionSource());
        var wide = Of("Wide", async (_, letter) =>
        {
            ran.Enqueue(letter);
            // Whatever else was begun waits for a core by then.
            Burn();
            wideBegan.TrySetResult();
            await narrowBegan.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return letter;
        });
        var narrow = Of("Narrow", (_, letter) =>
        {
            ran.Enqueue("narrow");
            narrowBegan.SetResult();
            return Task.FromResult(letter);
        });
        var whole = Of("Whole", async (context, letter) =>
        {
            context.Foresee(wide with { Cores = _ => 2 }, ["first", "second"]);
            await wideBegan.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return await context.Call(narrow, letter);
        });
        var step = new Graph().Step(new StepName("p", null, "Whole"), whole, [], _ => "a");

        bench.Run(bench.Open(), [step], workers: 3).Steps[0].Status.ShouldBe(StepStatus.Executed);

        ran.ShouldBe(["first", "narrow"]);
    }

    [Fact]
    public async Task WhatWasForeseenInVainAndHasNoCoreYetIsNotBegun()
    {
        var wide = Doubled with { Cores = _ => 2 };
        var whole = Of("Whole", (context, input) =>
        {
            context.Foresee(wide, [input]);
            return Task.FromResult("1");
        });
        var step = new Graph().Step(new StepName("p", null, "Whole"), whole, [], _ => "a");

        var ct = TestContext.Current.CancellationToken;
        var run = Task.Run(() => bench.Run(bench.Open(), [step], workers: 2), ct);

        (await run.WaitAsync(TimeSpan.FromSeconds(30), ct)).Steps[0].Status.ShouldBe(StepStatus.Executed);
        ran.ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("a", "b")]
    public void NothingIsToldWhereAllOrNoneIsKnown(params string[] known)
    {
        if (known.Length > 0)
            Run(known);
        guess = letter => letter + "?";

        Run(["b", "a"]);

        ran.ShouldNotContain(what => what.EndsWith('?'));
    }

    public void Dispose() => bench.Dispose();

    RunResult Run(IReadOnlyList<string> letters, int workers = 4)
    {
        ran.Clear();
        doubledBegan = new TaskCompletionSource<bool>();
        var graph = new Graph();
        var whole = graph.Step(new StepName("p", null, "Whole"), Whole, [], _ => string.Join(' ', letters));
        return bench.Run(bench.Open(), [whole], workers);
    }

    Stage<string, string> Whole => Of("Whole", async (context, input) =>
    {
        ran.Enqueue("Whole");
        var letters = input.Split(' ');
        await context.CallAll(
            Lengths with { Cores = _ => lengthsCores }, letters,
            known => context.Foresee(Doubled, letters.Where((_, i) => known[i] is null).Select(guess)));
        return string.Join(' ', await context.CallAll(Doubled, letters));
    });

    Stage<string, string> Lengths => Of("Lengths", async (_, letter) =>
    {
        ran.Enqueue($"Lengths {letter}");
        if (waits)
            await doubledBegan.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return "1";
    });

    Stage<string, string> Doubled => Of("Doubled", (_, letter) =>
    {
        ran.Enqueue($"Doubled {letter}");
        doubledBegan.TrySetResult(true);
        if (letter == "faulty")
            throw new IOException("faulty");
        if (letter == busy)
            Burn();
        return Task.FromResult(letter + letter);
    });

    /// <summary>Sixty milliseconds of CPU time.</summary>
    internal static void Burn()
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(60))
            Thread.SpinWait(1000);
    }

    internal static Stage<string, string> Of(string name, Func<StageContext, string, Task<string>> body) =>
        new(name, 1, "none", NumbersJson.Default.String, NumbersJson.Default.String, body);
}
