namespace Mlops.Engine.Tests.Collecting;

public sealed class MomentsTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-moments-").FullName;

    [Fact]
    public async Task ACollectionWaitsForBuildsAndBuildsForACollectionAndBothAreTold()
    {
        var moments = new Moments(directory);
        var (waited, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        var build = moments.Share(NotExpected);
        moments.Share(NotExpected).Dispose();

        var collection = moments.Alone(TimeSpan.FromMinutes(1), waited.SetResult, CancellationToken.None);
        await waited.Task;
        collection.IsCompleted.ShouldBeFalse();
        build.Dispose();
        var alone = await collection;
        var next = Task.Run(() => moments.Share(told.SetResult), TestContext.Current.CancellationToken);
        await told.Task;
        next.IsCompleted.ShouldBeFalse();
        alone!.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task ACollectionGivesUpWhenBuildsNeverEnd()
    {
        var moments = new Moments(directory);
        using var build = moments.Share(NotExpected);

        (await moments.Alone(TimeSpan.Zero, () => { }, CancellationToken.None)).ShouldBeNull();
        moments.Share(NotExpected).Dispose();
    }

    /// <remarks>At any time one of the two builds is there; only because none may begin for a while there comes a moment.</remarks>
    [Fact]
    public async Task BuildsThatFollowEachOtherWithoutAGapCannotKeepACollectionWaitingForEver()
    {
        using var stop = new CancellationTokenSource();
        var begun = new CountdownEvent(2);
        var builds = Enumerable.Range(0, 2).Select(lane => Task.Run(async () =>
        {
            var moments = new Moments(directory);
            await Task.Delay(20 * lane, CancellationToken.None);
            for (var first = true; !stop.IsCancellationRequested; first = false)
                using (moments.Share(() => { }))
                {
                    if (first)
                        begun.Signal();
                    await Task.Delay(40, CancellationToken.None);
                }
        }, CancellationToken.None)).ToList();
        begun.Wait(TestContext.Current.CancellationToken);

        using (var alone = await new Moments(directory).Alone(TimeSpan.FromMinutes(1), () => { }, CancellationToken.None))
            alone.ShouldNotBeNull();

        await stop.CancelAsync();
        await Task.WhenAll(builds);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    static void NotExpected() => throw new InvalidOperationException("It waited.");
}
