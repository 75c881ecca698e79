using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Learning;
using Mlops.Learning.Monitoring;

namespace Mlops.Reporting.Tests;

/// <summary>What the drift page says of columns that are not plain numbers.</summary>
public sealed class DriftColumnTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task TheMeanOfDatesIsADate() =>
        (await Page(Drifting.Numeric("since", DriftVerdict.None, 0.02, i => 700, i => 70) with
        { Type = ColumnType.Date, ReferenceMean = 20_089.5, CurrentMean = 20_120 }))
            .ShouldContain("2025-01-01 → 2025-02-01");

    [Fact]
    public async Task TheMeanOfMomentsHasItsTime() =>
        (await Page(Drifting.Numeric("since", DriftVerdict.None, 0.02, i => 700, i => 70) with
        { Type = ColumnType.Timestamp, ReferenceMean = 1_767_268_800, CurrentMean = 1_767_272_400 }))
            .ShouldContain("2026-01-01 12:00:00 → 2026-01-01 13:00:00");

    /// <summary>One new value, called 0, is not none.</summary>
    [Fact]
    public async Task LevelsThatAreNumbersDoNotReadAsCounts()
    {
        var page = await Page(Drifting.Numeric("year", DriftVerdict.Drift, 1, i => 700, i => 70) with
        { NewValues = ["0", "3 rows above 7"], GoneValues = ["1", "north"] });
        page.ShouldContain("'0', 3 rows above 7");
        page.ShouldContain("'1', north");
    }

    [Fact]
    public async Task AStatisticThatIsNotDefinedSaysWhatDecided() =>
        (await Page(Drifting.Numeric("x", DriftVerdict.Drift, 0.3, i => 700, i => 70) with
        { By = new ColumnThresholds("x", DriftStatistic.Wasserstein, 0.25, 0.5), Value = null }))
            .ShouldContain("W₁ is not defined, so the largest distance of the distributions (KS) decides");

    [Fact]
    public async Task WhatTextGoesByIsSaidWhereTheStatisticIsOfNumbers()
    {
        const string rule = "Of text it is the Jensen–Shannon distance, from 0.2 (a warning from 0.1).";
        var column = Drifting.Numeric("x", DriftVerdict.None, 0.02, i => 700, i => 70);
        (await Page(column, new DriftThresholds(0.25, 0.5, Statistic: DriftStatistic.Wasserstein)))
            .ShouldContain(rule);
        (await Page(column)).ShouldNotContain("Of text it is");
    }

    async Task<string> Page(ColumnDrift column, DriftThresholds? thresholds = null)
    {
        var details = new MonitorDetails(
            new DriftResult(
                column.Verdict, "as it is", 7032, 2210, thresholds ?? new DriftThresholds(), [column]),
            new Window("2025-01-01", "2026-01-01"), new Window("2026-01-01", null), null, null, []);
        return PageRules.VisibleText(await bench.Render(
            DriftReportStage.Value,
            Drifting.Report(bench) with
            {
                Monitor = Drifting.Monitor(bench) with
                { Details = bench.Json(details, LearningJson.Default.MonitorDetails) },
            }));
    }
}
