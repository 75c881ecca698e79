using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.EndToEnd.Tests;

/// <summary>Files of what was scored, watched in place of the data that the model was made of.</summary>
public sealed class ScoredFilesTests : IDisposable
{
    const string Columns = "columns: { id: integer, day: date, size: real, plan: text, amount: real }";

    readonly Workbench bench = new Workbench()
        .WithFile("pipelines/shop/data.csv", Header(true) + Rows(0, 1000, new DateOnly(2025, 1, 1), 0, true))
        .WithFile("pipelines/shop/scored/01.csv",
            "plan,size,day,id\n" + Reordered(2000, 300, new DateOnly(2026, 1, 1), 0))
        .WithFile("pipelines/shop/scored/02.csv",
            Header(true) + Rows(3000, 300, new DateOnly(2026, 2, 1), 0, true));

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(Columns)]
    public void ANewFileIsHeldAgainstThePackageAndNoTrainingRowIsRead(string columns)
    {
        bench.WithPipeline("shop", Yaml(columns));
        bench.Run("Package").ShouldExit(0);
        var trainingRows = Parts();
        bench.Run("Monitor").ShouldExit(0);
        Spoil(trainingRows);
        bench.WithFile("pipelines/shop/scored/03.csv",
            "plan,size,day,id\n" + Reordered(4000, 600, new DateOnly(2026, 3, 1), 8)
            + "basic,much,2026-03-01,9\n");

        var run = bench.Run("Monitor").ShouldExit(1).ShouldSay(
            "size drifted: JS ", "(prediction) drifted: JS ", "1 of 1,201 rows", "'much' is not a");

        run.Executed.ShouldBe(
            ["shop/IngestScored", "shop/ValidateScored", "shop/DriftReport"], ignoreOrder: true);
        run.Rejected.ShouldBe(["shop/Monitor"]);
        run.Text.ShouldNotContain("seconds");
        run.ReasonOf("shop/DriftReport").ShouldContain("monitor");
        run.Text.ShouldNotContain("missing 0 %");
        run.Text.ShouldNotContain("amount");
        var page = File.ReadAllText(Path.Combine(bench.Output, "shop", "drift.html"));
        page.ShouldContain("scored/03.csv");
        page.ShouldContain("2026-02");
        bench.Run("Monitor").Executed.ShouldBeEmpty();

        trainingRows.ShouldAllBe(file => File.ReadAllBytes(file)[0] == 0, "nobody missed them");

        // What reads them does, and makes them again.
        bench.Edit("pipelines/shop/pipeline.yaml", yaml => yaml.Replace("trees: 10", "trees: 9"))
            .Run("Train").ShouldExit(0);
        trainingRows.ShouldContain(file => File.ReadAllBytes(file)[0] == (byte)'P');
    }

    [Fact]
    public void ChecksTakeRowsOutAndRedactionReachesThem()
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace(
                "validate: {", "validate: { redact: [plan], ", StringComparison.Ordinal))
            .WithFile("pipelines/shop/scored/03.csv", Header(false)
                + Rows(6000, 200, new DateOnly(2026, 3, 1), 0, false)
                + "7001,2026-03-01,-4,secret-plan\nx,2026-03-01,2,secret-plan\n");

        var run = bench.Run("Monitor", "Report").ShouldExit(0)
            .ShouldSay("taken out: 1 row that failed 'range:size'");

        var page = File.ReadAllText(Path.Combine(bench.Output, "shop", "drift.html"));
        page.ShouldContain("801 rows read and 1 that did not parse, from 3 files. Checks took out 1;");
        var aside = Handed("shop/scored-quarantine.csv");
        aside.ShouldContain("7001,2026-03-01,-4");
        (run.Text + page + aside).ShouldNotContain("secret-plan");
        Directory.Exists(Path.Combine(bench.Output, "shop", "scored-quarantine.raw")).ShouldBeFalse();
    }

    [Fact]
    public void AStrictRunHoldsNothingAgainstThePackageThatTheChecksWarnOf()
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace(
                "columns: { amount: { required: true }, size: { min: 0,",
                "leakage: { label: info, time: info }, columns: { size: { max: 30, severity: warn,",
                StringComparison.Ordinal))
            .WithFile("pipelines/shop/scored/03.csv",
                Header(false) + Rows(6000, 200, new DateOnly(2026, 3, 1), 25, false));
        bench.Run("Package", "--strict").ShouldExit(0);

        var run = bench.Run("Monitor", "--strict").ShouldExit(1).ShouldSay(
            "shop/Monitor did not run: shop/ValidateScored has warnings, which --strict does not let pass");

        run.Executed.ShouldNotContain("shop/Monitor");
        bench.Run("Monitor").Text.ShouldNotContain("strict");
    }

    [Theory]
    [InlineData("max-share: 0.01")]
    [InlineData("max-share: 1, max-count: 3")]
    public void ScoredFilesAreHeldToTheLimitsOfTheData(string limit)
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace("max-share: 0.01", limit, StringComparison.Ordinal))
            .WithFile("pipelines/shop/scored/03.csv", Header(false)
                + Rows(6000, 200, new DateOnly(2026, 3, 1), 0, false)
                + string.Concat(Enumerable.Repeat("x,2026-03-01,2,basic\n", 4)));

        var run = bench.Run("Monitor").ShouldExit(1).ShouldSay("4 of 804 rows", "scored/03.csv 4 of 204");

        run.Rejected.ShouldBe(["shop/IngestScored"], run.Text);
    }

    /// <summary>Why a row did not parse quotes its cell.</summary>
    [Fact]
    public void ReasonsQuoteNothingOfScoredFilesThatIsRedacted()
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace(
                "validate: {", "validate: { redact: [size], ", StringComparison.Ordinal))
            .WithFile("pipelines/shop/scored/03.csv", Header(false)
                + Rows(6000, 200, new DateOnly(2026, 3, 1), 0, false) + "7001,2026-03-01,secret-size,gold\n");

        bench.Run("Monitor").ShouldSay("1 of 801 rows", "does not parse").Text.ShouldNotContain("secret-size");
    }

    [Fact]
    public void EachCellIsHeldAgainstItsOwnPackage()
    {
        bench.WithPipeline("shop", Yaml(Columns) + "\nmatrix: plan\n")
            .WithFile("pipelines/shop/scored/03.csv",
                Header(false) + Rows(5000, 600, new DateOnly(2026, 3, 1), 8, false, plan: "basic"));

        var run = bench.Run("Monitor");

        run.Rejected.ShouldBe(["shop[basic]/Monitor"], run.Text);
        run.Executed.ShouldContain("shop/PartitionScored");
        run.Executed.ShouldContain("shop[gold]/Monitor");
    }

    [Fact]
    public void WithoutAScoredFileTheModelIsMadeAllTheSame()
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace("scored/*", "later/*", StringComparison.Ordinal));

        bench.Run("Package").ShouldExit(0);
        bench.Run("Monitor").ShouldExit(1).ShouldSay(
            "PIPE-001", "No file matches the source 'later/*.csv'", "Correct monitor.sources");
    }

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
        operations.Run("Reproduce", "--step", "OpenPackage").ShouldExit(0).ShouldSay("1 of 1 steps");

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

    [Fact]
    public void AClassifierThatCanNeverRunIsWarnedOfWhereItStands()
    {
        bench.WithPipeline("shop", Yaml(Columns) + "\n")
            .Edit("pipelines/shop/pipeline.yaml", yaml => yaml.Replace(
                "monitor: { ", "monitor: { classifier: true, "));

        bench.Run("Ingest").ShouldExit(0).ShouldSay(
            "pipelines/shop/pipeline.yaml(12,12)", "YAML-014", "The classifier never runs",
            "Remove monitor.classifier");
    }

    [Fact]
    public void AFileThatIsTrainedOnAndWatchedIsWarnedOf()
    {
        bench.WithPipeline("shop", Yaml(Columns).Replace(
            "sources: data.csv", "sources: [data.csv, ./scored/02.csv]", StringComparison.Ordinal));

        var run = bench.Run("Ingest").ShouldExit(0).ShouldSay(
            "pipelines/shop/pipeline.yaml(12,12)", "YAML-015", "both match 'scored/02.csv'",
            "data.sources in line 3", "Take them out of monitor.sources");
        run.Text.ShouldNotContain("scored/01.csv");

        bench.Edit("pipelines/shop/pipeline.yaml", yaml => yaml.Replace(", ./scored/02.csv", ""))
            .Run("Ingest").ShouldExit(0).Text.ShouldNotContain("YAML-015");
    }

    /// <summary>What it was made of is not known, and what is scored today may be learnt from next.</summary>
    [Fact]
    public void WhatAReleasedPackageIsHeldAgainstMayBeLearntFrom()
    {
        bench.WithPipeline("shop", AgainstReleased(Columns).Replace(
            "sources: data.csv", "sources: [data.csv, scored/02.csv]", StringComparison.Ordinal));

        bench.Run("Ingest").ShouldExit(0).Text.ShouldNotContain("YAML-015");
    }

    [Fact]
    public void RowsSetAsideAreHandedBackBesideTheDriftPage()
    {
        bench.WithPipeline("shop", Yaml(Columns)).WithFile("pipelines/shop/scored/03.csv",
            Header(false) + Rows(6000, 200, new DateOnly(2026, 3, 1), 0, false)
            + "7001,2026-03-01,-4,\"gold\"\nx,2026-03-01, 2 ,basic\n");

        bench.Run("Monitor").ShouldExit(0);

        Handed("shop/scored-quarantine.csv").ShouldContain("7001,2026-03-01");
        Handed("shop/scored-quarantine.raw/scored/03.csv").ShouldBe(
            Header(false) + "7001,2026-03-01,-4,\"gold\"\nx,2026-03-01, 2 ,basic\n");
        Handed("shop/drift.html").ShouldContain(
            "802 rows read = 800 kept + 1 that did not parse + 1 that checks");

        bench.Edit("pipelines/shop/scored/03.csv", text => text.Replace("x,2026", "7002,2026"))
            .Edit("pipelines/shop/scored/03.csv", text => text.Replace(",-4,", ",4,"))
            .Run("Monitor").ShouldExit(0);
        Directory.Exists(Path.Combine(bench.Output, "shop", "scored-quarantine.raw")).ShouldBeFalse();
        File.Exists(Path.Combine(bench.Output, "shop", "scored-quarantine.csv")).ShouldBeFalse();
    }

    [Fact]
    public void RowsSetAsideOfACellLieBesideItsPageAndThoseOfNoneAbove()
    {
        bench.WithPipeline("shop", Yaml(Columns) + "\nmatrix: plan\n")
            .WithFile("pipelines/shop/scored/03.csv",
                Header(false) + Rows(6000, 200, new DateOnly(2026, 3, 1), 0, false)
                + "7001,2026-03-01,-4,gold\nx,2026-03-01,2,basic\n");

        bench.Run("Monitor").ShouldExit(0);

        Handed("shop/gold/scored-quarantine.raw/scored/03.csv").ShouldBe(
            Header(false) + "7001,2026-03-01,-4,gold\n");
        Handed("shop/scored-unparsed.raw/scored/03.csv").ShouldBe(Header(false) + "x,2026-03-01,2,basic\n");
        File.Exists(Path.Combine(bench.Output, "shop", "basic", "scored-quarantine.csv")).ShouldBeFalse();
        Handed("shop/basic/drift.html").ShouldContain("../scored-unparsed.csv");
    }

    string Handed(string path) => File.ReadAllText(Path.Combine(bench.Output, path));

    byte[] Released(string columns)
    {
        bench.WithPipeline("shop", Yaml(columns));
        bench.Run("Package").ShouldExit(0);
        return File.ReadAllBytes(Path.Combine(bench.Output, "shop", "shop-1.0.0.zip"));
    }

    static string AgainstReleased(string columns) => Yaml(columns).Replace(
        "reference: package", "reference: { package: releases/shop-1.0.0.zip }", StringComparison.Ordinal);

    static string Yaml(string columns) => $$"""
        name: shop
        data:
          sources: data.csv
          key: [id]
          time: day
          quarantine: { max-share: 0.01 }
          {{columns}}
        validate: { columns: { amount: { required: true }, size: { min: 0, fail-above: 0.1 } } }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: regression, label: amount, trainer: { name: fast-tree, trees: 10 } }
        package: { version: 1.0.0 }
        monitor: { sources: scored/*.csv, reference: package, thresholds: { column-share: 0.3 } }
        """;

    static string Header(bool labelled) => "id,day,size,plan" + (labelled ? ",amount\n" : "\n");

    static string Rows(
        int from, int count, DateOnly start, double shift, bool labelled, string? plan = null) =>
        Lines(count, row =>
            FormattableString.Invariant(
                $"{from + row},{Day(start, row)},{Size(row, shift)},{plan ?? Plan(row)}")
            + (labelled ? FormattableString.Invariant($",{Size(row, shift) * 3 + row % 5}") : ""));

    static string Reordered(int from, int count, DateOnly start, double shift) => Lines(count, row =>
        FormattableString.Invariant($"{Plan(row)},{Size(row, shift)},{Day(start, row)},{from + row}"));

    static string Day(DateOnly start, int row) =>
        start.AddDays(row % 28).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static double Size(int row, double shift) => 10 + shift + row * 7919 % 1000 / 100.0;

    static string Plan(int row) => row % 3 == 0 ? "gold" : "basic";

    static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(row => line(row) + "\n"));

    IReadOnlyList<string> Parts() =>
        [.. Directory.GetFiles(Path.Combine(bench.Workspace, "cas"), "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file) is [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..])];

    /// <summary>
    /// Whoever reads one now finds that it is no Parquet; it looks as if nobody had touched it.
    /// </summary>
    static void Spoil(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            var time = File.GetLastWriteTimeUtc(file);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
            File.SetLastWriteTimeUtc(file, time);
        }
        files.ShouldNotBeEmpty();
    }
}
