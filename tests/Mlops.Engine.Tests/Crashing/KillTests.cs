using System.Globalization;

namespace Mlops.Engine.Tests.Crashing;

/// <summary>Real processes that are killed; after each the next run simply continues.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>
    /// A build, a build of something else over it, and room made: every way in which the
    /// engine changes a disk.
    /// </summary>
    const string Story = "0x1,1x1,gc";

    /// <summary>Kills at random instants; more than in CI by <c>MLOPS_KILLS</c>.</summary>
    static int RandomKills =>
        int.TryParse(Environment.GetEnvironmentVariable("MLOPS_KILLS"),
            CultureInfo.InvariantCulture, out var kills) ? kills : 40;

    [Fact]
    public async Task AKillBeforeAnySingleChangeOnDiskLosesNothing()
    {
        var kills = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 2), async (lane, _) =>
            {
                for (var dieAt = lane; !await Survives(Story, dieAt); dieAt += 2)
                    Interlocked.Increment(ref kills);
            });
        output.WriteLine($"{kills} kills, each before another change");
        kills.ShouldBeGreaterThan(100);
    }

    /// <returns>Whether the process came to its end before so many changes.</returns>
    static async Task<bool> Survives(string story, int dieAt)
    {
        using var bench = new Bench();
        var project = new Project(bench);
        project.WriteSources();
        using (var process = new OwnProcess(
            BuildingProcess.Name, bench.Root, story, dieAt.ToString(CultureInfo.InvariantCulture)))
        {
            await process.Ended();
            if ((await process.Printed()).Contains(BuildingProcess.Survived, StringComparison.Ordinal))
                return true;
        }
        await ShouldContinue(bench, project, $"killed before change {dieAt}");
        return false;
    }

    [Fact]
    public async Task KillsAtRandomInstantsLoseNothing()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}, {RandomKills} kills");
        var random = new Random(seed);
        for (var kill = 0; kill < RandomKills; kill++)
        {
            using var bench = new Bench();
            var project = new Project(bench);
            project.WriteSources();
            using (var process = new OwnProcess(
                BuildingProcess.Name, bench.Root, "0x4,1x4,gc,2x4,gc,0x4,gc", "0"))
            {
                await process.Begun();
                await Task.Delay(random.Next(0, 250), TestContext.Current.CancellationToken);
                process.Kill();
                await process.Ended();
            }
            await ShouldContinue(bench, project, $"seed {seed}, kill {kill}");
        }
    }

    /// <remarks>
    /// The one that lives builds and collects beside the one that is killed, and then over what it left.
    /// </remarks>
    [Fact]
    public async Task OfTwoProcessesInOneWorkspaceTheOtherGoesOnWhenOneIsKilled()
    {
        var random = new Random(7);
        for (var round = 0; round < 5; round++)
        {
            using var bench = new Bench();
            var project = new Project(bench);
            project.WriteSources();
            using var living = new OwnProcess(BuildingProcess.Name, bench.Root, "0x2,1x2,gc,0x2,1x2", "0");
            using (var killed = new OwnProcess(
                BuildingProcess.Name, bench.Root, "1x2,0x2,gc,2x2,gc,1x2", "0"))
            {
                await killed.Begun();
                await Task.Delay(random.Next(0, 150), TestContext.Current.CancellationToken);
                killed.Kill();
                await killed.Ended();
            }
            (await living.Output()).ShouldContain(BuildingProcess.Survived);
            await ShouldContinue(bench, project, $"round {round}");
        }
    }

    static async Task ShouldContinue(Bench bench, Project project, string when)
    {
        project.EveryEntryShouldBeWhole();
        foreach (var version in (int[])[1, 2])
        {
            (await project.Build(version)).Steps.ShouldAllBe(
                step => step.Status == StepStatus.Executed || step.Status == StepStatus.Reused, when);
            project.ShouldBeWholeAfter(version);
        }
        string.Join(' ',
            Directory.GetFileSystemEntries(bench.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            .ShouldBe("out sources workspace", when);
        var (lines, cutOffBytes) = bench.Open().Ledger.Read();
        LedgerChecks.Of(lines).ShouldBeEmpty(when);
        cutOffBytes.ShouldBe(0, when);
    }
}
