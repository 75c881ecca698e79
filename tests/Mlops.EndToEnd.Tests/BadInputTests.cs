namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Mistakes that people make, each with its exit code and a message to act on; nothing is lost.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    const string Header = "id,age,plan,left";

    static readonly string Yaml = """
        name: small
        data:
          sources: "*.csv"
          key: [id]
          columns: { id: integer, age: integer, plan: text, left: boolean }
          quarantine: { max-share: 0.05 }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: binary, label: left, trainer: { name: fast-tree, trees: 5, min-rows-per-leaf: 2 } }
        evaluate: { metrics: [auc], gates: [] }
        package: { version: 1.0.0 }
        """;

    readonly Workbench bench = new Workbench().WithPipeline("small", Yaml);

    static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(
        i => $"{i},{20 + i % 50},{(i % 3 == 0 ? "gold" : "basic")},{(i % 50 > 20 ? "true" : "false")}\n"));

    [Fact]
    public void GoodDataPasses() => WithData($"{Header}\n{Rows(200)}").Run().ShouldExit(0);

    [Fact]
    public void AMissingFileIsNamedWithItsGlob() =>
        bench.Run().ShouldExit(1).ShouldSay("PIPE-001", "No file matches the source '*.csv'");

    [Fact]
    public void AnEmptyFileIsNamed() => WithData("").Run().ShouldExit(1).ShouldSay("data.csv", "empty");

    [Fact]
    public void AFileWithAHeaderOnlyIsNamed() =>
        WithData(Header + "\n").Run().ShouldExit(1).ShouldSay("data.csv");

    /// <summary>After a fault, in reading or in training, there is no audit page to lead to.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void TheFrontPageLinksNoPageThatWasNotMade(int rows)
    {
        var same = string.Concat(Enumerable.Range(0, rows).Select(
            i => $"{i},20,gold,{(i % 50 > 20 ? "true" : "false")}\n"));
        WithData($"{Header}\n{same}").Run().ShouldExit(1);

        var page = File.ReadAllText(Path.Combine(bench.Output, "index.html"));
        page.ShouldContain("stopped at");
        page.ShouldNotContain("small/audit.html");
        File.Exists(Path.Combine(bench.Output, "small", "audit.html")).ShouldBeFalse();
    }

    [Fact]
    public void AWrongDelimiterIsGuessedAt() =>
        WithData($"{Header}\n{Rows(50)}".Replace(',', ';')).Run()
            .ShouldExit(1).ShouldSay("data.csv", "delimiter", ";");

    [Fact]
    public void RaggedRowsGoToQuarantineWithTheirLine() =>
        WithData($"{Header}\n{Rows(200)}7,8\n").Run().ShouldExit(0).ShouldSay("202");

    [Fact]
    public void BadNumbersBeyondTheLimitRejectTheDatasetAndTheReportShowsThem()
    {
        var run = WithData(
            $"{Header}\n{Rows(100)}{string.Concat(Enumerable.Repeat("1,old,gold,true\n", 30))}").Run()
                .ShouldExit(1);

        run.Rejected.ShouldBe(["small/Ingest"]);
        run.ShouldSay("age", "'old'");
        File.ReadAllText(Path.Combine(bench.Output, "small", "audit.html")).ShouldContain("old");
        bench.Run().ShouldExit(1).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void WhatWouldSteerATerminalIsShownInstead() =>
        WithData($"{Header}\n{Rows(100)}1,\u001b[2Jold,gold,true\n").Run()
            .ShouldExit(0).ShouldSay("\\u001b[2Jold").Text.ShouldNotContain('\u001b');

    [Fact]
    public void AnAbsentLabelColumnIsSuggestedFor() =>
        WithData($"{Header}\n{Rows(50)}").With("label: left", "label: lefft").Run()
            .ShouldExit(2).ShouldSay("lefft", "left", "pipeline.yaml(");

    [Fact]
    public void AConstantLabelIsRejected() =>
        WithData($"{Header}\n{Rows(60).Replace("true", "false", StringComparison.Ordinal)}").Run()
            .ShouldExit(1).ShouldSay("left");

    [Fact]
    public void AnUnknownTrainerGetsTheNearestKnown() =>
        WithData($"{Header}\n{Rows(50)}").With("fast-tree", "fast-three").Run()
            .ShouldExit(2).ShouldSay("fast-three", "fast-tree");

    [Fact]
    public void AnUnknownKeyGetsItsPlaceAndTheNearestKnown() =>
        WithData($"{Header}\n{Rows(50)}").With("metrics:", "metrix:").Run()
            .ShouldExit(2).ShouldSay("pipeline.yaml(9,", "metrix", "metrics");

    [Fact]
    public void TwoPipelinesOfOneNameAreBothNamed() =>
        WithData($"{Header}\n{Rows(50)}").WithPipeline("other", Yaml).Run()
            .ShouldExit(2).ShouldSay("small", "other");

    [Fact]
    public void AGateOnAnUnknownMetricGetsTheNearestKnown() =>
        WithData($"{Header}\n{Rows(50)}").With("gates: []", "gates: [{ metric: aucc, min: 0.5 }]").Run()
            .ShouldExit(2).ShouldSay("aucc", "auc");

    [Fact]
    public void AMatrixValueWithoutRowsIsNamed() =>
        WithData($"{Header}\n{Rows(200)}")
            .With("name: small", "name: small\nmatrix: { column: plan, values: [gold, silver] }").Run()
            .ShouldExit(1).ShouldSay("silver", "'basic'", "'gold'");

    [Fact]
    public void AFailedGateStillReportsAndFailsAgainWithoutRunning()
    {
        WithData($"{Header}\n{Rows(200)}").With("gates: []", "gates: [{ metric: auc, max: 0.1 }]");

        bench.Run().ShouldExit(1).Rejected.ShouldBe(["small/Evaluate"]);

        File.Exists(Path.Combine(bench.Output, "small", "audit.html")).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(bench.Output, "small"), "*.zip").ShouldBeEmpty();
        var again = bench.Run().ShouldExit(1);
        again.Executed.ShouldBeEmpty();
        again.Rejected.ShouldBe(["small/Evaluate"]);
    }

    [Fact]
    public void AnUnknownTargetGetsTheNearestKnown() =>
        bench.Run("Trian").ShouldExit(2).ShouldSay("Trian", "Train");

    [Fact]
    public void AnUnknownPipelineGetsTheNearestKnown() =>
        WithData($"{Header}\n{Rows(50)}").Run("--pipeline", "smal").ShouldExit(2).ShouldSay("smal", "small");

    [Fact]
    public void AnOverrideOfAnUnknownValueGetsTheNearestKnown() =>
        WithData($"{Header}\n{Rows(50)}").Run("--set", "train.trainer.leafs=4")
            .ShouldExit(2).ShouldSay("leafs", "leaves");

    public void Dispose() => bench.Dispose();

    Workbench WithData(string csv) => bench.WithFile("pipelines/small/data.csv", csv);
}

static class WorkbenchEdits
{
    /// <summary>The small pipeline with one text replaced by another.</summary>
    public static Workbench With(this Workbench bench, string before, string after) =>
        bench.Edit("pipelines/small/pipeline.yaml",
            yaml => yaml.Replace(before, after, StringComparison.Ordinal));
}
