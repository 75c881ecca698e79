using Mlops.Data.Drift;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Tests.Evaluation;

namespace Mlops.Learning.Tests.Monitoring;

/// <summary>Rows of today against what a package remembers; the training rows are nowhere.</summary>
public sealed class PackageReferenceTests : IDisposable
{
    const int Days = 4000;

    static readonly MonitorSpecification AgainstPackage = new(
        new Window(null, null), new Window(null, null), new DriftThresholds(), [], null, PerformanceDrop: 0.3,
        AgainstPackage: true, WindowRows: 250);

    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RowsLikeThoseOfTheTrainingDoNotDrift()
    {
        var (result, details) = await Monitor(Shop.Rows(1000, seed: 8), AgainstPackage);

        result.Judgement.Findings.ShouldBeEmpty();
        result.Verdict.ShouldBe(DriftVerdict.None);
        details.Profile.ShouldBeTrue();
        details.Drift.ReferenceRows.ShouldBe(Days * 4 / 5);
        details.Drift.Columns.Select(column => column.Column)
            .ShouldBe(["size", "region", "luck", "amount", MonitorSelection.Prediction], ignoreOrder: true);
        details.Reference!.Single(metric => metric.Name == "rmse").Value.ShouldNotBeNull();
        details.Periods.Count.ShouldBe(4);
        details.Periods.ShouldAllBe(period =>
            period.Ranges!.Single(range => range.Name == "rmse").BandHigh > 0);
    }

    [Fact]
    public async Task AMoveIsFoundInDataPredictionAndPerformance()
    {
        var (result, details) = await Monitor(
            Shop.Rows(1000, seed: 8, shift: 4, surcharge: row => row % 2 == 0 ? 40 : -40), AgainstPackage);

        result.Verdict.ShouldBe(DriftVerdict.Drift);
        result.Judgement.Findings[0].ShouldBe("drift: 3 of 5 columns drifted, at least 50 %");
        result.Judgement.Findings.ShouldContain(finding =>
            finding.StartsWith("size drifted: JS ", StringComparison.Ordinal));
        result.Judgement.Findings.ShouldContain(finding =>
            finding.StartsWith("performance dropped: rmse ", StringComparison.Ordinal));
        result.Judgement.Findings.ShouldContain(finding => finding.StartsWith(
            "rmse was worse in 4 of 4 current windows than in the reference windows, most in ",
            StringComparison.Ordinal));
        details.Drift.DriftedImportance!.Value.ShouldBeGreaterThan(0.9);
        details.Detectors!.Single(detector => detector.Detector.StartsWith("Page", StringComparison.Ordinal))
            .AlarmCount.ShouldBeGreaterThan(0);
    }

    /// <summary>A package keeps no interval: it is judged by that of the current rows.</summary>
    [Fact]
    public async Task ADropThatIsChanceIsNoAlarmAgainstAPackageEither()
    {
        var rows = Shop.Rows(40, seed: 8, surcharge: row => row == 7 ? 60 : 0);

        var (result, _) = await Monitor(rows, AgainstPackage with { FailOn = DriftVerdict.Warning });

        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.ShouldContain(finding => finding.StartsWith(
            "performance may have dropped, or it is chance: rmse ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AScoringInputHasNoLabelAndIsComparedAllTheSame()
    {
        var rows = Without(Shop.Rows(1000, seed: 8, shift: 4), "amount");

        var (result, details) = await Monitor(rows, AgainstPackage);

        result.Verdict.ShouldBe(DriftVerdict.Drift);
        details.Drift.Columns.ShouldNotContain(column => column.Column == "amount");
        details.Drift.Columns.Single(column => column.Column == MonitorSelection.Prediction)
            .Verdict.ShouldBe(DriftVerdict.Drift);
    }

    [Fact]
    public async Task AColumnThatTheModelWasTrainedOnAndIsNotThereIsSaid()
    {
        var (result, _) = await Monitor(Without(Shop.Rows(1000, seed: 8), "luck"), AgainstPackage);

        result.Verdict.ShouldBe(DriftVerdict.Warning);
        result.Judgement.Findings.ShouldContain("the current rows lack what the model was trained on: luck");
    }

    [Fact]
    public async Task AProfileHoldsNoRowsAndIsSmallHoweverManyThereWere()
    {
        var input = await Input(Shop.Rows(1000, seed: 8), AgainstPackage);

        input.Profile!.LengthBytes.ShouldBeLessThan(100_000);
        var profile = await bench.Read(input.Profile, LearningJson.Default.ReferenceProfile);
        profile.Training.Columns.Select(column => column.Column)
            .ShouldBe(["size", "region", "luck", "amount"]);
        profile.Windows.Count.ShouldBe(4);
        profile.Loss!.Value.Count.ShouldBe(Days / 5);
        profile.Prediction.Rows.ShouldBe(Days / 5);
    }

    async Task<(MonitorResult Result, MonitorDetails Details)> Monitor(
        Table rows, MonitorSpecification monitor)
    {
        var result = await bench.Context.Call(MonitorStage.Value, await Input(rows, monitor));
        return (result, await bench.Read(result.Details, LearningJson.Default.MonitorDetails));
    }

    async Task<MonitorInput> Input(Table rows, MonitorSpecification monitor)
    {
        var table = Shop.Rows(Days, seed: 3);
        static bool IsHoldout(int row) => row % 5 == 4;
        var model = await bench.Fit(
            table.Take([.. Enumerable.Range(0, Days).Where(row => !IsHoldout(row))]), Shop.Amount);
        var profile = await bench.Profile(
            model, table, await bench.Assign(Days, row => IsHoldout(row) ? RowRole.Holdout : RowRole.Train));
        return new MonitorInput(await bench.Store(rows), "day", monitor, model, Profile: profile);
    }

    static Table Without(Table table, string name) => new(
        new TableSchema([.. table.Schema.Columns.Where(column => column.Name != name)]),
        [.. table.Schema.Columns.Where(column => column.Name != name).Select(column => table[column.Name])]);
}
