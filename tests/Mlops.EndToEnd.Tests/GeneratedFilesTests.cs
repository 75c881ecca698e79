namespace Mlops.EndToEnd.Tests;

/// <summary>What is committed is what the project's own generators write.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void SampleDataAndSchemaAreFresh()
    {
        using var bench = new Workbench();
        var parameters = Path.Combine(Repository.Root, "build", "parameters.schema.json");
        var committed = File.ReadAllText(parameters);

        bench.Run("Samples", "Schema").ShouldExit(0);

        File.ReadAllText(parameters)
            .ShouldBe(committed, "build/parameters.schema.json was not what the build writes; now it is");

        var written = Directory.GetFiles(bench.Pipelines, "*", SearchOption.AllDirectories);
        written.Length.ShouldBeGreaterThan(10);
        foreach (var file in written)
            File.ReadAllBytes(file).ShouldBe(
                File.ReadAllBytes(Path.Combine(
                    Repository.Root, "pipelines", Path.GetRelativePath(bench.Pipelines, file))), file);
    }

    [Fact]
    public void WhatCiServersDoIsFresh()
    {
        using var bench = new Workbench();
        bench.Run("GenerateCi", "--check").ShouldExit(0);
    }

    [Fact]
    public void SampleDataStaysUnderAMegabyte() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "pipelines"), "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length).ShouldBeLessThan(1_000_000);
}
