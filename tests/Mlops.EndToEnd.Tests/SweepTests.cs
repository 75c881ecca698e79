namespace Mlops.EndToEnd.Tests;

/// <summary>A sweep costs what its new trials cost.</summary>
public sealed class SweepTests
{
    const string Sweep =
        "\n  sweep: { metric: auc, folds: 2, options: { leaves: [2, 8], trees: "
        + "[5] } }\n  seed: 1\n\nevaluate:";

    [Fact]
    public void AnAddedValueRunsItsOwnTrialAndWhatTheChoiceChanges()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Edit("pipelines/churn/pipeline.yaml",
            yaml => yaml.Replace("\n  seed: 1\n\nevaluate:", Sweep, StringComparison.Ordinal));
        bench.Run().ShouldExit(0);
        Trials(bench).ShouldBe(2);
        var page = File.ReadAllText(Path.Combine(bench.Output, "churn", "audit.html"));
        page.ShouldContain("How the trainer's options were chosen");
        page.ShouldContain("2 trials, the best first");

        bench.Edit("pipelines/churn/pipeline.yaml",
            yaml => yaml.Replace("trees: [5]", "trees: [1, 5]", StringComparison.Ordinal));
        var run = bench.Run().ShouldExit(0);

        Trials(bench).ShouldBe(4);
        run.ReasonOf("churn/Train").ShouldContain("train.sweep.options");
        // The same trial is still the best: its model goes on as it was.
        run.Executed.ShouldBe(["churn/Train", "churn/Report"]);
        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
    }

    static int Trials(Workbench bench) =>
        Directory.GetFiles(Path.Combine(bench.Workspace, "traces"), "*", SearchOption.AllDirectories)
            .Count(trace =>
                File.ReadAllText(trace).Contains("\"stage\":\"Train.Trial\"", StringComparison.Ordinal));
}
