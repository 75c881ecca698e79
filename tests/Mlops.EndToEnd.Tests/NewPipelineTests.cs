namespace Mlops.EndToEnd.Tests;

/// <summary>A person's own file becomes a running pipeline with one command.</summary>
public sealed class NewPipelineTests
{
    [Fact]
    public void AFileBecomesAPipelineThatBuildsUnedited()
    {
        var rows = Enumerable.Range(0, 300).Select(row =>
            FormattableString.Invariant($"H{row},{row % 13},{row % 5},{3 * (row % 13) + row % 5}"));
        using var bench = new Workbench().WithFile(
            "Houses.csv", $"house;rooms;floor;rent\n{string.Join('\n', rows)}\n".Replace(',', ';'));

        bench.Run("New", "--data", bench.PathOf("Houses.csv"), "--label", "rent").ShouldExit(0)
            .ShouldSay("pipelines/houses/pipeline.yaml", "300 rows, 4 columns",
                "predicts 'rent' (regression)", "--pipeline houses");

        bench.Run().ShouldExit(0).Executed.ShouldContain("houses/Package");
        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void PublicFilesBecomePipelinesThatBuildUnedited()
    {
        using var bench = new Workbench();
        (string File, string Label)[] files =
        [
            ("telco-churn/Telco-Customer-Churn.csv", "Churn"), ("penguins/penguins.csv", "species"),
            ("dirty-autos/imports-85.data", "column-26"), ("bike-sharing/day.csv", "cnt"),
        ];

        foreach (var (file, label) in files)
            bench.Run("New", "--data", Repository.RequireData(file), "--label", label).ShouldExit(0);
        var run = bench.Run().ShouldExit(0);

        run.Executed.Count(step => step.EndsWith("/Package", StringComparison.Ordinal))
            .ShouldBe(files.Length);
    }

    [Fact]
    public void WhatCannotBeMadeIsAWrongUseAndChangesNothing()
    {
        using var bench = new Workbench().WithSample("churn");

        bench.Run("New", "--data", bench.PathOf("pipelines/churn/pipeline.yaml"), "--name", "churn")
            .ShouldExit(2)
            .ShouldSay("PIPE-011", "There is a folder for a pipeline 'churn' already.");
        bench.Run("New", "--data", "nowhere.csv").ShouldExit(2).ShouldSay("PIPE-010", "nowhere.csv");
    }
}
