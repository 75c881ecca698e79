using System.Diagnostics;
using System.Globalization;

namespace Mlops.Targets.Tests;

/// <summary>Whole processes: the console, the exit code, signals, children.</summary>
public class ProcessTests
{
    [Fact]
    public async Task ASecretThatATargetPrintsIsMaskedAndTheExitCodeArrives()
    {
        using var process = Start("Print", "--key", "hunter2");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        output.ShouldContain("the key is ****");
        output.ShouldNotContain("hunter2");
        output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task WrongUsageSaysSoOnStandardErrorOnly()
    {
        using var process = Start("Prnit");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(2);
        error.ShouldContain("Unknown target Prnit. Did you mean Print?");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignalCancelsAndTheSummaryIsStillPrinted(string signal)
    {
        Interrupts.SkipWhereIgnored();
        using var process = Start("Wait");
        var token = TestContext.Current.CancellationToken;
        await Until(process, "waiting");
        Interrupts.Send(process, signal);
        var rest = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        process.ExitCode.ShouldBe(130);
        rest.ShouldContain("Aborted");
        rest.ShouldContain("Build cancelled after");
    }

    /// <remarks>By a shell, which can close and fill what a process of .NET cannot.</remarks>
    [Theory]
    [InlineData("{0} Print >&-", 0)]
    [InlineData("{0} Print > /dev/full", 0)]
    [InlineData("{0} Print > /dev/full 2> /dev/full", 0)]
    [InlineData("{0} Fail > /dev/full", 1)]
    [InlineData("{0} Prnit 2>&-", 2)]
    [InlineData("{0} Talk | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}", 0)]
    [InlineData("{0} --help | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}", 0)]
    [InlineData("LANG=xx LC_ALL=xx {0} Print", 0)]
    [InlineData("LC_ALL=de_DE.ISO-8859-1 TERM= {0} Print < /dev/null", 0)]
    public async Task NoOutputAtAllStopsABuild(string command, int exitCode)
    {
        Xunit.Assert.SkipWhen(!OperatingSystem.IsLinux(), "needs bash and /dev/full");
        var mark = Path.Combine(Path.GetTempPath(), $"targets-{Guid.NewGuid():N}");
        var line = string.Format(
            CultureInfo.InvariantCulture, command, $"dotnet '{typeof(ProcessTests).Assembly.Location}'");
        using var process = Started(
            new ProcessStartInfo("bash", ["-c", line]) { Environment = { ["TARGETS_TESTS_MARK"] = mark } });
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (process.ExitCode, error).ShouldBe((exitCode, ""));
        File.Exists(mark)
            .ShouldBe(command.Contains("} Print") || command.Contains("} Talk"), "the target did its work");
        File.Delete(mark);
    }

    [Fact]
    public async Task AfterASignalWhatRunsIsAwaitedAndAssuredTargetsRun()
    {
        Interrupts.SkipWhereIgnored();
        var rest = await Interrupt("TERM", "Slowly", "Tidy");
        rest.ShouldBe("slowly ends\n== Tidy\ntidy\n");
    }

    [Fact]
    public async Task TheSecondSignalStopsAtOnce()
    {
        Interrupts.SkipWhereIgnored();
        using var process = Start("Stubborn");
        var token = TestContext.Current.CancellationToken;
        await Until(process, "waiting");
        Interrupts.Send(process, "INT");
        await Until(process, "Cancelling; once more to stop at once.");
        Interrupts.Send(process, "INT");
        await process.WaitForExitAsync(token);
        process.ExitCode.ShouldBe(130);
        (await process.StandardOutput.ReadToEndAsync(token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AProgramIsRunAndItsOutputKept()
    {
        var result = await ExternalProcess.Run(
            "dotnet", ["--list-runtimes"], Path.GetTempPath(),
            cancellation: TestContext.Current.CancellationToken);
        result.AssertZeroExitCode().Output.ShouldContain("Microsoft.NETCore.App");
        var failed = await ExternalProcess.Run(
            "dotnet", ["no-such-verb"], Path.GetTempPath(),
            cancellation: TestContext.Current.CancellationToken);
        Should.Throw<InvalidOperationException>(failed.AssertZeroExitCode).Message
            .ShouldContain("exit code 1");
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ExternalProcess.Run("no-such-program", [], "/"));
    }

    /// <returns>What was printed between the signal's announcement and the closing table.</returns>
    static async Task<string> Interrupt(string signal, params string[] arguments)
    {
        using var process = Start(arguments);
        await Until(process, "waiting");
        Interrupts.Send(process, signal);
        await Until(process, "Cancelling; once more to stop at once.");
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(130);
        return rest[..rest.IndexOf("\nTarget ", StringComparison.Ordinal)];
    }

    static async Task Until(Process process, string wanted)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && line != wanted)
        {
        }
    }

    internal static Process Start(params string[] arguments) =>
        Started(new ProcessStartInfo("dotnet", [typeof(ProcessTests).Assembly.Location, .. arguments]));

    static Process Started(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TARGETS_TESTS_AS_BUILD"] = "1";
        start.Environment["MLOPS_ROOT"] = Path.GetTempPath();
        return Interrupts.Start(start);
    }
}

sealed class ProcessBuild : TargetBuild
{
    [Parameter, Secret]
    public string? Key { get; set; }

    [Parameter]
    public string? Word { get; set; }

    public Target Demand => _ => _.Requires(() => Word).Executes(() => { });

    public Target Print => _ => _.Executes(() =>
    {
        Console.WriteLine($"the key is {Key}");
        LeaveMark();
    });

    public Target Talk => _ => _.Executes(async () =>
    {
        for (var i = 0; i < 20_000; i++)
            Console.WriteLine($"line {i}");
        await Task.Delay(50);
        LeaveMark();
    });

    public Target Fail => _ => _.Executes(() => throw new InvalidDataException("no"));

    public Target Slowly => _ => _.Executes(async () =>
    {
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.Infinite, Cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        await Task.Delay(100);
        Console.WriteLine("slowly ends");
    });

    public Target Stubborn => _ => _.Executes(() =>
    {
        Console.WriteLine("waiting");
        Thread.Sleep(Timeout.Infinite);
    });

    public Target Tidy => _ => _.AssuredAfterFailure().Executes(() => Console.WriteLine("tidy"));

    public Target Wait => _ => _.Executes(async () =>
    {
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.Infinite, Cancellation);
    });

    static void LeaveMark()
    {
        if (Environment.GetEnvironmentVariable("TARGETS_TESTS_MARK") is { } mark)
            File.WriteAllText(mark, "");
    }

    public static int Start() => Execute<ProcessBuild>();
}
