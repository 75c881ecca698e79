using Mlops.Engine.Tests.Crashing;

namespace Mlops.Engine.Tests.Collecting;

/// <summary>Room is made while other processes build: none of them fails, and all give what they must.</summary>
public sealed class BesideBuildsTests
{
    const int Collections = 20;

    [Fact]
    public async Task CollectionsBesideBuildsHarmNone()
    {
        using var bench = new Bench();
        var project = new Project(bench);
        project.WriteSources();
        var story = string.Join(',', Enumerable.Range(0, 60).Select(number => $"{number % Project.Versions}x2"));
        using OwnProcess first = new(BuildingProcess.Name, bench.Root, story, "0"), second = new(BuildingProcess.Name, bench.Root, story, "0");
        await first.Begun();

        var freed = 0;
        for (var collection = 0; collection < Collections; collection++)
            freed += (await project.Collect()).Groups.Sum(group => group.Traces);

        (await first.Output()).ShouldContain(BuildingProcess.Survived);
        (await second.Output()).ShouldContain(BuildingProcess.Survived);
        freed.ShouldBeGreaterThan(0);
        await project.Build(2);
        project.ShouldBeWholeAfter(2);
    }
}
