using Mlops.Engine.Tests.Laws;

namespace Mlops.Engine.Tests.Steps;

/// <summary>
/// A step with calls inside, executed by other processes that have its key and a store, and nothing else.
/// </summary>
public sealed class StepAcrossProcessesTests : IDisposable
{
    readonly World world = new(
        new GraphShape(
        [
            new StepShape(1, [], Taking.Accepted, false, [0, 1], false),
            new StepShape(2, [0], Taking.Accepted, true, [2], false),
        ]),
        [1, 2, 3, 4]);

    [Fact]
    public async Task EveryStepOfARunCanBeExecutedByAnotherProcess()
    {
        var result = await RunElsewhere();

        result.Steps.Select(step => step.Status).ShouldBe([StepStatus.Executed, StepStatus.Executed]);
        OutputsAreRight(result);
        world.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task AKeyIsExecutedInACopyOfTheWorkspaceWhereTheFilesAreNot()
    {
        var step = (await RunElsewhere()).Steps[1].Trace!;
        world.MoveToAnotherWorkspace(copied: true);
        Directory.Delete(Path.Combine(world.WorkspaceDirectory, "traces"), recursive: true);
        foreach (var source in (int[])[0, 1, 2])
            world.Delete(source);

        (await Execute(step.Key)).ShouldBe(["Add:aa", "Read:", "Scale:2"]);

        world.Open().Traces.Find(step.Key)!.Output.ShouldBe(step.Output);
    }

    /// <remarks>
    /// The copy of the raw file in the store has other bytes, and no look at the folder tells.
    /// </remarks>
    [Fact]
    public async Task ADamagedCopyOfARawFileIsPublishedAgain()
    {
        var step = (await RunElsewhere()).Steps[0].Trace!;
        foreach (var source in RecordShapes.SourceFilesIn(step.Input.Parse()))
            Flip(StoreOnDisk.PathOf(world.WorkspaceDirectory, source.Digest));
        Directory.Delete(Path.Combine(world.WorkspaceDirectory, "traces"), recursive: true);

        var again = await RunElsewhere();

        again.Steps.ShouldAllBe(each => each.Status == StepStatus.Executed);
        OutputsAreRight(again);
    }

    [Fact]
    public async Task ADamagedKeyIsPublishedAgain()
    {
        var step = (await RunElsewhere()).Steps[0].Trace!;
        Flip(StoreOnDisk.PathOf(world.WorkspaceDirectory, step.Key));
        Directory.Delete(Path.Combine(world.WorkspaceDirectory, "traces"), recursive: true);

        (await RunElsewhere()).Steps.ShouldAllBe(each => each.Status == StepStatus.Executed);
    }

    /// <remarks>Of the commands one fails, the other leaves nothing behind.</remarks>
    [Theory]
    [InlineData("exit 3")]
    [InlineData("exit 0")]
    public async Task AStepThatFailsElsewhereIsChargedForWhatItTook(string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for another shell.");

        var failed = (await Run(
            $"i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; {end} # {{key}}")).Steps[0];

        failed.Status.ShouldBe(StepStatus.Failed);
        failed.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
        failed.Cpu.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    public void Dispose() => world.Dispose();

    static void Flip(string path)
    {
        var (content, time) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
        content[0] ^= 1;
        File.Delete(path);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, time);
    }

    async Task<IReadOnlyList<string>> Execute(Digest key)
    {
        using var process = new OwnProcess(ExecutingProcess.Name, world.WorkspaceDirectory, key.ToString());
        return [.. (await process.Output()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal)];
    }

    Task<RunResult> RunElsewhere() => Run(
        $"{string.Join(' ', OwnProcess.Command.Select(part => $"\"{part}\""))} {ExecutingProcess.Name} "
        + $"\"{world.WorkspaceDirectory}\" {{key}}");

    async Task<RunResult> Run(string command)
    {
        var workspace = world.Open();
        var nodes = world.Draw(workspace, () => { });
        return await new BuildEngine(workspace, new EngineOptions(2, new NoObserver(), "test", command))
            .Start(nodes, CancellationToken.None).Completion;
    }

    void OutputsAreRight(RunResult result)
    {
        var oracle = world.Oracle([]);
        foreach (var step in result.Steps)
            step.Trace!.Artifacts.ShouldHaveSingleItem().ShouldBe(oracle.Steps[step.Name].Output!.Text);
    }
}
