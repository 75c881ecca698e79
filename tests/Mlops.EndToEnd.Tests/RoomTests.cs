namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What is no longer current goes: from the output folder by itself, from the store when room is made.
/// </summary>
public sealed class RoomTests
{
    [Fact]
    public void APackageThatIsNoLongerMadeDoesNotStayAsIfItWereCurrent()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run().ShouldExit(0);
        Packages(bench).ShouldBe(["churn/churn-1.0.0.zip"]);

        bench.Edit("pipelines/churn/pipeline.yaml", yaml => yaml.Replace("version: 1.0.0", "version: 1.1.0"));
        bench.Run().ShouldExit(0).ShouldSay("removed", "churn-1.0.0.zip");
        Packages(bench).ShouldBe(["churn/churn-1.1.0.zip"]);

        // A bound that nobody reaches: the model is rejected, its report says so, and its package goes.
        bench.Edit("pipelines/churn/pipeline.yaml", yaml => yaml.Replace("min: 0.72", "min: 0.9999"));
        bench.Run().ShouldExit(1).ShouldSay("removed", "churn-1.1.0.zip");
        bench.OutputDigests().Keys.ShouldBe(
            ["churn/audit.html", "churn/quarantine.csv", "churn/quarantine.raw/customers-1.csv",
                "churn/quarantine.raw/customers-2.csv", "index.html"], ignoreOrder: true);

        bench.Edit("pipelines/churn/pipeline.yaml", yaml => yaml.Replace("min: 0.9999", "min: 0.72"));
        bench.Run().ShouldExit(0).Executed.ShouldNotContain("churn/Package");
        Packages(bench).ShouldBe(["churn/churn-1.1.0.zip"]);
    }

    [Fact]
    public void WhatAPipelineMadeThatIsNoMoreGoes()
    {
        using var bench = new Workbench().WithSample("churn").WithSample("demand");
        bench.Run("Package").ShouldExit(0);
        Directory.Delete(Path.Combine(bench.Pipelines, "demand"), recursive: true);

        bench.Run("Package", "--pipeline", "churn").ShouldExit(0);
        Packages(bench).Count().ShouldBeGreaterThan(1);
        bench.Run("Package").ShouldExit(0);

        Packages(bench).ShouldBe(["churn/churn-1.0.0.zip"]);
        bench.Run("Gc", "--plan", "--keep-days", "0")
            .ShouldExit(0).ShouldSay("would free", "demand: ", "notes of");
        bench.Run("Gc", "--keep-days", "0").ShouldExit(0).ShouldSay("freed", "demand: ", "notes of");
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void GcSaysWhatItWouldFreeFreesItAndWhatIsCurrentStays()
    {
        using var bench = new Workbench().WithSample("churn");
        // Without a package: a packaged model is a release, and stays.
        bench.Run("Evaluate", "--set", "train.trainer.leaves=12").ShouldExit(0);
        bench.Run("Package").ShouldExit(0);
        var before = bench.OutputDigests();
        string[] keep = ["--keep-runs", "1", "--keep-days", "0"];

        bench.Run(["Gc", "--plan", .. keep]).ShouldExit(0).ShouldSay("would free", "churn/Train: 1 result");
        bench.Run(["Gc", .. keep]).ShouldExit(0).ShouldSay("freed", "churn/Train: 1 result", "in total");
        bench.Run(["Package", "Gc", .. keep]).ShouldExit(0).ShouldSay("0 B  in total");

        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
        Directory.Delete(bench.Output, recursive: true);
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
        bench.OutputDigests().ShouldBe(before);
        bench.Run("Package", "--set", "train.trainer.leaves=12")
            .ShouldExit(0).Executed.ShouldContain("churn/Train");
    }

    [Theory]
    [InlineData("BUILD-030", "--max-size", "much")]
    [InlineData("BUILD-031", "--keep-runs", "0")]
    public void GcRefusesWhatItCannotMean(string problem, string parameter, string value)
    {
        using var bench = new Workbench().WithSample("churn");

        bench.Run("Gc", parameter, value).ShouldExit(2).ShouldSay(problem);
    }

    static IEnumerable<string> Packages(Workbench bench) =>
        bench.OutputDigests().Keys.Where(path => path.EndsWith(".zip", StringComparison.Ordinal));
}
