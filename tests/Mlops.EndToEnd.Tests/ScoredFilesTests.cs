using static Mlops.EndToEnd.Tests.ScoredShop;

namespace Mlops.EndToEnd.Tests;

/// <summary>Files of what was scored, watched in place of the data that the model was made of.</summary>
public sealed class ScoredFilesTests : IDisposable
{
    readonly Workbench bench = Shop();

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
