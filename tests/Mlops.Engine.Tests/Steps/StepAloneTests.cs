namespace Mlops.Engine.Tests.Steps;

/// <summary>A step stands alone: its key and the store are all that it takes.</summary>
public sealed class StepAloneTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public async Task AKeyThatWasPublishedIsExecutedWithoutTheFilesThatItWasMadeOf()
    {
        bench.WriteSource("a.txt", 4);
        var key = await Publish(
            new Sum("xyz", [1], bench.Open().ResolveSources(bench.Sources, ["*.txt"]).Files));
        File.Delete(Path.Combine(bench.Sources, "a.txt"));

        var result = await Execute(key);

        result.Status.ShouldBe(StepStatus.Executed);
        bench.TakeRan().ShouldBe(["Add:xyz", "ParseSource:4"]);
        result.Trace!.Key.ShouldBe(key);
        result.Trace.Reasons.ShouldBe(["asked for by its key"]);
        (await Execute(key)).Status.ShouldBe(StepStatus.Reused);
        bench.TakeRan().ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsExecutedAloneIsInTheLedgerUnlessTheRunThatAskedRecordsIt()
    {
        await Execute(await Publish(new Sum("xyz", [], [])));
        await Execute(await Publish(new Sum("xyz", [], [])));

        var entry = bench.Open().Ledger.Read().Lines.ShouldHaveSingleItem().Entry!;
        var executed = entry.What.ShouldBeOfType<LedgerMatter.Run>().Executed.ShouldHaveSingleItem();
        executed.Step.ShouldBe("Add");
        executed.Reasons.ShouldBe(["asked for by its key"]);
        await Execute(await Publish(new Sum("another", [], [])), isRecorded: true);
        bench.Open().Ledger.Read().Lines.Count.ShouldBe(1);
    }

    /// <remarks>
    /// The store holds a key as an artifact like any other: what it holds is what the key says.
    /// </remarks>
    [Fact]
    public async Task AnEncodedKeyIsStoredUnderItself()
    {
        var key = await Publish(new Sum("xyz", [], []));

        var workspace = bench.Open();
        Digest.Of(await File.ReadAllBytesAsync(
            workspace.Artifacts.PathOf(key), TestContext.Current.CancellationToken)).ShouldBe(key);
    }

    [Theory]
    [InlineData("Addd", 1, "none", "ENGINE-012")]
    [InlineData("Add", 2, "none", "ENGINE-011")]
    [InlineData("Add", 1, "other 2.0", "ENGINE-011")]
    public async Task AKeyOfAnotherBuildIsRefused(string stage, int version, string toolchain, string problem)
    {
        var key = ActionKey.Of(stage, version, toolchain, """{"parameter":"x","terms":[],"sources":[]}"""u8);
        await Actions.Publish(bench.Open(), key, CancellationToken.None);

        var refused = await Should.ThrowAsync<ProblemException>(() => Execute(key.Digest));

        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe(problem);
    }

    [Fact]
    public async Task AKeyThatTheStoreDoesNotHaveIsRefused()
    {
        var refused = await Should.ThrowAsync<ProblemException>(() => Execute(Digest.Of("nothing"u8)));

        refused.Problems.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-010");
    }

    [Theory]
    [InlineData("echo no good; exit 7", "ENGINE-013")]
    [InlineData("exit 0", "ENGINE-014")]
    public async Task ACommandThatDoesNotExecuteTheStepFailsItAndSaysWhy(string command, string problem)
    {
        var result = await RunElsewhere(command);

        var said = result.Steps.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem();
        said.Id.ShouldBe(problem);
        if (problem == "ENGINE-013")
            said.Actual!.ShouldContain("no good");
    }

    public void Dispose() => bench.Dispose();

    async Task<RunResult> RunElsewhere(string command)
    {
        var step = new Graph().Step(
            new StepName("p", null, "Only"), bench.Add, [], _ => new Sum("x", [], []));
        var engine = new BuildEngine(bench.Open(), new EngineOptions(2, new NoObserver(), "test", command));
        return await engine.Start([step], CancellationToken.None).Completion;
    }

    async Task<Digest> Publish(Sum input)
    {
        var workspace = bench.Open();
        workspace.ResolveSources(bench.Sources, ["*.txt"]);
        var call = StageCall.Of(bench.Add, input);
        await Actions.Publish(workspace, call.Key, CancellationToken.None);
        return call.Key.Digest;
    }

    Task<StepResult> Execute(Digest key, bool isRecorded = false) =>
        Bench.Engine(bench.Open())
            .Execute(key, [bench.Add, bench.ParseSource], CancellationToken.None, isRecorded);
}
