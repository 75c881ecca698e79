namespace Mlops.Engine.Tests.Scheduling;

public sealed class SlotsTests
{
    [Fact]
    public async Task TheMostUrgentOfThoseThatWaitGoesFirst()
    {
        var slots = new Slots(1);
        await slots.Take(1, () => 0, CancellationToken.None);
        var order = new List<string>();
        var waiting = new[] { ("short", 1.0), ("long", 9.0), ("middle", 5.0) }
            .Select(body => Work(slots, body.Item1, body.Item2, order)).ToList();

        slots.Give(1);
        await Task.WhenAll(waiting);

        order.ShouldBe(["long", "middle", "short"]);
    }

    [Fact]
    public async Task ABodyWithThreadsOfItsOwnTakesAsManySlotsButNeverMoreThanThereAre()
    {
        var slots = new Slots(2);
        await slots.Take(64, () => 0, CancellationToken.None);

        var next = slots.Take(1, () => 0, CancellationToken.None);

        next.IsCompleted.ShouldBeFalse();
        slots.Give(64);
        await next;
        await slots.Take(1, () => 0, CancellationToken.None);
    }

    [Fact]
    public async Task AWaiterThatIsCancelledTakesNoSlot()
    {
        var slots = new Slots(1);
        await slots.Take(1, () => 0, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var cancelled = slots.Take(1, () => 9, cancellation.Token);
        var patient = slots.Take(1, () => 1, CancellationToken.None);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        slots.Give(1);

        await patient;
    }

    [Fact]
    public async Task AWaiterThatIsCancelledHoldsUpNobodyBehindIt()
    {
        var slots = new Slots(2);
        await slots.Take(1, () => 0, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var wide = slots.Take(2, () => 9, cancellation.Token);
        var narrow = slots.Take(1, () => 1, CancellationToken.None);
        slots.Free.ShouldBe(0);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(wide);
        await narrow.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        slots.Give(1);
        slots.Free.ShouldBe(1);
    }

    [Fact]
    public async Task WhatNobodyWaitsForAnyMoreIsFree()
    {
        var slots = new Slots(2);
        await slots.Take(1, () => 0, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var wide = slots.Take(2, () => 0, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(wide);
        slots.Free.ShouldBe(1);
    }

    static async Task Work(Slots slots, string name, double urgency, List<string> order)
    {
        await slots.Take(1, () => urgency, CancellationToken.None);
        order.Add(name);
        slots.Give(1);
    }
}
