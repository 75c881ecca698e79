using System.Collections.Concurrent;
using Mlops.Engine.Tests.Remote;

namespace Mlops.Engine.Tests.Scheduling;

/// <summary>What becomes of a call that was begun on a guess, made by somebody or nobody.</summary>
/// <remarks>A body foresees Guess, waits until that has begun, and goes on as each test says.</remarks>
public sealed class GuessTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Bench bench = new();
    readonly ConcurrentQueue<string> ran = new();
    readonly TaskCompletionSource begun = new(), innerBegun = new();

    [Fact]
    public void WhatNobodyCalledInTheEndIsNotStoredForOtherMachines()
    {
        var guess = Guess(context => context.Call(Inner, "a"));

        Stored([Step("Whole", guess, AfterInner)]).ShouldBe(["Whole"]);

        ran.ShouldBe(["Guess", "Inner"]);
    }

    [Fact]
    public void WhatWasForeseenAndCalledIsStoredForOtherMachinesWithWhatItCalled()
    {
        var guess = Guess(context => context.Call(Inner, "a"));

        Stored([Step("Whole", guess, context => context.Call(guess, "a"))])
            .ShouldBe(["Guess", "Inner", "Whole"]);
    }

    [Fact]
    public void WhatOneForesawInVainAndAnotherCallsIsStoredForOtherMachines()
    {
        var guess = Guess(context => context.Call(Inner, "a"));

        Stored(
        [
            Step("Whole", guess, AfterInner),
            Step("Other", null, async context =>
            {
                await begun.Task.WaitAsync(Patience);
                return await context.Call(guess, "a");
            }),
        ]).ShouldBe(["Guess", "Inner", "Other", "Whole"]);
    }

    [Fact]
    public void WhatHasNoCoreYetWhenTheBodyFailsIsNotBegun()
    {
        var wide = Guess(_ => Task.FromResult("done")) with { Cores = _ => 2 };
        begun.SetResult();

        Run([Step("Whole", wide, _ => throw new IOException("failed"))], workers: 2)
            .Steps[0].Status.ShouldBe(StepStatus.Failed);

        ran.ShouldBeEmpty();
    }

    [Fact]
    public void WhatAGuessCallsAndHasNoCoreYetWhenTheBodyFailsIsNotBegun()
    {
        var wide = Inner with { Cores = _ => 2 };
        var guess = Guess(context => context.Call(wide, "a"));

        Run([Step("Whole", guess, _ => throw new IOException("failed"))], workers: 2)
            .Steps[0].Status.ShouldBe(StepStatus.Failed);

        ran.ShouldBe(["Guess"]);
    }

    [Fact]
    public void WhatRunsWhenTheBodyFailsIsAskedToEnd()
    {
        var slow = Guess(async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), context.Cancellation);
            ran.Enqueue("to its end");
            return "done";
        });

        Run([Step("Whole", slow, _ => throw new IOException("failed"))])
            .Steps[0].Status.ShouldBe(StepStatus.Failed);

        ran.ShouldBe(["Guess"]);
    }

    [Fact]
    public void WhatWasGivenUpIsChargedToTheStepThatFailed()
    {
        var busy = Guess(context =>
        {
            ForeseenCallsTests.Burn();
            context.Cancellation.ThrowIfCancellationRequested();
            return Task.FromResult("done");
        });

        ShouldHaveBeenCharged(Run([Step("Whole", busy, _ => throw new IOException("failed"))]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ABodyThatFailsIsChargedForWhatItDidAndForWhatItCalled(bool calls)
    {
        var busy = ForeseenCallsTests.Of("Busy", (_, _) =>
        {
            ForeseenCallsTests.Burn();
            throw new IOException("failed");
        });

        ShouldHaveBeenCharged(
            Run([calls ? Step("Whole", null, context => context.Call(busy, "a")) : Alone(busy)]));
    }

    /// <remarks>What somebody waits for is not given up; what was given up already is begun again.</remarks>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatAnotherStepCallsIsMadeAllTheSame(bool isGivenUp)
    {
        var givenUp = new TaskCompletionSource();
        var calling = new TaskCompletionSource();
        var guess = Guess(async context =>
        {
            await using var told = context.Cancellation.Register(() => givenUp.TrySetResult());
            await calling.Task.WaitAsync(Patience, CancellationToken.None);
            context.Cancellation.ThrowIfCancellationRequested();
            return "made";
        });
        var fails = Step("Fails", guess, async _ =>
        {
            await (isGivenUp ? Task.CompletedTask : calling.Task);
            throw new IOException("failed");
        });
        var other = Step("Other", null, async context =>
        {
            await (isGivenUp ? givenUp : begun).Task.WaitAsync(Patience);
            var call = context.Call(guess, "a");
            calling.SetResult();
            return await call;
        });

        var result = await Task.Run(() => Run([fails, other]), TestContext.Current.CancellationToken);

        result.Steps.Single(step => step.Name.Stage == "Fails").Status.ShouldBe(StepStatus.Failed);
        result.Steps.Single(step => step.Name.Stage == "Other").Status.ShouldBe(StepStatus.Executed);
        ran.Count.ShouldBe(isGivenUp ? 2 : 1);
    }

    [Fact]
    public async Task WhoForesawWhatAnotherStepMakesDoesNotWaitForItsEnd()
    {
        var released = new TaskCompletionSource();
        var guess = Guess(async _ =>
        {
            await released.Task.WaitAsync(Patience);
            return "made";
        });
        var makes = Step("Makes", null, context => context.Call(guess, "a"));
        var foresees = Alone(ForeseenCallsTests.Of("Foresees", async (context, _) =>
        {
            await begun.Task.WaitAsync(Patience);
            context.Foresee(guess, ["a"]);
            return "done";
        }));

        var run = Bench.Engine(bench.Open(), 4).Start([makes, foresees], CancellationToken.None);
        var first = await Task.WhenAny(run.Settled(foresees), run.Settled(makes))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        released.SetResult();
        var result = await run.Completion;

        (await first).Name.Stage.ShouldBe("Foresees");
        result.Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        ran.ShouldBe(["Guess"]);
    }

    /// <remarks>It is asked after the step has settled, which made the guess or gave it up.</remarks>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatAGuessBeganAndDidNotWaitForMayAskWhetherItIsCancelled(bool isMade)
    {
        var released = new TaskCompletionSource();
        var inner = ForeseenCallsTests.Of("Inner", async (context, _) =>
        {
            innerBegun.SetResult();
            await released.Task;
            ran.Enqueue(context.Cancellation.WaitHandle.WaitOne(0) ? "cancelled" : "goes on");
            return "done";
        });
        var step = Step("Whole", AndNotWaitFor(inner), async context =>
        {
            await innerBegun.Task.WaitAsync(Patience);
            return isMade ? await context.Call(AndNotWaitFor(inner), "a") : "made";
        });

        var run = Bench.Engine(bench.Open(), 4).Start([step], CancellationToken.None);
        (await run.Settled(step)).Status.ShouldBe(StepStatus.Executed);
        released.SetResult();
        await run.Completion;

        ran.ShouldBe(["Guess", isMade ? "goes on" : "cancelled"]);
    }

    [Fact]
    public async Task WhatAGuessBeganAndDidNotWaitForEndsWithTheRun()
    {
        var inner = ForeseenCallsTests.Of("Inner", async (context, _) =>
        {
            innerBegun.SetResult();
            await Task.Delay(Patience, context.Cancellation);
            ran.Enqueue("to its end");
            return "done";
        });
        var step = Step(
            "Whole", AndNotWaitFor(inner), context => context.Call(AndNotWaitFor(inner), "a"));
        using var cancellation = new CancellationTokenSource();

        var run = Bench.Engine(bench.Open(), 4).Start([step], cancellation.Token);
        (await run.Settled(step)).Status.ShouldBe(StepStatus.Executed);
        await cancellation.CancelAsync();
        await run.Completion;

        ran.ShouldBe(["Guess"]);
    }

    public void Dispose() => bench.Dispose();

    static void ShouldHaveBeenCharged(RunResult result)
    {
        result.Steps[0].Status.ShouldBe(StepStatus.Failed);
        result.Steps[0].Cpu.TotalSeconds.ShouldBeGreaterThanOrEqualTo(0.05);
        Spending.Of(result.Steps).CpuSeconds.ShouldBeGreaterThanOrEqualTo(0.05);
    }

    Stage<string, string> Guess(Func<StageContext, Task<string>> body) =>
        ForeseenCallsTests.Of("Guess", (context, _) =>
        {
            ran.Enqueue("Guess");
            begun.TrySetResult();
            return body(context);
        });

    Stage<string, string> AndNotWaitFor(Stage<string, string> inner) => Guess(async context =>
    {
        _ = context.Call(inner, "a");
        await innerBegun.Task.WaitAsync(Patience);
        return "made";
    });

    Stage<string, string> Inner => ForeseenCallsTests.Of("Inner", (_, input) =>
    {
        ran.Enqueue("Inner");
        innerBegun.TrySetResult();
        return Task.FromResult(input);
    });

    async Task<string> AfterInner(StageContext context)
    {
        await innerBegun.Task.WaitAsync(Patience);
        return "whole";
    }

    Node<string> Step(string name, Stage<string, string>? guess, Func<StageContext, Task<string>> body) =>
        Alone(ForeseenCallsTests.Of(name, async (context, _) =>
        {
            if (guess is not null)
            {
                context.Foresee(guess, ["a"]);
                await begun.Task.WaitAsync(Patience);
            }
            return await body(context);
        }));

    static Node<string> Alone(Stage<string, string> stage) =>
        new Graph().Step(new StepName("p", null, stage.Name), stage, [], _ => "a");

    RunResult Run(IReadOnlyList<Node> steps, int workers = 4) => bench.Run(bench.Open(), steps, workers);

    /// <summary>The stages of which the run stored a trace for other machines.</summary>
    List<string> Stored(IReadOnlyList<Node> steps)
    {
        using var server = new RemoteServer();
        var workspace = bench.Open();
        using (var engine = new BuildEngine(workspace, new EngineOptions(4, new NoObserver(), "test")
        {
            Remote = Desk.Options(server.Url, writes: true),
        }))
            engine.Start(steps, CancellationToken.None).Completion.GetAwaiter().GetResult();
        var stored = server.Entries.Keys.Where(path => path.Contains("/ac/", StringComparison.Ordinal))
            .Select(path => path[^64..]).ToHashSet(StringComparer.Ordinal);
        return [.. workspace.Traces.All().Where(trace => stored.Contains(trace.Key.ToString()))
            .Select(trace => trace.Stage).Order(StringComparer.Ordinal)];
    }
}
