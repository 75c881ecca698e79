namespace Mlops.EndToEnd.Tests;

/// <summary>What runs, and what does not, after each kind of change.</summary>
public sealed class IncrementalTests
{
    [Fact]
    public void TheSamplesGoAllTheWayAndThenNothingRuns()
    {
        using var bench = new Workbench().WithSample("churn").WithSample("demand");

        var first = bench.Run().ShouldExit(0).ShouldSay(Path.Combine(bench.Output, "index.html"));
        first.Executed.ShouldContain("churn/Package");
        first.Executed.ShouldContain("Index");
        File.ReadAllLines(Path.Combine(bench.Workspace, "ledger.jsonl"))[0].ShouldContain("churn/Package");

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();

        foreach (var file in Directory.GetFiles(bench.Pipelines, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void AnOverriddenParameterRunsWhatThePlanSaidForTheReasonItGave()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run().ShouldExit(0);
        string[] command = ["Train", "Evaluate", "--pipeline", "churn", "--set", "train.trainer.leaves=64"];

        var plan = bench.Run([.. command, "--plan"]).ShouldExit(0);
        plan.ShouldSay("churn/Train", "`train.trainer.leaves`", "→ 64");
        plan.Executed.ShouldBeEmpty();
        var run = bench.Run(command).ShouldExit(0);

        run.Executed.ShouldBe(["churn/Train", "churn/Evaluate"]);
        run.ReasonOf("churn/Train").ShouldContain("`train.trainer.leaves`");
        bench.Run(command).ShouldExit(0).Executed.ShouldBeEmpty();
        bench.Run("Train").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void AChangeThatDoesNotAlterTheDataStopsAtIngest()
    {
        using var bench = new Workbench().WithSample("demand");
        bench.Run("Package").ShouldExit(0);
        var file = Directory.GetFiles(Path.Combine(bench.Pipelines, "demand"), "*.csv")
            .Order(StringComparer.Ordinal).First();

        // A blank before a number is no part of it.
        bench.Edit(Path.GetRelativePath(bench.PathOf("."), file),
            text => text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var run = bench.Run("Package").ShouldExit(0);

        run.Executed.ShouldBe(["demand/Ingest"]);
        run.ReasonOf("demand/Ingest").ShouldContain($"`{Path.GetFileName(file)}` changed");
    }

    [Fact]
    public void GoingBackToAnEarlierParameterRunsNothing()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run().ShouldExit(0);
        var before = bench.OutputDigests();
        bench.Run("--set", "train.trainer.leaves=9").ShouldExit(0).Executed.ShouldContain("churn/Package");

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();

        bench.OutputDigests().ShouldBe(before);
    }

    [Fact]
    public void ANewModelIsMeasuredAgainstTheOnePackagedBefore()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run("Package").ShouldExit(0);

        bench.Run("Package", "--set", "train.trainer.leaves=9").ShouldExit(0)
            .ReasonOf("churn/Evaluate").ShouldContain("`champion` added");
    }

    [Fact]
    public void OneChangedFileOfManyIsParsedAlone()
    {
        using var bench = new Workbench().WithSample("demand");
        bench.Run("Ingest").ShouldExit(0);
        var parsed = Parsed(bench);
        parsed.ShouldBe(Directory.GetFiles(Path.Combine(bench.Pipelines, "demand"), "*.csv").Length);
        var file = Directory.GetFiles(Path.Combine(bench.Pipelines, "demand"), "*.csv")
            .Order(StringComparer.Ordinal).Last();

        File.WriteAllLines(file, File.ReadLines(file).SkipLast(1).ToList());
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["demand/Ingest"]);

        Parsed(bench).ShouldBe(parsed + 1);
    }

    static int Parsed(Workbench bench) =>
        Directory.GetFiles(Path.Combine(bench.Workspace, "traces"), "*", SearchOption.AllDirectories)
            .Count(trace => File.ReadAllText(trace)
                .Contains("\"stage\":\"Ingest.ParseSource\"", StringComparison.Ordinal));

    [Fact]
    public void CommentsAndDefaultsWrittenOutChangeNothing()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run().ShouldExit(0);

        bench.Edit("pipelines/churn/pipeline.yaml", yaml => "# a comment\n" + yaml);

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void DeletedOutputsComeBackFromTheStore()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Run().ShouldExit(0);
        var before = bench.OutputDigests();

        Directory.Delete(bench.Output, recursive: true);

        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
        bench.OutputDigests().ShouldBe(before);
    }

    [Fact]
    public void ARunOverOnePipelineKeepsTheOtherOnTheFrontPage()
    {
        using var bench = new Workbench().WithSample("churn").WithSample("demand");
        bench.Run().ShouldExit(0);

        bench.Run("--pipeline", "churn", "--set", "train.trainer.leaves=8").ShouldExit(0);

        File.ReadAllText(Path.Combine(bench.Output, "index.html")).ShouldContain("demand");
        bench.Run("--pipeline", "churn", "--set", "train.trainer.leaves=8")
            .ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void OneChangedMarketRetrainsAlone()
    {
        using var bench = new Workbench().WithSample("demand");
        bench.Run("Train").ShouldExit(0);
        var file = Directory.GetFiles(Path.Combine(bench.Pipelines, "demand"), "*.csv")
            .Order(StringComparer.Ordinal).First();
        var market = MarketOfFirstRow(File.ReadAllLines(file), out var changed);

        File.WriteAllText(file, string.Join('\n', changed) + "\n");
        var run = bench.Run("Train").ShouldExit(0);

        run.Executed.Where(step => step.EndsWith("/Train", StringComparison.Ordinal))
            .ShouldBe([$"demand[{market}]/Train"]);
    }

    /// <summary>Removes the first row, and says which market it was of.</summary>
    static string MarketOfFirstRow(string[] lines, out IEnumerable<string> without)
    {
        without = lines.Take(1).Concat(lines.Skip(2));
        return lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), "market")];
    }
}
