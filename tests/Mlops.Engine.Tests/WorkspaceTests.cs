namespace Mlops.Engine.Tests;

public sealed class WorkspaceTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void PlacingWritesOnceAndRestoresWhatWasChanged()
    {
        var workspace = bench.Open();
        var artifact = Build(workspace);
        var path = Path.Combine(bench.Sources, "out", "total.txt");

        workspace.Place(artifact, path).ShouldBeTrue();
        workspace.Place(artifact, path).ShouldBeFalse();
        File.WriteAllText(path, "other 0");
        workspace.Place(artifact, path).ShouldBeTrue();

        File.ReadAllText(path).ShouldBe("total 3");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    /// <remarks>Whichever way the file came there. Of the ways one by one: LargeFileTests.</remarks>
    [Theory, InlineData(""), InlineData("/dev/shm")]
    public async Task ALargeFileIsPlacedAndWhoeverWritesToItDamagesNoResult(string folder)
    {
        Assert.SkipWhen(
            folder.Length > 0 && !Directory.Exists(folder), "There is no other file system here.");
        var workspace = bench.Open();
        var artifact = await workspace.Artifacts.Write(
            "application/octet-stream",
            file => file.WriteAsync(new byte[16 << 20]).AsTask(), CancellationToken.None);
        var output = Directory.CreateDirectory(
            Path.Combine(folder.Length > 0 ? folder : bench.Sources, Path.GetRandomFileName())).FullName;
        try
        {
            var path = Path.Combine(output, "model.bin");
            workspace.Place(artifact, path).ShouldBeTrue();
            new FileInfo(path).Length.ShouldBe(16 << 20);

            MakeWritable(path);
            using (var file = File.OpenWrite(path))
                file.WriteByte(1);

            var again = bench.Open();
            if (!again.Artifacts.Holds(artifact))
            {
                Should.Throw<ProblemException>(() => again.Artifacts.Locate(artifact)).Problems[0].Id
                    .ShouldBe("ENGINE-002");
                return;
            }
            again.Place(artifact, path).ShouldBeTrue();
            (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))[0].ShouldBe((byte)0);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public void AWorkspaceOfAnotherFormatIsSetAsideAndTheLedgerGoesOn()
    {
        Build(bench.Open());
        File.WriteAllText(Path.Combine(bench.WorkspaceDirectory, "format"), "mlops-workspace/99\n");

        bench.Open();

        Directory.Exists(Path.Combine(bench.WorkspaceDirectory, "cas")).ShouldBeFalse();
        Directory.Exists(Path.Combine($"{bench.WorkspaceDirectory}.set-aside-1", "cas")).ShouldBeTrue();
        Build(bench.Open());
        bench.Open().Ledger.Read().Lines.Count.ShouldBe(2);
    }

    [Fact]
    public void WhatADeadProcessLeftIsRemovedAndWhatALivingOneWritesIsNot()
    {
        bench.Open();
        var tmp = Path.Combine(bench.WorkspaceDirectory, "tmp");
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        var living = Path.Combine(
            tmp, FormattableString.Invariant($"{self.Id}-{self.StartTime.ToUniversalTime().Ticks}-77"));
        File.WriteAllText(living, "");
        File.WriteAllText(Path.Combine(tmp, "999999-1-1"), "");
        File.WriteAllText(Path.Combine(tmp, FormattableString.Invariant($"{self.Id}-1-1")), "");

        bench.Open();

        Directory.GetFiles(tmp).ShouldBe([living]);
    }

    [Fact]
    public void ASourceThatChangesWhileItIsReadIsAProblemAndNoResult()
    {
        bench.WriteSource("a.txt", 4);
        var workspace = bench.Open();
        var source = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        bench.WriteSource("a.txt", 5);
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("x", [], source));

        var result = bench.Run(workspace, [step]).Steps.ShouldHaveSingleItem();

        result.Status.ShouldBe(StepStatus.Failed);
        result.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-006");
    }

    /// <remarks>A second write in the same tick of the file system's clock would leave no mark.</remarks>
    [Fact]
    public void AFileAsYoungAsItsReadingIsNotTrustedNextTime()
    {
        File.WriteAllText(Path.Combine(bench.Sources, "a.txt"), "1");

        Known(TimeSpan.Zero).ShouldBeFalse();
        Known(TimeSpan.FromSeconds(10)).ShouldBeTrue();

        bool Known(TimeSpan later)
        {
            Workspace.Open(bench.WorkspaceDirectory, new LaterClock(later))
                .ResolveSources(bench.Sources, ["*.txt"]);
            var index = Path.Combine(bench.WorkspaceDirectory, "sources.index");
            return File.Exists(index) && File.ReadAllText(index).Contains("a.txt", StringComparison.Ordinal);
        }
    }

    sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }

    [Fact]
    public void GlobsFindFilesInFoldersEachOnceInOrdinalOrder()
    {
        foreach (var name in (string[])["b.csv", "a.csv", "x/c.csv", "x/y/d.csv", "x/e.txt"])
        {
            var path = Path.Combine(bench.Sources, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
        }
        var workspace = bench.Open();

        Names("*.csv").ShouldBe(["a.csv", "b.csv"]);
        Names("**/*.csv").ShouldBe(["a.csv", "b.csv", "x/c.csv", "x/y/d.csv"]);
        Names("x/?.csv", "x/*").ShouldBe(["x/c.csv", "x/e.txt"]);
        Names(Path.Combine(bench.Sources, "x", "*.txt")).ShouldBe(["x/e.txt"]);
        workspace.ResolveSources(bench.Sources, ["*.csv", "*.tsv", "z/*"]).UnmatchedGlobs
            .ShouldBe(["*.tsv", "z/*"]);

        IEnumerable<string> Names(params string[] globs) =>
            workspace.ResolveSources(bench.Sources, globs).Files.Select(file => file.Name);
    }

    [Fact]
    public async Task CancellingStopsWhatHasNotBegunAndLeavesAllUsable()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("x", [], []));

        var run = Bench.Engine(bench.Open()).Start([step], cancellation.Token);

        (await run.Completion).Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Cancelled);
        bench.Run(bench.Open(), [step]).Steps.ShouldHaveSingleItem().Status.ShouldBe(StepStatus.Executed);
    }

    [Fact]
    public void NestedCallsWithOneWorkerDoNotWaitForEachOther()
    {
        foreach (var number in Enumerable.Range(0, 20))
            bench.WriteSource($"{number}.txt", number);
        var workspace = bench.Open();
        var sources = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var graph = new Graph();
        Node[] steps =
        [
            .. Enumerable.Range(0, 5).Select(number => graph.Step(
                new StepName("p", null, $"Step{number}"), bench.Add, [],
                _ => new Sum(new string('a', number), [], sources))),
        ];

        bench.Run(workspace, steps, workers: 1).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);

        bench.TakeRan().Count(ran => ran.StartsWith("ParseSource", StringComparison.Ordinal)).ShouldBe(20);
    }

    public void Dispose() => bench.Dispose();

    static void MakeWritable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    Artifact Build(Workspace workspace)
    {
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("xyz", [], []));
        var run = Bench.Engine(workspace).Start([step], CancellationToken.None);
        run.Completion.GetAwaiter().GetResult();
        return run.Output(step)!.Text;
    }
}
