using System.Text;

namespace Mlops.Engine.Tests.Sources;

/// <summary>
/// A call that is executed while its file's digest is taken gives what it would give afterwards, or nothing.
/// </summary>
public sealed class ForeseenCallTests : IDisposable
{
    const int EnoughCores = 2;

    readonly Bench bench = new();
    CancellationToken cancelled;
    string? told;

    public ForeseenCallTests() => Assert.SkipUnless(
        Environment.ProcessorCount >= EnoughCores, "Nothing is executed ahead on one core.");

    /// <summary>Reads the first bytes of one file; it is told apart whether that was ahead.</summary>
    Stage<SourceFile, string> Shout => new(
        "Shout", 1, "none", NumbersJson.Default.SourceFile, NumbersJson.Default.String,
        async (context, input) =>
        {
            var ahead = context is ScratchContext;
            bench.Ran.Enqueue(ahead ? "ahead" : "in turn");
            using var file = context.OpenRaw(input.Digest);
            var bytes = new byte[4];
            var read = file.Read(bytes, 0);
            await (Reading?.Invoke(context) ?? Task.CompletedTask);
            file.Confirm();
            return Encoding.UTF8.GetString(bytes.AsSpan(0, read)).ToUpperInvariant();
        });

    /// <summary>The body, asked what it was told of the file as it was.</summary>
    async Task<string> Body(StageContext context, SourceFile input, FormerFile<string>? former)
    {
        await (Beginning ?? Task.CompletedTask);
        told = former is null ? "nothing" : $"{former.Output} {await former.IsBeginning}";
        return await Shout.Body(context, input);
    }

    /// <summary>What the body waits for before it reads.</summary>
    Task? Beginning { get; set; }

    /// <summary>What happens while the body reads.</summary>
    Func<StageContext, Task>? Reading { get; set; }

    /// <summary>What happens after the digests are known.</summary>
    Action? Listed { get; set; }

    /// <summary>By how much the engine's clock is ahead: enough for all files to be old.</summary>
    TimeSpan Ahead { get; set; } = TimeSpan.FromMinutes(5);

    public void Dispose() => bench.Dispose();

    [Fact]
    public void TheBodyIsExecutedWhileTheDigestIsTaken()
    {
        Write("abc");
        var (step, output) = Run();
        (step.Status, output).ShouldBe((StepStatus.Executed, "ABC"));
        bench.TakeRan().ShouldBe(["ahead"]);
        step.Trace!.BytesRead.ShouldBe(3);
        Run().Step.Status.ShouldBe(StepStatus.Reused);
        bench.TakeRan().ShouldBeEmpty();
    }

    /// <remarks>It could be written to again without showing it, between the digest and the body.</remarks>
    [Fact]
    public void OfAFileWrittenToAMomentAgoNothingIsExecutedAhead()
    {
        Ahead = default;
        Write("abc");
        Run().Output.ShouldBe("ABC");
        bench.TakeRan().ShouldBe(["in turn"]);
    }

    /// <summary>Old when it is listed, it is young when its digest is known.</summary>
    [Fact]
    public void WhatWasReadOfAFileThatBecameYoungIsNotTaken()
    {
        Ahead = default;
        Write("old ");
        Grow();
        Thread.Sleep(2100);
        Reading = _ => Overwrite();
        Run().Output.ShouldBe("NEW ");
        bench.TakeRan().ShouldBe(["ahead", "ahead", "in turn"]);
    }

    [Fact]
    public void WhatWasReadOfAFileThatChangedIsNotTaken()
    {
        Write("abc");
        Listed = () => Write("abcd");
        Failed(Run().Step).ShouldBe("ENGINE-006");
        bench.TakeRan().ShouldBe(["ahead", "in turn"]);
        Listed = null;
        Run().Output.ShouldBe("ABCD");
    }

    [Fact]
    public void WhatWasReadOfAFileThatWasAnotherMeanwhileIsNotTaken()
    {
        Write("abc");
        var (listed, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        Beginning = listed.Task;
        Reading = _ => Task.FromResult(read.TrySetResult());
        Listed = () =>
        {
            // The file system's clock has to tick before a change shows.
            Thread.Sleep(100);
            Write("xyz");
            listed.SetResult();
            read.Task.Wait(TestContext.Current.CancellationToken);
            Write("abc");
        };
        Run().Output.ShouldBe("ABC");
        bench.TakeRan().ShouldBe(["ahead", "in turn"]);
    }

    /// <remarks>Taking the digest of so many bytes is going on when the first are overwritten.</remarks>
    [Fact]
    public void WhereAFileChangesWhileItsDigestIsTakenBothBeginAgain()
    {
        Write("old ");
        Grow();
        // The file system's clock has to tick before the next change shows.
        Thread.Sleep(100);
        Reading = _ => Overwrite();
        Run().Output.ShouldBe("NEW ");
        bench.TakeRan().ShouldBe(["ahead", "ahead"]);
    }

    [Fact]
    public void ABodyThatFailsIsExecutedInItsTurnAndSaysWhy()
    {
        Write("abc");
        Reading = _ => throw new ProblemException(new Problem("TEST-001", "It cannot be read."));
        Failed(Run().Step).ShouldBe("TEST-001");
        bench.TakeRan().ShouldBe(["ahead", "in turn"]);
    }

    [Fact]
    public void ABodyThatNeedsMoreThanTheFileIsExecutedInItsTurn()
    {
        Write("abc");
        Reading = context => context.Write(
            "text/plain", stream => stream.WriteAsync("x"u8.ToArray()).AsTask());
        Run().Output.ShouldBe("ABC");
        bench.TakeRan().ShouldBe(["ahead", "in turn"]);
        Directory.EnumerateFileSystemEntries(bench.Sources).ShouldHaveSingleItem();
    }

    [Fact]
    public void AnotherInputThanWasForeseenIsNotServed()
    {
        Write("abc");
        Run(foreseenName: "other.txt").Output.ShouldBe("ABC");
        bench.TakeRan().ShouldBe(["ahead", "in turn"]);
    }

    [Fact]
    public void AFileAsLongAsBeforeIsTakenToBeTouched()
    {
        Write("abc");
        Run();
        bench.TakeRan();
        File.SetLastWriteTimeUtc(PathOf("a.txt"), DateTime.UtcNow.AddDays(-1));
        Run().Step.Status.ShouldBe(StepStatus.Reused);
        bench.TakeRan().ShouldBeEmpty();
        Write("xyz");
        Run().Output.ShouldBe("XYZ");
        bench.TakeRan().ShouldBe(["in turn"]);
    }

    [Theory]
    [InlineData("abcd", "ABC True")]
    [InlineData("abXd", "ABC False")]
    [InlineData("ab", "ABC False")]
    public void TheBodyIsToldWhetherTheFileBeginsWithAllThatItWas(string text, string expected)
    {
        Write("abc");
        Run();
        told.ShouldBe("nothing");
        Write(text);
        Run().Output.ShouldBe(text.ToUpperInvariant());
        told.ShouldBe(expected);
    }

    [Fact]
    public void WithoutATraceNothingIsKnownOfTheFileAsItWas()
    {
        Write("abc");
        Run();
        Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "traces"), recursive: true);
        Write("abcd");
        Run().Output.ShouldBe("ABCD");
        told.ShouldBe("nothing");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 3)]
    [InlineData(10, 11)]
    [InlineData((1 << 20) - 1, 3 << 20)]
    [InlineData(1 << 20, 3 << 20)]
    [InlineData((1 << 20) + 1, (1 << 20) + 2)]
    [InlineData(4, 3)]
    public void TheDigestOfABeginningIsThatOfItsBytes(int beginning, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(PathOf("a.bin"), bytes);
        var beginnings = new List<Digest>();
        FileDigest.Of(PathOf("a.bin"), beginning, beginnings.Add, TestContext.Current.CancellationToken)
            .ShouldBe(Digest.Of(bytes));
        beginnings.ShouldBe(
            beginning == 0 || beginning > length ? [] : [Digest.Of(bytes.AsSpan(0, beginning))]);
    }

    [Fact]
    public void WhereDigestsKeepAllCoresBusyNothingIsExecutedAhead()
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
            File.WriteAllText(PathOf($"b{i}.txt"), "b");
        Write("abc");
        Run().Output.ShouldBe("ABC");
        bench.TakeRan().ShouldBe(["in turn"]);
    }

    [Fact]
    public void ACancelledRunDoesNotWaitForIt()
    {
        Write("abc");
        Reading = context => Task.Delay(Timeout.Infinite, context.Cancellation);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        cancelled = cancellation.Token;
        Run().Step.Status.ShouldBe(StepStatus.Cancelled);
    }

    string PathOf(string name) => Path.Combine(bench.Sources, name);

    void Write(string text) => File.WriteAllText(PathOf("a.txt"), text);

    /// <summary>Makes the file so long that its digest takes a while.</summary>
    void Grow()
    {
        using var file = File.OpenWrite(PathOf("a.txt"));
        file.SetLength(256 << 20);
    }

    /// <remarks>As a program of another language: .NET's own would respect who reads.</remarks>
    Task Overwrite()
    {
        Reading = null;
        using var file = File.Open(PathOf("a.txt"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write("new "u8);
        return Task.CompletedTask;
    }

    static string Failed(StepResult step)
    {
        step.Status.ShouldBe(StepStatus.Failed);
        return step.Problems.ShouldHaveSingleItem().Id;
    }

    (StepResult Step, string? Output) Run(string foreseenName = "a.txt")
    {
        var workspace = Workspace.Open(bench.WorkspaceDirectory, new ClockAhead(Ahead));
        var file = workspace.ResolveSources(bench.Sources, ["*.txt"], (_, _) => ForeseenCall.Of(
            Shout, (digest, length) => new SourceFile(foreseenName, digest, length),
            (context, input, former) => Body(context, input, former))).Files[0];
        Listed?.Invoke();
        var step = new Graph().Step(new StepName("p", null, "Shout"), Shout, [], _ => file);
        var run = Bench.Engine(workspace).Start([step], cancelled);
        return (run.Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem(), run.Output(step));
    }

    sealed class ClockAhead(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
