using Mlops.Engine.Tests.Crashing;

namespace Mlops.Engine.Tests.Collecting;

/// <summary>
/// Room is made while other processes build: none of them fails, and all give what they must.
/// </summary>
public sealed class BesideBuildsTests(ITestOutputHelper output)
{
    /// <summary>At least; on until the builds have ended.</summary>
    const int Collections = 20;

    [Fact]
    public async Task CollectionsBesideBuildsHarmNone()
    {
        using var bench = new Bench();
        var project = new Project(bench);
        project.WriteSources();
        var story = string.Join(
            ',', Enumerable.Range(0, 150).Select(number => $"{number % Project.Versions}x2"));
        using OwnProcess first = new(BuildingProcess.Name, bench.Root, story, "0"),
            second = new(BuildingProcess.Name, bench.Root, story, "0");
        await first.Begun();

        var (collections, freed, ended) = (0, 0, Task.WhenAll(first.Ended(), second.Ended()));
        for (; collections < Collections || !ended.IsCompleted; collections++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            freed += (await project.Collect()).Groups.Sum(group => group.Traces);
        }

        output.WriteLine($"{collections} collections freed {freed} results");
        (await first.Output()).ShouldContain(BuildingProcess.Survived);
        (await second.Output()).ShouldContain(BuildingProcess.Survived);
        freed.ShouldBeGreaterThan(0);
        await project.Build(2);
        project.ShouldBeWholeAfter(2);
    }

    [Fact]
    public async Task APlanBesideCollectionsPassesOverWhatHasJustGone()
    {
        using var bench = new Bench();
        using var process = new OwnProcess(CollectingProcess.Name, bench.Root, "60");
        await process.Begun();

        var (plans, freed, ended) = (0, 0L, process.Ended());
        for (; !ended.IsCompleted; plans++)
            freed += new Project(bench).PlanCollection().Bytes;

        output.WriteLine($"{plans} plans would have freed {freed} bytes");
        await process.Output();
    }
}
