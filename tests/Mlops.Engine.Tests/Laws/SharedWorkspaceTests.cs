using System.Globalization;
using CsCheck;

namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// Several processes over one workspace at once: all finish, and what they have in common is computed once.
/// <c>LAWS_PROCESSES</c> says how many histories.
/// </summary>
public sealed class SharedWorkspaceTests
{
    static readonly Gen<long[]> Numbers = Gen.Long[-4, 4].Array[GraphShape.SourceCount];

    [Fact]
    public void WhateverTheGraphEachKeyIsComputedOnceByOneOfThem() =>
        Gen.Select(GraphShape.Gen, Numbers, HistoryEvent.Gen.Array[1, 2]).Sample(
            (shape, numbers, history) =>
            {
                using var world = new World(shape, numbers);
                foreach (var happening in history)
                {
                    RunThreeAtOnce(world, happening.Workers).GetAwaiter().GetResult();
                    happening.Apply(world);
                }
            },
            iter: int.Parse(Environment.GetEnvironmentVariable("LAWS_PROCESSES") ?? "3",
                CultureInfo.InvariantCulture), threads: 1);

    [Fact]
    public async Task TheSecondWaitsAndSaysForWhomAndTakesOverWhenTheFirstIsKilled()
    {
        using var world = new World(
            new GraphShape([new StepShape(1, [], Taking.Accepted, false, [], false)]), [1, 2, 3, 4]);
        using var first = Start(world, 2, pause: 600_000);
        var claims = Path.Combine(world.WorkspaceDirectory, "claims");
        await Until(() => Directory.Exists(claims) && Directory.GetFiles(claims).Length > 0);
        using var second = Start(world, 2, pause: 0);
        await Until(() =>
            Directory.GetFiles(
                Path.Combine(world.Sources, ".."), $"*{RunningProcess.WaitsSuffix}").Length > 0);
        first.Kill();

        var done = await RunningProcess.Done(second);

        done.Steps.Values.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);
        done.Bodies.ShouldHaveSingleItem().Succeeded.ShouldBeTrue();
        done.Waited.ShouldHaveSingleItem().ShouldBe(
            OperatingSystem.IsLinux()
                ? FormattableString.Invariant($"process {first.Id}")
                : "another process");
        Directory.GetFiles(claims).ShouldBeEmpty();
    }

    static async Task Until(Func<bool> happened)
    {
        while (!happened())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    static async Task RunThreeAtOnce(World world, int workers)
    {
        var oracle = world.Oracle(StoreOnDisk.Traces(world.WorkspaceDirectory, world.State)
            .Where(trace => trace.Value).Select(trace => trace.Key));
        OwnProcess[] processes = [Start(world, workers, 3), Start(world, 1, 3), Start(world, 2, 3)];
        var done = new List<RunDone>();
        foreach (var process in processes)
            using (process)
                done.Add(await RunningProcess.Done(process));
        foreach (var (name, expected) in oracle.Steps)
            foreach (var step in done.Select(run => run.Steps[name.ToString()]))
                (step.Status == StepStatus.Blocked, step.Text)
                    .ShouldBe(
                        (expected.Status == StepStatus.Blocked, expected.Output?.Text.Digest.ToString()));
        done.SelectMany(run => run.Bodies).Where(body => body.Succeeded)
            .Select(body => body.What + body.Key).ShouldBeUnique();
    }

    static OwnProcess Start(World world, int workers, int pause)
    {
        var file = Path.Combine(world.Sources, "..", $"asked-{Guid.NewGuid():N}");
        return RunningProcess.Start(file, new RunAsked(
            world.Shape, world.State, world.WorkspaceDirectory,
            world.Sources, new(world.Names), workers, pause));
    }
}
