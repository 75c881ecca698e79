using System.Diagnostics;

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
        Xunit.Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        using var process = Start("Wait");
        var token = TestContext.Current.CancellationToken;
        while (await process.StandardOutput.ReadLineAsync(token) is { } line && line != "waiting")
        {
        }
        using var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        var rest = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        process.ExitCode.ShouldBe(130);
        rest.ShouldContain("Aborted");
        rest.ShouldContain("Build cancelled after");
    }

    [Fact]
    public async Task AProgramIsRunAndItsOutputKept()
    {
        var result = await ExternalProcess.Run(
            "dotnet", ["--list-runtimes"], Path.GetTempPath(), cancellation: TestContext.Current.CancellationToken);
        result.AssertZeroExitCode().Output.ShouldContain("Microsoft.NETCore.App");
        var failed = await ExternalProcess.Run(
            "dotnet", ["no-such-verb"], Path.GetTempPath(), cancellation: TestContext.Current.CancellationToken);
        Should.Throw<InvalidOperationException>(failed.AssertZeroExitCode).Message.ShouldContain("exit code 1");
        await Should.ThrowAsync<InvalidOperationException>(() => ExternalProcess.Run("no-such-program", [], "/"));
    }

    internal static Process Start(params string[] arguments)
    {
        var assembly = typeof(ProcessTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TARGETS_TESTS_AS_BUILD"] = "1", ["MLOPS_ROOT"] = Path.GetTempPath() },
        };
        return Process.Start(start)!;
    }
}

sealed class ProcessBuild : TargetBuild
{
    [Parameter, Secret]
    public string? Key { get; set; }

    [Parameter]
    public string? Word { get; set; }

    public Target Demand => _ => _.Requires(() => Word).Executes(() => { });

    public Target Print => _ => _.Executes(() => Console.WriteLine($"the key is {Key}"));

    public Target Wait => _ => _.Executes(async () =>
    {
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.Infinite, Cancellation);
    });

    public static int Start() => Execute<ProcessBuild>();
}
