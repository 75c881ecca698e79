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

    /// <remarks>
    /// Each build ends only when the next is there, or has to wait: only because it has to
    /// there comes a moment.
    /// </remarks>
    [Fact]
    public async Task BuildsThatFollowEachOtherWithoutAGapCannotKeepACollectionWaitingForEver()
    {
        using var stop = new CancellationTokenSource();
        var first = new Moments(directory).Share(NotExpected);
        var builds = Task.Run(async () =>
        {
            for (var current = first; ;)
            {
                var waits = new TaskCompletionSource();
                var next = Task.Run(
                    () => new Moments(directory).Share(waits.SetResult), CancellationToken.None);
                await Task.WhenAny(next, waits.Task);
                current.Dispose();
                current = await next;
                if (!stop.IsCancellationRequested)
                    continue;
                current.Dispose();
                return;
            }
        }, CancellationToken.None);

        using (var alone =
            await new Moments(directory).Alone(TimeSpan.FromSeconds(20), () => { }, CancellationToken.None))
            alone.ShouldNotBeNull();

        await stop.CancelAsync();
        await builds;
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    static void NotExpected() => throw new InvalidOperationException("It waited.");
}
