namespace Mlops.Engine.Tests.Verifying;

public sealed class StoreVerificationTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public async Task AWholeStoreIsCountedAndNothingIsNamed()
    {
        Build();

        var found = await Verify();

        (found.Artifacts, found.Traces, found.Steps).ShouldBe((3, 5, 3));
        found.ArtifactBytes.ShouldBe(3 * "total 0".Length);
        found.Problems.ShouldBeEmpty();
    }

    /// <remarks>
    /// Also where the file looks as if nobody had written to it, as after a disk's own error.
    /// </remarks>
    [Theory, InlineData("flipped"), InlineData("cut off"), InlineData("emptied")]
    public async Task WhateverIsDamagedIsNamedOnceAndTheNextRunHealsIt(string damage)
    {
        Build();
        foreach (var file in StoreFiles("cas", "traces"))
        {
            Spoil(file, damage);

            var problem = (await Verify()).Problems.ShouldHaveSingleItem();
            problem.Where!.File.ShouldBe(file);
            problem.What.ShouldContain("damaged");
            Build().Steps
                .ShouldAllBe(step => step.Status == StepStatus.Executed || step.Status == StepStatus.Reused);

            (await Verify()).Problems.ShouldBeEmpty(file);
        }
    }

    [Fact]
    public async Task AMissingArtifactIsNamedWithTheStepThatMadeItAndTheNextRunHealsIt()
    {
        Build();
        foreach (var file in StoreFiles("cas"))
        {
            File.Delete(file);

            var problem = (await Verify()).Problems.ShouldHaveSingleItem();
            problem.Where!.File.ShouldBe(file);
            problem.What.ShouldMatch("An artifact of p/(First|Second|Third) is missing.");
            Build().Steps.Count(step => step.Status == StepStatus.Executed).ShouldBe(1);

            (await Verify()).Problems.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task AMissingTraceOfAStepIsNamedAndTheNextRunHealsIt()
    {
        var step = Build().Steps.Single(step => step.Name.Stage == "Second");
        File.Delete(bench.Open().Traces.PathOf(step.Trace!.Key));

        (await Verify()).Problems.ShouldHaveSingleItem().What.ShouldBe("The trace of p/Second is missing.");
        Build();

        (await Verify()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task AStepsNoteThatMakesNoSenseIsNamedAndTheNextRunWritesAnother()
    {
        Build();
        var note = StoreFiles("steps").First();
        File.WriteAllText(note, "nonsense\n");

        (await Verify()).Problems.ShouldHaveSingleItem().Where!.File.ShouldBe(note);
        Build();

        (await Verify()).Problems.ShouldBeEmpty();
        File.Exists(note).ShouldBeTrue();
    }

    /// <remarks>What nothing needs any more would otherwise be named for ever.</remarks>
    [Fact]
    public async Task DamageThatNoRunWillHealIsNamedOnce()
    {
        Build();
        Build("other");
        var files = StoreFiles("cas").ToList();
        foreach (var file in files)
            Spoil(file, "flipped");

        (await Verify()).Problems.Select(problem => problem.Where!.File).ShouldBe(files);
        Build();

        (await Verify()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhileARunWritesNothingIsMistakenForDamage()
    {
        using var done = new CancellationTokenSource();
        var building = Task.Run(
            async () =>
            {
                for (var number = 0; number < 15; number++)
                    Build(new string('x', number));
                await done.CancelAsync();
            },
            TestContext.Current.CancellationToken);
        while (!done.IsCancellationRequested)
            (await Verify()).Problems.ShouldBeEmpty();
        await building;
    }

    [Fact]
    public void AFileThatAnotherTookThePlaceOfIsNotTakenOut()
    {
        var verification = new StoreVerification(bench.Open(), 1, CancellationToken.None);
        var path = Path.Combine(bench.Sources, "entry");
        File.WriteAllText(path, "damaged");
        var seen = FileStamp.Of(path)!.Value;
        File.WriteAllText(path + "-aside", "healed");
        File.Move(path + "-aside", path, overwrite: true);

        verification.Remove(path, seen);

        File.ReadAllText(path).ShouldBe("healed");
        verification.Remove(path, FileStamp.Of(path)!.Value);
        File.Exists(path).ShouldBeFalse();
        Directory.GetFiles(Path.Combine(bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
    }

    public void Dispose() => bench.Dispose();

    Task<StoreFindings> Verify() => Verify(() => { });

    Task<StoreFindings> Verify(Action waiting) => Task.Run(
        () => new StoreVerification(bench.Open(), 4, TestContext.Current.CancellationToken).Verify(waiting),
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task ACollectionAndAVerificationWaitForEachOther()
    {
        Build();
        var (waits, cancellation) = (new TaskCompletionSource(), TestContext.Current.CancellationToken);
        var collecting = await bench.Open().Moments.Alone(TimeSpan.FromMinutes(1), () => { }, cancellation);

        var verifying = Verify(waits.SetResult);

        await waits.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        verifying.IsCompleted.ShouldBeFalse();
        collecting!.Dispose();
        (await verifying).Problems.ShouldBeEmpty();
    }

    /// <summary>
    /// Three steps, each with an artifact of its own; the first also calls for two raw files.
    /// </summary>
    RunResult Build(string parameter = "")
    {
        bench.WriteSource("a.txt", 4);
        bench.WriteSource("b.txt", 2);
        var workspace = bench.Open();
        var files = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var graph = new Graph();
        var first = graph.Step(
            new StepName("p", null, "First"), bench.Add, [], _ => new Sum(parameter, [], files));
        var second = graph.Step(
            new StepName("p", null, "Second"), bench.Add, [first], _ => new Sum($"{parameter}a", [], []));
        var third = graph.Step(
            new StepName("p", null, "Third"), bench.Add, [second], _ => new Sum($"{parameter}ab", [], []));
        return bench.Run(workspace, [third]);
    }

    IEnumerable<string> StoreFiles(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(
            Path.Combine(bench.WorkspaceDirectory, folder), "*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    static void Spoil(string path, string damage)
    {
        var (time, content) = (File.GetLastWriteTimeUtc(path), File.ReadAllBytes(path));
        File.Delete(path);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(path, damage switch { "flipped" => content, "cut off" => content[..^2], _ => [] });
        File.SetLastWriteTimeUtc(path, time);
    }
}
