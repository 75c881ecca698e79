using Mlops.Engine.Tests.Crashing;

namespace Mlops.Engine.Tests.Storing;

/// <summary>
/// Disks that are full, locked or gone: said as such, nothing half stays, and the next run continues.
/// </summary>
public sealed class DiskFaultTests(ITestOutputHelper output) : IDisposable
{
    static readonly string[] OfAFullStore = ["ENGINE-001", "ENGINE-003", "ENGINE-008"];

    readonly Bench bench = new();

    /// <remarks>From no room for the version to room for all but the last file.</remarks>
    [Fact]
    public async Task AStoreOfAnySizeThatIsTooSmallIsSaidAndContinuedWithMoreRoom()
    {
        var failures = 0;
        for (var pages = 1; pages <= 40; pages += 3)
            failures += await Fails($"size={4 * pages}k") ? 1 : 0;
        output.WriteLine($"{failures} sizes were too small");
        failures.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task AStoreWithoutInodesIsSaidAndContinuedWithMore()
    {
        var failures = 0;
        for (var inodes = 3; inodes <= 90; inodes += 6)
            failures += await Fails($"size=8m,nr_inodes={inodes}") ? 1 : 0;
        output.WriteLine($"{failures} numbers of inodes were too small");
        failures.ShouldBeGreaterThan(5);
    }

    /// <returns>Whether the room was not enough.</returns>
    async Task<bool> Fails(string options)
    {
        using var own = new Bench();
        var project = new Project(own);
        project.WriteSources();
        using var disk = SmallDisk.Mount(own.WorkspaceDirectory, options);

        var problems = await ProblemsOf(() => project.Build(0));

        problems.Select(problem => problem.Id).Distinct().ShouldBeSubsetOf(OfAFullStore, options);
        project.EveryEntryShouldBeWhole();
        disk.Change("size=8m,nr_inodes=10000");
        (await ProblemsOf(() => project.Build(0))).ShouldBeEmpty(options);
        project.ShouldBeWholeAfter(0);
        LedgerChecks.Of(own.Open().Ledger.Read().Lines).ShouldBeEmpty(options);
        return problems.Count > 0;
    }

    /// <summary>What a run said, each failed step as one of the store.</summary>
    static async Task<IReadOnlyList<Problem>> ProblemsOf(Func<Task<RunResult>> build)
    {
        try
        {
            var failed = (await build()).Steps.Where(step => step.Status == StepStatus.Failed).ToList();
            failed.ShouldAllBe(step => step.StoreFailed && step.Fault == null);
            return [.. failed.SelectMany(step => step.Problems)];
        }
        catch (ProblemException problem)
        {
            problem.Damaged.ShouldBeTrue(problem.Message);
            return problem.Problems;
        }
    }

    [Fact]
    public async Task AnOutputFolderThatIsFullHoldsWholeFilesOnlyAndTheStoreIsNotToBlame()
    {
        var project = new Project(bench);
        project.WriteSources();
        using var disk = SmallDisk.Mount(project.Output, "size=4k");

        var refused = await Should.ThrowAsync<ProblemException>(() => project.Build(0));

        refused.Damaged.ShouldBeFalse();
        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-031");
        Directory.GetFiles(project.Output, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        disk.Change("size=1m");
        (await project.Build(0)).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
        project.ShouldBeWholeAfter(0);
    }

    [Fact]
    public void AStoreThatIsLockedIsSaid()
    {
        bench.Open();
        using var disk = SmallDisk.Mount(bench.WorkspaceDirectory, "size=1m");
        disk.Change("ro");

        var refused = Should.Throw<ProblemException>(bench.Open);

        refused.Damaged.ShouldBeTrue();
        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-001");
    }

    [Fact]
    public async Task AWorkspaceThatVanishesWhileItIsUsedIsSaidAndTheNextRunMakesAnother()
    {
        var project = new Project(bench);
        project.WriteSources();
        for (var change = 10; change < 60; change += 7)
        {
            var changes = 0;
            var problems = await ProblemsOf(() => project.Build(0, _ =>
            {
                if (++changes == change)
                    Directory.Delete(bench.WorkspaceDirectory, recursive: true);
            }));

            problems.Select(problem => problem.Id).Distinct()
                .ShouldBe(["ENGINE-032"], $"vanished before change {change}");
            (await ProblemsOf(() => project.Build(0))).ShouldBeEmpty();
            project.ShouldBeWholeAfter(0);
            Directory.Delete(bench.WorkspaceDirectory, recursive: true);
        }
        Directory.GetDirectories(bench.Root, "*set-aside*").ShouldBeEmpty();
    }

    public void Dispose() => bench.Dispose();
}
