using System.Text.Json;

namespace Mlops.Targets.Tests;

/// <summary>What a person and a server see, letter for letter, from whole processes.</summary>
public sealed class ShownTests : IDisposable
{
    const string Secret = "tok\"en";

    readonly ShownProcess process = new();

    [Theory]
    [InlineData("success", 0, "Train", "Never")]
    [InlineData("failure", 1, "Publish")]
    [InlineData("rejected", 1, "AfterRejected")]
    [InlineData("quiet", 1, "Publish", "--verbosity", "quiet")]
    [InlineData("minimal", 0, "Train", "--verbosity", "minimal")]
    [InlineData("verbose", 0, "Train", "--verbosity", "verbose")]
    public async Task OutsideOfATerminal(string name, int exitCode, params string[] arguments)
    {
        var (text, code) = await process.Run([.. arguments, "--sequential"]);
        code.ShouldBe(exitCode, text);
        text.ShouldNotContain('\e');
        text.ShouldNotContain(Secret);
        text.ShouldBeApproved($"plain-{name}");
    }

    [Theory]
    [InlineData("github", "GITHUB_ACTIONS", "true")]
    [InlineData("azure", "TF_BUILD", "True")]
    [InlineData("gitlab", "GITLAB_CI", "true")]
    [InlineData("teamcity", "TEAMCITY_VERSION", "2026.1")]
    [InlineData("jenkins", "JENKINS_URL", "http://ci/")]
    public async Task OnEveryServer(string name, string variable, string value)
    {
        process.With(variable, value).With("GITHUB_STEP_SUMMARY", process.PathOf("step-summary.md"));
        var (text, code) = await process.Run(
            "AfterRejected", "Publish", "Never", "--keep-going",
            "--sequential", "--results-directory", "results");
        code.ShouldBe(1, text);
        text.Replace(process.Root, "(root)").ShouldBeApproved(name);
        File.ReadAllText(process.PathOf("results/summary.md")).ShouldBeApproved("summary");
        File.ReadAllText(process.PathOf("results/junit.xml")).ShouldBeApproved("junit");
        if (name == "github")
            File.ReadAllText(process.PathOf("step-summary.md")).ShouldBeApproved("summary");
        foreach (var file in Directory.GetFiles(process.Root, "*", SearchOption.AllDirectories))
            File.ReadAllText(file).Replace("tok\\u0022en", Secret).Replace("tok&quot;en", Secret)
                .ShouldNotContain(Secret, customMessage: file);
    }

    [Fact]
    public async Task ARejectedGateOnAServerIsNoFault()
    {
        var (text, code) = await process.With("GITHUB_ACTIONS", "true").Run("AfterRejected");
        code.ShouldBe(1);
        text.ShouldNotContain("NullReference");
        text.ShouldContain(
            "::error file=pipelines/churn/pipeline.yaml,line=12,col=5,title=gate%3Aauc::auc 0.71 is below "
            + "0.80 for ****");
        text.ShouldContain("reported all the same");
    }

    [Fact]
    public async Task ForMachinesEachLineIsAnEvent()
    {
        var (text, code) = await process.Run(
            "AfterRejected", "Train", "Never", "--format", "json", "--sequential");
        code.ShouldBe(1);
        foreach (var line in text.TrimEnd().Split('\n'))
            JsonElement.Parse(line).GetProperty("event").GetString().ShouldNotBeNullOrEmpty();
        text.ShouldNotContain(Secret);
        text.ShouldNotContain("tok\\\"en");
        text.ShouldBeApproved("json");
    }

    [Fact]
    public async Task AMistakeIsAnEventToo()
    {
        var (text, code) = await process.Run("Trian", "--format", "json");
        code.ShouldBe(2);
        text.Split('\n').ShouldContain(line =>
            line.Contains("\"event\":\"run-refused\"") && line.Contains("Did you mean Train?"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public async Task InATerminalRunningStepsHaveALineAndNothingIsLeftOfIt(int columns)
    {
        var (sent, code) = await process.RunInTerminal(columns, "Train", "Never", "--sequential");
        code.ShouldBe(0, sent);
        sent.ShouldNotContain(Secret);
        var screen = Screen.Of(sent, columns);
        screen.Frames[0].ShouldBe("Starting ...\n");
        screen.Frames.ShouldContain(frame => frame.Contains("\n  1 s of about 1:30 min  churn/Train"));
        var lines = screen.Frames.SelectMany(frame => frame.Split('\n'));
        foreach (var line in lines.Where(line => line.Contains("of about")))
            line.Length.ShouldBeLessThan(columns);
        screen.ToString().ShouldBeApproved($"terminal-{columns}");
    }

    [Fact]
    public async Task ColorsAreLeftOutWhereNobodyWantsThem()
    {
        var (colored, _) = await process.RunInTerminal(80, "Train");
        colored.ShouldContain("\e[1m== Train\e[0m");
        var (plain, _) = await process.With("NO_COLOR", "1").RunInTerminal(80, "Train");
        plain.ShouldNotContain("m== Train");
        plain.Replace("\e[1A", "").Replace("\e[J", "").ShouldNotContain('\e');
    }

    [Fact]
    public async Task ADumbTerminalIsSentNothingToSteerIt()
    {
        var (text, code) = await process.With("TERM", "dumb").RunInTerminal(80, "Train");
        code.ShouldBe(0);
        text.ShouldNotContain('\e');
        text.ShouldNotContain("Starting");
    }

    [Fact]
    public async Task CancellingIsSaidAndEverythingIsTidy()
    {
        Interrupts.SkipWhereIgnored();
        using var started = process.Start("Wait");
        var token = TestContext.Current.CancellationToken;
        var text = "";
        while (!text.EndsWith("waiting\n", StringComparison.Ordinal)
            && await started.StandardOutput.ReadLineAsync(token) is { } line)
            text += line + "\n";
        Interrupts.Send(started, "INT");
        text += await started.StandardOutput.ReadToEndAsync(token);
        await started.WaitForExitAsync(token);
        started.ExitCode.ShouldBe(130);
        text.ShouldBeApproved("plain-cancelled");
    }

    [Fact]
    public async Task AReaderThatLeavesEarlyStopsNothing()
    {
        var (text, code) = await process.Shell("{} Much | head -1; exit ${PIPESTATUS[0]}");
        code.ShouldBe(0, text);
        text.ShouldBe("== Much\n");
        File.Exists(process.PathOf("finished")).ShouldBeTrue();
    }

    [Fact]
    public async Task PrintingTargetsAndToldStepsDoNotWaitForEachOther()
    {
        Xunit.Assert.SkipWhen(OperatingSystem.IsWindows(), "needs timeout");
        var (text, code) = await process.Shell("timeout -s KILL 60 {} Crowd");
        code.ShouldBe(0);
        text.Split('\n').Count(line => line.StartsWith("line ", StringComparison.Ordinal)).ShouldBe(4_000);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("de_DE.ISO-8859-1")]
    [InlineData("tr_TR")]
    [InlineData("no_such_locale")]
    public async Task NoLocaleChangesWhatIsWritten(string locale)
    {
        var (text, code) =
            await process.With("LC_ALL", locale).With("LANG", locale).Run("Train", "Never", "--sequential");
        code.ShouldBe(0, text);
        text.ShouldBeApproved(locale.Contains("8859") ? "plain-success-latin" : "plain-success");
    }

    [Fact]
    public async Task EveryRunLeavesItsLogAndFiftyAreKept()
    {
        Directory.CreateDirectory(process.Logs);
        for (var i = 0; i < 60; i++)
            File.WriteAllText(Path.Combine(process.Logs, $"20200101-0000{i:00}-000-1.log"), "old");
        await process.Run("Train", "--token", "s3cret");

        var logs = Directory.GetFiles(process.Logs, "*.log").Order(StringComparer.Ordinal).ToList();
        logs.Count.ShouldBe(50);
        Path.GetFileName(logs[0]).ShouldBe("20200101-000011-000-1.log");
        var log = File.ReadAllText(logs[^1]);
        log.ShouldContain("Train --token ****\n");
        log.ShouldContain("step churn/Train started: `leaves` 8 → 7\n");
        log.ShouldContain("Prepare      | prepared with ****\n");
        log.ShouldContain("Prepare      ! a word of caution\n");
        log.ShouldEndWith("exit code 0\n");
        log.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task ALogThatCannotBeKeptIsMissedAloud()
    {
        File.WriteAllText(process.PathOf(".mlops"), "in the way");
        var (text, code) = await process.Run("Train");
        code.ShouldBe(0);
        text.ShouldContain("No log of this run is kept: ");
    }

    public void Dispose() => process.Dispose();
}
