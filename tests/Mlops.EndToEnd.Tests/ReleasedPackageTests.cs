using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using static Mlops.EndToEnd.Tests.ScoredShop;

namespace Mlops.EndToEnd.Tests;

/// <summary>What was scored, held against a package that was released.</summary>
public sealed class ReleasedPackageTests : IDisposable
{
    readonly Workbench bench = Shop();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(Columns)]
    public void AReleasedPackageAndTheScoredFilesAreEnough(string columns)
    {
        var released = Released(columns);
        using var operations = new Workbench()
            .WithPipeline("shop", AgainstReleased(columns))
            .WithFile("pipelines/shop/scored/01.csv",
                "plan,size,day,id\n" + Reordered(2000, 600, new DateOnly(2026, 1, 1), 0))
            .WithFile("pipelines/shop/scored/02.csv",
                Header(true) + Rows(3000, 600, new DateOnly(2026, 2, 1), 0, true));

        Release(operations, released);

        var run = operations.Run("Monitor").ShouldExit(0);

        run.Executed.ShouldBe(
            [
                "shop/OpenPackage", "shop/IngestScored", "shop/ValidateScored", "shop/Monitor",
                "shop/DriftReport",
            ], ignoreOrder: true);
        var page = File.ReadAllText(Path.Combine(operations.Output, "shop", "drift.html"));
        page.ShouldContain("the released package releases/shop-1.0.0.zip, shop 1.0.0, SHA-256 "
            + Convert.ToHexStringLower(SHA256.HashData(released)));
        page.ShouldContain("2026-02");
        operations.Run("Monitor").ShouldExit(0).Executed.ShouldBeEmpty();
        operations.Run("Explain", "--step", "OpenPackage").ShouldExit(0).ShouldSay("releases/shop-1.0.0.zip");
        operations.Run("Reproduce", "--step", "OpenPackage").ShouldExit(0).ShouldSay("1 of 1 step");

        operations.WithFile("pipelines/shop/scored/03.csv",
            "plan,size,day,id\n" + Reordered(4000, 900, new DateOnly(2026, 3, 1), 8));
        var drifted = operations.Run("Monitor").ShouldExit(1)
            .ShouldSay("size drifted", "(prediction) drifted");
        drifted.Rejected.ShouldBe(["shop/Monitor"]);
        drifted.Executed.ShouldNotContain("shop/OpenPackage");
    }

    [Fact]
    public void OnlyAWholePackageOfTheSameQuestionIsAReference()
    {
        var released = Released(Columns);
        using var operations = new Workbench()
            .WithPipeline("shop", AgainstReleased(Columns))
            .WithFile("pipelines/shop/scored/01.csv",
                Header(true) + Rows(2000, 600, new DateOnly(2026, 1, 1), 0, true));

        operations.Run("Monitor").ShouldExit(1).ShouldSay(
            "PIPE-008", "releases/shop-1.0.0.zip", "bring the released file");

        Release(operations, [.. released.Take(released.Length / 2)]).Run("Monitor").ShouldExit(1).ShouldSay(
                "PACK-001", "not a model package, or it was changed", "bring the file that was released");

        Release(operations, Zip(("../outside", "x"))).Run("Monitor").ShouldExit(1).ShouldSay(
            "PACK-001", "the entry name '../outside' is not allowed");
        Release(operations, Zip(("schema.json", """{"format-version":1}"""))).Run("Monitor").ShouldExit(1)
            .ShouldSay("PACK-001", "'schema.json' is not whole");

        Release(operations, released)
            .Edit("pipelines/shop/pipeline.yaml", yaml => yaml.Replace("label: amount", "label: size")
                .Replace("size: { min: 0, fail-above: 0.1 }", "id: { min: 0 }")
                .Replace("amount: { required: true }", "size: { required: true }"))
            .Run("Monitor").ShouldExit(1).ShouldSay(
                "PACK-004", "regression of 'size', as train says",
                "regression of 'amount', by pipeline 'shop'");
    }

    [Fact]
    public void OwnDataIsHeldAgainstAReleasedPackageUnlessAStrictRunIsWarnedOfIt()
    {
        var released = Released(Columns);
        Release(bench, released).WithPipeline("shop", AgainstReleased(Columns)
                .Replace("sources: scored/*.csv", "current: { from: 2025-01-10 }", StringComparison.Ordinal)
                .Replace("trees: 10", "trees: 7", StringComparison.Ordinal));

        bench.Run("Monitor").ShouldExit(0).Executed.ShouldNotContain("shop/Train");

        // Nothing else stands between: a model of one's own would not have been made.
        bench.Run("Monitor", "--strict").ShouldExit(1).ShouldSay(
            "shop/Monitor did not run: shop/Validate has warnings, which --strict does not let pass");
    }

    /// <summary>What it was made of is not known, and what is scored today may be learnt from next.</summary>
    [Fact]
    public void WhatAReleasedPackageIsHeldAgainstMayBeLearntFrom()
    {
        bench.WithPipeline("shop", AgainstReleased(Columns).Replace(
            "sources: data.csv", "sources: [data.csv, scored/02.csv]", StringComparison.Ordinal));

        bench.Run("Ingest").ShouldExit(0).Text.ShouldNotContain("YAML-015");
    }

    byte[] Released(string columns)
    {
        bench.WithPipeline("shop", Yaml(columns));
        bench.Run("Package").ShouldExit(0);
        return File.ReadAllBytes(Path.Combine(bench.Output, "shop", "shop-1.0.0.zip"));
    }

    static string AgainstReleased(string columns) => Yaml(columns).Replace(
        "reference: package", "reference: { package: releases/shop-1.0.0.zip }", StringComparison.Ordinal);

    /// <summary>With a manifest that is right: whoever forges a package can make one.</summary>
    static byte[] Zip(params (string Name, string Content)[] entries)
    {
        var manifest = string.Concat(entries.Select(entry =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Content)))
                + $"  {entry.Name}\n"));
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries.Append(("MANIFEST", manifest)))
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        return bytes.ToArray();
    }

    static Workbench Release(Workbench bench, byte[] package)
    {
        var path = bench.PathOf("pipelines/shop/releases/shop-1.0.0.zip");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, package);
        return bench;
    }
}
