using System.Diagnostics;
using System.Text;
using Mlops.Engine.Tests.Remote;

namespace Mlops.EndToEnd.Tests;

/// <summary>Machines that share a store: each workbench is one.</summary>
public sealed class RemoteTests : IDisposable
{
    readonly RemoteServer server = new();

    [Fact]
    public void AFreshCloneWithAWarmRemoteExecutesNothing()
    {
        using var ci = new Workbench().WithSample("churn").WithSample("demand");
        ci.Run("Report", "Monitor", "--remote", Url, "--remote-mode", "readwrite")
            .ShouldExit(0).ShouldSay("Remote", "stored");
        using var laptop = new Workbench().WithSample("churn")
            .WithSample("demand").WithVariable("MLOPS_REMOTE", Url);

        var plan = laptop.Run("Report", "Monitor", "--plan").ShouldExit(0).ShouldSay("in the remote store");
        var run = laptop.Run("Report", "Monitor").ShouldExit(0).ShouldSay("Remote", "fetched");

        plan.Text.ShouldNotContain("stale");
        plan.Text.ShouldNotContain("pending");
        run.Executed.ShouldBeEmpty();
        run.Text.ShouldNotContain("warning");
        laptop.OutputDigests().ShouldBe(ci.OutputDigests());
        laptop.Run("Report", "Monitor", "--offline").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    /// <remarks>
    /// The history of champions is each machine's own: what was measured against one is
    /// measured without here.
    /// </remarks>
    [Fact]
    public void AFreshCloneOfAModelThatHadAChampionMeasuresItWithoutOne()
    {
        using var ci = new Workbench().WithSample("churn").WithVariable("MLOPS_REMOTE", Url)
            .WithVariable("MLOPS_REMOTE_MODE", "readwrite");
        ci.Run("Package").ShouldExit(0);
        ci.Run("Package", "--set", "train.trainer.leaves=9").ShouldExit(0);
        using var laptop = new Workbench().WithSample("churn").WithVariable("MLOPS_REMOTE", Url);

        laptop.Run("Package", "--set", "train.trainer.leaves=9").ShouldExit(0)
            .Executed.ShouldBe(["churn/Evaluate", "churn/Package"]);

        laptop.Run("Package").ShouldExit(0).Executed.ShouldNotContain("churn/Train");
    }

    [Fact]
    public void ALostStoreIsFetchedAgainAndAnOfflineRunMakesItAgain()
    {
        using var bench = new Workbench().WithSample("churn")
            .WithVariable("MLOPS_REMOTE", Url).WithVariable("MLOPS_REMOTE_MODE", "readwrite");
        bench.Run("Package").ShouldExit(0);
        Directory.Delete(Path.Combine(bench.Workspace, "cas"), recursive: true);
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();

        Directory.Delete(Path.Combine(bench.Workspace, "cas"), recursive: true);
        server.Requests.Clear();
        bench.Run("Package", "--offline").ShouldExit(0).Executed.ShouldContain("churn/Package");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void ADeadRemoteIsSaidOnceAndTheBuildGoesOn()
    {
        var url = Url;
        server.Dispose();
        using var bench = new Workbench().WithSample("churn");

        var run = bench.Run("Package", "--remote", url, "--remote-mode", "readwrite").ShouldExit(0);

        run.Text.Split("ENGINE-").Length.ShouldBe(2);
        run.ShouldSay("ENGINE-042", "--offline");
    }

    [Fact]
    public async Task ProcessesThatShareAWorkspaceAndARemoteAllFinishAndAgree()
    {
        using var ci = new Workbench().WithSample("churn");
        ci.Run("--remote", Url, "--remote-mode", "readwrite").ShouldExit(0);
        using var bench = new Workbench().WithSample("churn").WithVariable("MLOPS_REMOTE", Url);
        Process[] processes = [.. Enumerable.Range(0, 3).Select(_ => bench.Start())];
        var outputs = await Task.WhenAll(
            processes.Select(process => process.StandardOutput.ReadToEndAsync()));
        foreach (var (process, output) in processes.Zip(outputs))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output);
            output.ShouldNotContain("  executed ", Case.Sensitive);
            process.Dispose();
        }

        bench.OutputDigests().ShouldBe(ci.OutputDigests());
        // Whichever process comes first fetches a key; the others wait for it and take it from the workspace.
        var asked = server.Requests.Where(request => request.Kind == RequestKind.GetTrace)
            .Select(request => request.Path).ToList();
        asked.Count.ShouldBe(asked.Distinct().Count());
    }

    [Fact]
    public void CredentialsComeFromTheEnvironmentAndStandNowhere()
    {
        server.Authorization = "Bearer s3cr3t-t0ken";
        using var bench = new Workbench().WithSample("churn")
            .WithVariable("MLOPS_REMOTE_TOKEN", "s3cr3t-t0ken");

        var run = bench.Run("Ingest", "--remote", Url, "--remote-mode", "readwrite", "--verbosity", "verbose")
            .ShouldExit(0);

        run.ShouldSay("stored");
        run.Text.ShouldNotContain("s3cr3t");
        foreach (var file in Directory.GetFiles(bench.PathOf("."), "*", SearchOption.AllDirectories))
            Encoding.Latin1.GetString(File.ReadAllBytes(file))
                .ShouldNotContain("s3cr3t", customMessage: file);
    }

    [Theory]
    [InlineData("https://ci:s3cr3t@cache.example.org/", "BUILD-040")]
    [InlineData("cache.example.org/s3cr3t", "BUILD-040")]
    [InlineData("ftp://cache.example.org/s3cr3t", "BUILD-040")]
    [InlineData("https://cache.example.org/?key=s3cr3t", "BUILD-040")]
    public void AnAddressThatIsNoneIsWrongUsageAndIsNotPrinted(string url, string problem)
    {
        using var bench = new Workbench().WithSample("churn").WithVariable("MLOPS_REMOTE", url);

        bench.Run("Ingest").ShouldExit(2).ShouldSay(problem).Text.ShouldNotContain("s3cr3t");
    }

    [Theory]
    [InlineData("MLOPS_REMOTE_USER", "ci")]
    [InlineData("MLOPS_REMOTE_PASSWORD", "s3cr3t")]
    [InlineData("MLOPS_REMOTE_TOKEN", "s3cr3t s3cr3t")]
    public void HalfCredentialsAreWrongUsage(string variable, string value)
    {
        using var bench = new Workbench().WithSample("churn").WithVariable(variable, value);

        bench.Run("Ingest", "--remote", Url).ShouldExit(2)
            .ShouldSay("BUILD-041").Text.ShouldNotContain("s3cr3t");
    }

    [Fact]
    public void CertificatesThatAreNotThereAreWrongUsage()
    {
        using var bench = new Workbench().WithSample("churn");

        bench.Run("Ingest", "--remote", Url, "--remote-certificates", "nowhere.pem")
            .ShouldExit(2).ShouldSay("BUILD-042", "nowhere.pem");
    }

    /// <remarks>What the runtime loads is in its own trace, in UTF-16.</remarks>
    [Fact]
    public void WhoeverHasEverythingPaysNothingForTheRemote()
    {
        using var bench = new Workbench().WithSample("churn").WithVariable("MLOPS_REMOTE", Url);

        Loaded("first", "Ingest").ShouldContain("System.Net.Http");
        Loaded("second", "Ingest").ShouldNotContain("System.Net.Http");
        Loaded("plan", "Ingest", "--plan").ShouldNotContain("System.Net.Http");
        Loaded("help", "--help").ShouldNotContain("System.Net.Http");

        string Loaded(string name, params string[] arguments)
        {
            var trace = bench.PathOf($"{name}.nettrace");
            bench.WithVariable("DOTNET_EnableEventPipe", "1")
                .WithVariable("DOTNET_EventPipeOutputPath", trace)
                .WithVariable("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:8:4");
            bench.Run(arguments).ShouldExit(0);
            var content = Encoding.Unicode.GetString(File.ReadAllBytes(trace))
                + Encoding.Unicode.GetString(File.ReadAllBytes(trace).AsSpan(1));
            content.ShouldContain("Mlops.Engine");
            return content;
        }
    }

    public void Dispose() => server.Dispose();

    string Url => server.Url.AbsoluteUri;
}
