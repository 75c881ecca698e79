using Mlops.Data.Drift;
using Mlops.Data.Splitting;
using Mlops.Data.Statistics;
using Mlops.Data.Validation;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Tests.Specification;

public sealed class PipelineFileTests : IDisposable
{
    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Fact]
    public void DefaultsWrittenOutChangeNothing()
    {
        var written = PipelineDraft.Smallest.Replace("  sources: customers.csv", """
              sources: ["customers.csv"]
              format:
                kind: auto
                delimiter: ","
                quote: '"'
                encoding: auto
                header: true
                skip-rows: 0
                skip-lines: 0
                missing: []
                decimal: "."
              key: []
              quarantine: { max-share: 0 }
            validate: { rows: {}, overlap: warn }
            split: { method: random, holdout-share: 0.2, seed: 1 }
            evaluate:
              metrics: [auc, auprc, accuracy, precision, recall, f1, log-loss, brier, ece]
              slices: []
              gates: []
              importance-rows: 5000
            package: { version: 0.1.0, golden-rows: 20 }
            report: {}
            """, StringComparison.Ordinal) + """

              positive:
              features: { exclude: [], categorical: [], max-levels: 64, hash-bits: 10, date-parts: [] }
              trainer:
                name: fast-tree
                trees: 100
                leaves: 31
                learning-rate: 0.1
                min-rows-per-leaf: 20
                feature-fraction: 1
                threads: 1
              seed: 1
            """;

        PipelineDraft.Json(draft.Read(written))
            .ShouldBe(PipelineDraft.Json(draft.Read(PipelineDraft.Smallest)));
    }

    [Theory]
    [InlineData("{}", 0, null)]
    [InlineData("{ max-share: 0.1 }", 0.1, null)]
    [InlineData("{ max-count: 5 }", 1, 5)]
    [InlineData("{ max-share: 0.1, max-count: 5 }", 0.1, 5)]
    public void NothingFailsToParseUnlessItIsSaidHowMuchMay(string limit, double share, int? count)
    {
        var data = draft.Read(PipelineDraft.Smallest.Replace(
            "  sources: customers.csv", $"  sources: customers.csv\n  quarantine: {limit}",
            StringComparison.Ordinal)).Data;
        (data.QuarantineMaxShare, data.QuarantineMaxCount).ShouldBe((share, count));
    }

    [Fact]
    public void OrderCommentsAndStyleChangeNothing() =>
        PipelineDraft.Json(draft.Read("""
            # the same, otherwise
            train: {label: "churned", task: binary}
            data: {sources: ['customers.csv']}
            'name': churn
            """)).ShouldBe(PipelineDraft.Json(draft.Read(PipelineDraft.Smallest)));

    /// <summary>The nearest double to 2^53 + 1 is 2^53, to 0.1 it says 0.1.</summary>
    [Theory]
    [InlineData("{ min: 9007199254740993 }", "9007199254740993", null)]
    [InlineData("{ above: 9007199254740993, below: 99999999999999999.94 }",
        "9007199254740993", "99999999999999999.94")]
    [InlineData("{ min: 0.1, max: 9007199254740992 }", null, null)]
    [InlineData("{ positive: true, max: 1e300 }", null, null)]
    public void BoundsKeepWhatADoubleDoesNotHold(string rule, string? low, string? high)
    {
        var read = draft.Read($"{PipelineDraft.Smallest}\nvalidate: {{ columns: {{ x: {rule} }} }}")
            .Validate.Columns.ShouldHaveSingleItem();
        (read.LowWritten, read.HighWritten).ShouldBe((low, high));
    }

    [Fact]
    public void EverySectionIsRead()
    {
        var pipeline = draft.Read("""
            name: demand
            title: Weekly demand
            description: Units per week
            owner: supply-planning
            matrix: { column: market, values: [north, 7, true] }
            data:
              sources: ["sales-*.csv", /data/more.csv]
              format: { kind: tsv, quote: "", encoding: windows-1252, header: false, skip-lines: 3, skip-rows: 2, missing: ["", NA], decimal: ",", thousands: " ", dates: dd.MM.yyyy }
              columns:
                week: date
                market: text
                product: text
                units: integer
                price: { type: real, decimal: ".", thousands: "", missing: [] }
                seen: { type: timestamp, format: M/d/yyyy H:mm }
              key: [week, market, product]
              time: week
              quarantine: { max-share: 0.01 }
            validate:
              rows: { min: 100, max: 100000 }
              overlap: off
              columns:
                price: { min: 0, max: 100, missing-max-share: 0.05, type: real, severity: warn, fail-above: 0.01 }
                product: { set: [tea, 1], pattern: "[a-z]+|1", unique: true }
            split: { method: time, at: 2026-04-01 }
            train:
              task: regression
              label: units
              features: { exclude: [seen], categorical: [price], max-levels: 8, hash-bits: 4, date-parts: [week, month] }
              trainer: { name: light-gbm, leaves: 7, l2: 0.5 }
              seed: 3
            evaluate:
              metrics: [rmse, r2]
              slices: [product]
              importance-rows: 0
              gates: [{ metric: r2, min: 0.5, beats-baseline: true, champion-tolerance: 0.05, every-slice: true }]
            package: { version: 1.2.0, licence: MIT, intended-use: Planning, limitations: None known, golden-rows: 5 }
            monitor:
              reference: { from: 2025-01-01, to: 2026-01-01 }
              current: { from: 2026-01-01 }
              exclude: [price]
              thresholds: { warn: 0.05, drift: 0.1, alpha: 0.001, column-share: 0.25, min-rows: 10 }
              fail-on: never
              performance-drop: 0.2
            """);

        pipeline.Matrix!.Values.ShouldBe(["north", "7", "true"]);
        pipeline.Data.Format.ShouldBe(
            new("\t", null, "windows-1252", false, 2, pipeline.Data.Format.Missing, ",", "text",
                Thousands: " ", Dates: pipeline.Data.Format.Dates, SkipLines: 3));
        pipeline.Data.Format.Dates.ShouldBe(["dd.MM.yyyy"]);
        pipeline.Data.Columns![4].ShouldBe(new("price", Mlops.Data.Tables.ColumnType.Real,
            Missing: pipeline.Data.Columns[4].Missing, DecimalSeparator: ".", Thousands: ""));
        pipeline.Data.Columns[4].Missing.ShouldBe([]);
        pipeline.Data.Format.Missing.ShouldBe(["", "NA"]);
        pipeline.Data.Columns![5]
            .ShouldBe(new("seen", Mlops.Data.Tables.ColumnType.Timestamp, "M/d/yyyy H:mm"));
        pipeline.Validate.Key.ShouldBe(["week", "market", "product"]);
        pipeline.Validate.Overlap.ShouldBeNull();
        pipeline.Validate.Columns[0].ShouldBe(
            new("price", Severity.Warn, Mlops.Data.Tables.ColumnType.Real,
                0.05, 0, 100, null, null, false, 0.01));
        pipeline.Validate.Columns[1].Set.ShouldBe(["tea", "1"]);
        pipeline.Split.ShouldBe(new(SplitMethod.Time, null, "week", "2026-04-01"));
        pipeline.Train.Features.Exclude.ShouldBe(["market", "product", "seen"]);
        pipeline.Train.Features.DateParts.ShouldBe([DatePart.Month, DatePart.Week]);
        pipeline.Train.Trainer.ShouldBe(new("light-gbm", 100, 7, 0.1, 20, 1, null, 0, 0.5, 1));
        pipeline.Evaluate.Gates.ShouldBe([new("r2", 0.5, null, true, 0.05, true)]);
        pipeline.Package.ShouldBe(
            new("1.2.0", "MIT", "Planning", "None known", "Units per week", "supply-planning", 5));
        pipeline.Monitor!.Reference.ShouldBe(new("2025-01-01", "2026-01-01"));
        pipeline.Monitor.Thresholds.ShouldBe(new DriftThresholds(0.05, 0.1, 0.001, 0.25, 10));
        pipeline.Monitor.FailOn.ShouldBeNull();
        pipeline.Directory.ShouldBe(Path.Combine(draft.Folder, "churn"));
    }

    [Fact]
    public void AMonitorMayGoByThePackageAndByOtherThresholds()
    {
        var monitor = draft.Read(PipelineDraft.Smallest + """

            monitor:
              reference: package
              current: { from: 2026-01-01 }
              thresholds: { statistic: psi, correction: holm, evidence: ks }
              columns: { plan: tvd, churned: { drift: 0.05 }, (prediction): { statistic: wasserstein, warn: 0.6 } }
              classifier: true
              window-rows: 500
            """, null, "data.time=day").Monitor!;

        monitor.AgainstPackage.ShouldBeTrue();
        monitor.Reference.ShouldBe(new(null, null));
        (monitor.WindowRows, monitor.Classifier!.Folds, monitor.Classifier.Trainer.Trees)
            .ShouldBe((500, 5, 50));
        var thresholds = monitor.Thresholds;
        (thresholds.WarnAt, thresholds.DriftAt, thresholds.Statistic)
            .ShouldBe((0.1, 0.25, DriftStatistic.Psi));
        (thresholds.Correction, thresholds.Evidence)
            .ShouldBe((Correction.Holm, DriftEvidence.KolmogorovSmirnov));
        thresholds.Columns.ShouldBe(
        [
            new("(prediction)", DriftStatistic.Wasserstein, 0.6, 0.6),
            new("churned", DriftStatistic.Psi, 0.05, 0.05),
            new("plan", DriftStatistic.TotalVariation, 0.1, 0.2),
        ]);
    }

    [Fact]
    public void EachMethodKnowsItsColumn()
    {
        draft.Read(PipelineDraft.Smallest, null, "split.method=stratified").Split.Column.ShouldBe("churned");
        draft.Read(PipelineDraft.Smallest, null, "split.method=time", "data.time=day").Split.Column
            .ShouldBe("day");
        draft.Read(PipelineDraft.Smallest, null, "data.time=day").Split.Column.ShouldBeNull();
    }

    [Fact]
    public void ASweepIsFoldedAsTheHoldoutIsToldApart()
    {
        const string Sweep = "\n  sweep: { options: { learning-rate: [0.2, 0.05], leaves: [31, 7] } }";
        var sweep = draft.Read(PipelineDraft.Smallest + Sweep, null, "train.seed=4").Train.Sweep!;

        sweep.Metric.ShouldBe("auc");
        sweep.Folding.ShouldBe(new(3, SplitMethod.Random, null, 4));
        sweep.Options.Select(option => option.Name).ShouldBe(["leaves", "learning-rate"]);
        sweep.Options[0].Values.ShouldBe([7, 31]);
        draft.Read(PipelineDraft.Smallest + Sweep, null,
            "split.method=time", "data.time=day").Train.Sweep!.Folding
            .ShouldBe(new(3, SplitMethod.Time, "day", 0));
        draft.Read(PipelineDraft.Smallest + Sweep, null, "split.method=stratified", "train.sweep.folds=5",
            "train.sweep.metric=f1").Train.Sweep!.ShouldSatisfyAllConditions(
            given => given.Folding.ShouldBe(new(5, SplitMethod.Stratified, "churned", 1)),
            given => given.Metric.ShouldBe("f1"));
    }

    [Fact]
    public void TheTimeColumnIsAFeatureThroughItsPartsOnly()
    {
        var timed = PipelineDraft.Smallest.Replace(
            "csv", "csv\n  key: [id, day]\n  time: day", StringComparison.Ordinal);

        draft.Read(timed).Train.Features.Exclude.ShouldBe(["day", "id"]);
        draft.Read(timed, null, "train.features.date-parts=[month]").Train.Features.Exclude.ShouldBe(["id"]);
    }

    [Fact]
    public void AWordThatOtherYamlCallsABooleanIsAText() =>
        draft.Read(PipelineDraft.Smallest + "\n  positive: Yes").Train.Positive.ShouldBe("Yes");
}
