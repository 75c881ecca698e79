using Mlops.Engine.Tests.Placing;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// What Gc took away here is fetched again, and what the remote only says that it has is not believed.
/// </summary>
public sealed class RemoteRoomTests : IDisposable
{
    readonly RemoteServer server = Desk.WarmServer();
    readonly Desk desk = new();

    [Fact]
    public async Task WhatWasCollectedIsFetchedAndNothingRunsAgain()
    {
        desk.Run(Desk.Options(server.Url, writes: false));
        var freed = await Collect(desk);
        freed.Groups.Sum(group => group.Traces).ShouldBeGreaterThan(0);
        freed.Groups.Sum(group => group.Artifacts).ShouldBeGreaterThan(0);

        desk.Bench.Sabotaged = true;
        var again = desk.Run(Desk.Options(server.Url, writes: false));

        again.Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
        desk.Traffic!.Refused.ShouldBe(0);
        desk.KeptValues().ShouldBe(Desk.RightValues);
    }

    /// <remarks>
    /// While a collection has its moment no build reads or writes, whether it fetches or not.
    /// </remarks>
    [Fact]
    public async Task CollectionsBesideRunsThatFetchHarmNone()
    {
        var collected = 0;
        var running = Task.Run(
            () =>
            {
                for (var number = 0; number < 20; number++)
                {
                    using var use = desk.Bench.Open().Use(() => { });
                    desk.Run(Desk.Options(server.Url, writes: number % 2 == 0)).Steps
                        .ShouldAllBe(step =>
                            step.Status == StepStatus.Reused || step.Status == StepStatus.Executed);
                }
            },
            TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
            collected += (await Collect(desk)).Groups.Sum(group => group.Traces);
        await running;

        collected.ShouldBeGreaterThan(0);
        desk.Noticed.ShouldBeEmpty();
        desk.Run(Desk.Options(server.Url, writes: false));
        desk.KeptValues().ShouldBe(Desk.RightValues);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task WhatTheRemoteSaysThatItHasIsNotBelievedOnceItHasLied(bool lies)
    {
        var workspace = desk.Bench.Open();
        var (made, _) = LargeStage.Build(workspace);
        var blob = $"/store/cas/{made.Digest}";
        server.Entries[blob] = new byte[made.LengthBytes];
        var key = workspace.Traces.All().ShouldHaveSingleItem().Key;
        await Collect(desk);
        if (lies)
            server.Entries[$"/store/ac/{key}"] = [1, 2, 3];

        LargeStage.Build(desk.Bench.Open(), Desk.Options(server.Url, writes: true)).Step.Status
            .ShouldBe(StepStatus.Executed);

        (Digest.Of(server.Entries[blob]) == made.Digest)
            .ShouldBe(lies, "who was not lied to asks, and is told that it is there");
    }

    public void Dispose()
    {
        desk.Dispose();
        server.Dispose();
    }

    /// <summary>Takes away everything: no pipeline exists any more, and nothing is recent.</summary>
    static Task<Freed> Collect(Desk desk) => new Collector(
        desk.Bench.Open(),
        new CollectionRules(1, TimeSpan.Zero, null, new HashSet<string>()) { Grace = TimeSpan.Zero })
        .Collect(TimeSpan.FromMinutes(2), () => { }, CancellationToken.None);
}
