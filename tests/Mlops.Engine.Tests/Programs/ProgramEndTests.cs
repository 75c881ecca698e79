using System.Diagnostics;
using System.Text;

namespace Mlops.Engine.Tests.Programs;

/// <summary>How a program may end, and what is kept of what it said.</summary>
public sealed class ProgramEndTests : IDisposable
{
    readonly ProgramBench bench = new();

    [Fact]
    public void AnExitCodeThatIsNotZeroFailsTheStepWithTheLastLinesAndIsNeverKept()
    {
        var program = ProgramBench.Shell(
            $"echo ran >> '{bench.Journal}'; for i in $(seq 30); do echo line $i >&2; done; exit 7");
        var problem = ProgramBench.ProblemOf(bench.Run(program));
        bench.Run(program);

        problem.Id.ShouldBe("ENGINE-050");
        problem.What.ShouldEndWith("ended with exit code 7.");
        problem.Actual.ShouldBe(string.Join('\n', Enumerable.Range(11, 20).Select(line => $"line {line}")));
        bench.TakeJournal().Count.ShouldBe(2);
    }

    [Fact]
    public void StandardOutputSpeaksWhereStandardErrorIsSilent()
    {
        ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("echo from output; exit 1"))).Actual
            .ShouldBe("from output");
        ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("exit 1"))).Actual.ShouldBe("it said nothing");
    }

    [Fact]
    public void AProgramThatTakesTooLongIsEndedWithAllThatItStarted()
    {
        var program = ProgramBench.Shell(
            $"sleep 600 & echo $! > '{bench.PathOf("child")}'; echo waiting; sleep 600") with
        {
            TimeoutSeconds = 0.5,
        };

        var problem = ProgramBench.ProblemOf(bench.Run(program));

        problem.Id.ShouldBe("ENGINE-053");
        problem.What.ShouldEndWith("was not done after 0.5 s and was ended.");
        problem.Actual.ShouldBe("waiting");
        ShouldEnd(int.Parse(File.ReadAllText(bench.PathOf("child")), null));
    }

    [Fact]
    public async Task ACancelledProgramIsEndedWithAllThatItStarted()
    {
        using var cancel = new CancellationTokenSource();
        var program = ProgramBench.Shell(
            $"sleep 600 & echo $! > '{bench.PathOf("child")}.tmp'; mv '{bench.PathOf("child")}.tmp' "
            + $"'{bench.PathOf("child")}'; sleep 600");
        var run = Task.Run(
            () => bench.RunUntil(program, cancel.Token), TestContext.Current.CancellationToken);
        while (!File.Exists(bench.PathOf("child")))
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        (await run).Status.ShouldBe(StepStatus.Cancelled);
        ShouldEnd(int.Parse(File.ReadAllText(bench.PathOf("child")), null));
        Directory.GetFileSystemEntries(Path.Combine(bench.Open().Location, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public void WhatAProgramLeavesRunningIsNotWaitedFor()
    {
        var result = bench.Run(
            ProgramBench.Shell(
                $"(sleep 600; echo late) & echo $! > '{bench.PathOf("child")}'; echo done > out; echo said",
                "out"));

        bench.TextOf(result, "out").ShouldBe("done\n");
        bench.Text(ProgramBench.OutputOf(result).Executions[0].Output).ShouldBe("said\n");
        using var left = Process.GetProcessById(int.Parse(File.ReadAllText(bench.PathOf("child")), null));
        left.HasExited.ShouldBeFalse();
        left.Kill(entireProcessTree: true);
    }

    [Fact]
    public void StandardInputIsEmpty()
    {
        bench.TextOf(bench.Run(ProgramBench.Shell("cat > out; wc -c < out >> out", "out")), "out").Trim()
            .ShouldBe("0");
    }

    [Fact]
    public void OfAHugeOutputTheEndsAreKept()
    {
        var result = bench.Run(
            ProgramBench.Shell("echo first; head -c 20000000 /dev/zero | tr '\\0' x; echo last"));

        var captured = ProgramBench.OutputOf(result).Executions[0].Output!;
        captured.LengthBytes.ShouldBeLessThan(2 * CapturedOutput.EndBytes + 100);
        var text = bench.Text(captured);
        text.ShouldStartWith("first\nxxx");
        text.ShouldEndWith("xxxlast\n");
        text.ShouldContain($"\n… {20_000_011 - 2 * CapturedOutput.EndBytes} bytes left out …\n");
    }

    [Fact]
    public void BinaryAndBrokenTextIsKeptByteForByte()
    {
        var result = bench.Run(ProgramBench.Shell("printf 'a\\377\\000\\033[31mb'; printf '\\300\\200' >&2"));

        var execution = ProgramBench.OutputOf(result).Executions[0];
        File.ReadAllBytes(bench.Open().Artifacts.Locate(execution.Output!))
            .ShouldBe([97, 255, 0, 27, 91, 51, 49, 109, 98]);
        File.ReadAllBytes(bench.Open().Artifacts.Locate(execution.Errors!)).ShouldBe([0xC0, 0x80]);
    }

    [Fact]
    public void BrokenTextInAFailureIsShownAsFarAsItIsText()
    {
        ProgramBench.ProblemOf(bench.Run(ProgramBench.Shell("printf 'a\\377b'; exit 1"))).Actual
            .ShouldBe("a\ufffdb");
    }

    [Fact]
    public void FoldersThatNobodyMayWriteToAreRemovedToo()
    {
        var program = ProgramBench.Shell("mkdir -p locked/inner; touch locked/inner/x; chmod -R a-w locked");
        bench.Run(program).Status.ShouldBe(StepStatus.Executed);

        Directory.GetFileSystemEntries(Path.Combine(bench.Open().Location, "tmp")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void AHiddenWordIsHiddenWhereverTheMiddleIsTakenOut(int shift)
    {
        var captured =
            new CapturedOutput([(Encoding.UTF8.GetBytes("hidden-word!"), Encoding.UTF8.GetBytes("***"))]);
        var filler = new string('.', CapturedOutput.EndBytes - 1 - shift);
        captured.Add(Encoding.UTF8.GetBytes($"{filler}hidden-word!"));
        captured.Add(new byte[3 * CapturedOutput.EndBytes]);
        captured.Add(Encoding.UTF8.GetBytes($"hidden-word!{filler}"));

        var kept = Encoding.UTF8.GetString(captured.ToBytes());

        kept.ShouldNotContain("hid", Case.Sensitive);
        kept.ShouldNotContain("ord!", Case.Sensitive);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(CapturedOutput.EndBytes)]
    [InlineData(2 * CapturedOutput.EndBytes)]
    public void UpToTwoEndsNothingIsLeftOut(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        var captured = new CapturedOutput([]);
        foreach (var piece in bytes.Chunk(1000))
            captured.Add(piece);

        captured.ToBytes().ShouldBe(bytes);
    }

    public void Dispose() => bench.Dispose();

    static void ShouldEnd(int process)
    {
        for (var attempt = 0; attempt < 500 && IsRunning(process); attempt++)
            Thread.Sleep(10);
        IsRunning(process).ShouldBeFalse("a process that the program started still runs");
    }

    /// <remarks>A process that nobody has waited for yet is a zombie: it has ended.</remarks>
    static bool IsRunning(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
