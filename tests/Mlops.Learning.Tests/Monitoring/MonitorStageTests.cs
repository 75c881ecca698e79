using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Tests.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Monitoring;

public sealed class MonitorStageTests : IDisposable
{
    const int Days = 731; // All of 2024 and 2025.

    static readonly MonitorSpecification YearAgainstYear = new(
        new Window(null, "2025-01-01"), new Window("2025-01-01", null),
        new DriftThresholds(), [], null, null);

    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task AStillDatasetHasNoFindings()
    {
        var (result, details) = await Monitor(Shop.Rows(Days), YearAgainstYear, await Model());

        result.Verdict.ShouldBe(DriftVerdict.None);
        result.Judgement.ShouldBe(new Judgement(true, result.Judgement.Findings));
        result.Judgement.Findings.ShouldBeEmpty();
        (details.Drift.ReferenceRows, details.Drift.CurrentRows).ShouldBe((366, 365));
        details.Drift.Columns.Select(column => column.Column).ShouldBe(
            ["size", "region", "luck", "amount", "loyal", "tier", MonitorSelection.Prediction],
            ignoreOrder: true);
        result.ComparedColumns.ShouldBe(7);
        details.Periods.Count.ShouldBe(24);
        details.Periods[0].Period.ShouldBe("2024-01");
        details.Periods.Count(period => period.InReference && !period.InCurrent).ShouldBe(12);
        details.Periods.Sum(period => period.Rows).ShouldBe(Days);
        details.Reference.ShouldNotBeNull()[0].Name.ShouldBe("rmse");
    }

    [Fact]
    public async Task ADriftedLabelIsDriftAndFailsWhereAsked()
    {
        // Only amounts move, and loyalty and the prediction's target with them: sizes stay as they were.
        var rows = Shop.Rows(Days, surcharge: row => row >= 366 ? 60 : 0);
        var monitor = YearAgainstYear with
        {
            FailOn = DriftVerdict.Drift,
            PerformanceDrop = 0.2,
            Exclude = ["loyal"],
        };

        var (result, details) = await Monitor(rows, monitor, await Model());

        result.Verdict.ShouldBe(DriftVerdict.Drift);
        result.DriftedColumns.ShouldBe(1);
        details.Drift.DecidedBy.ShouldStartWith("the label drifted; ");
        result.Judgement.Accepted.ShouldBeFalse();
        result.Judgement.Findings[0].ShouldStartWith("drift: the label drifted");
        result.Judgement.Findings[1]
            .ShouldMatch("^amount drifted: JS 0\\.\\d+ \\(drift from 0\\.20\\), adjusted p < 1e-12; amount ");
        result.Judgement.Findings[2].ShouldMatch("^performance dropped: rmse \\d.* → \\d.* \\(\\+\\d+ %\\)$");
    }

    [Fact]
    public async Task DriftedInputsShowInThePrediction()
    {
        var (before, after) =
            (Shop.Rows(366), Shop.Rows(Days, shift: 5).Take([.. Enumerable.Range(366, 365)]));

        var (result, details) = await Monitor(
            Table.Concatenate([before, after]), YearAgainstYear, await Model());

        result.Verdict.ShouldBe(DriftVerdict.Drift);
        details.Drift.Columns.Single(column => column.Column == MonitorSelection.Prediction)
            .Verdict.ShouldBe(DriftVerdict.Drift);
        details.Drift.Columns.Single(column => column.Column == "luck").Verdict.ShouldBe(DriftVerdict.None);
    }

    [Fact]
    public async Task AProvenDropOfPerformanceIsDriftWithoutAnyColumnThatMoved()
    {
        // Alternating surcharges: the noise grows in the second year and the columns hardly move.
        var rows = Shop.Rows(Days, surcharge: row => row < 366 ? 0 : row % 2 == 0 ? 12 : -12);

        var (result, details) = await Monitor(
            rows, YearAgainstYear with { PerformanceDrop = 0.3, FailOn = DriftVerdict.Drift },
            await Model());

        result.DriftedColumns.ShouldBe(0);
        result.Verdict.ShouldBe(DriftVerdict.Drift);
        result.Judgement.Accepted.ShouldBeFalse();
        details.Drift.DecidedBy.ShouldMatch(
            "^the model's performance dropped by 30 % or more; no column moved by 0.1 or more ");
        result.Judgement.Findings[0].ShouldBe("drift: " + details.Drift.DecidedBy);
        result.Judgement.Findings[1].ShouldMatch("^performance dropped: rmse \\d.* → \\d.* \\(\\+\\d+ %\\)$");
        // The noise grows with row 367 on the first of January.
        result.Judgement.Findings.Skip(2).ShouldBe(
        [
            "Page–Hinkley, both directions: absolute error, "
            + "in reference deviations had changed by 2025-02-18 (labelled row 415)",
            "ADWIN: absolute error had changed by 2025-02-19 (labelled row 416)",
        ]);
    }

    /// <summary>One of forty rows makes the error several times as large.</summary>
    [Fact]
    public async Task ADropThatAFewRowsMayGiveByChanceIsSaidAndIsNoAlarm()
    {
        var rows = Shop.Rows(366 + 40, surcharge: row => row == 370 ? 60 : 0);

        var (result, _) = await Monitor(
            rows, YearAgainstYear with { PerformanceDrop = 0.3, FailOn = DriftVerdict.Warning },
            await Model());

        result.Verdict.ShouldBe(DriftVerdict.None);
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.ShouldContain(finding => finding.StartsWith(
            "performance may have dropped, or it is chance: rmse ", StringComparison.Ordinal));
        result.Judgement.Findings.ShouldNotContain(finding => finding.StartsWith("performance dropped"));
    }

    /// <summary>An AUC of 0 has no interval on the logit scale.</summary>
    [Fact]
    public async Task AClassifierThatIsAlwaysWrongHasDropped()
    {
        var rows = Shop.Rows(366 + 80);
        rows = rows.Take([.. Enumerable.Range(0, rows.RowCount)
            .Where(row => row < 366 || Math.Abs(rows["size"].Number(row) - 5) > 1.5)]);
        var flipped = new WholeValues(
            ColumnType.Boolean,
            [.. Enumerable.Range(0, rows.RowCount).Select(row => row < 366 ? (long)rows["loyal"].Number(row)
                : rows["size"].Number(row) > 5 ? 0L : 1L)]);
        var table = new Table(
            rows.Schema,
            [.. rows.Schema.Columns.Select(column => column.Name == "loyal" ? flipped : rows[column.Name])]);

        var (result, _) = await Monitor(
            table, YearAgainstYear with { PerformanceDrop = 0.3, FailOn = DriftVerdict.Drift },
            await bench.Fit(Shop.Rows(500, seed: 7), Shop.Loyal));

        result.Judgement.Accepted.ShouldBeFalse();
        result.Judgement.Findings.ShouldContain(finding =>
            finding.StartsWith("performance dropped: auc ") && finding.Contains(" → 0 (-100 %)"));
    }

    [Theory]
    [InlineData("loyal")]
    [InlineData("tier")]
    public async Task ClassifiersAreMonitoredToo(string label)
    {
        var model = await bench.Fit(Shop.Rows(500, seed: 7), label == "loyal" ? Shop.Loyal : Shop.Tier);

        var (result, details) = await Monitor(Shop.Rows(Days), YearAgainstYear, model);

        result.Verdict.ShouldBe(DriftVerdict.None);
        details.Reference.ShouldNotBeNull()[0].Value!.Value.ShouldBeGreaterThan(0.9);
        details.Drift.Columns.Single(column => column.Column == MonitorSelection.Prediction)
            .Type.ShouldBe(label == "tier" ? ColumnType.Text : ColumnType.Real);
    }

    [Theory]
    [InlineData(DriftVerdict.Warning, false)]
    [InlineData(DriftVerdict.Drift, false)]
    [InlineData(null, true)]
    public async Task AnEmptyWindowIsNoDataAndDoesNotPassWhereDriftWouldFail(
        DriftVerdict? failOn, bool accepted)
    {
        var monitor = YearAgainstYear with { Current = new Window("2030-01-01", null), FailOn = failOn };

        var (result, details) = await Monitor(Shop.Rows(Days), monitor, await Model());

        result.Verdict.ShouldBe(DriftVerdict.NoData);
        result.Judgement.Accepted.ShouldBe(accepted);
        result.Judgement.Findings[0].ShouldBe("no data: the current table has no rows");
        result.Judgement.Findings.Skip(1).ShouldBe(accepted ? [] :
        [
            "not judged: nothing could be compared, and what was not judged does not pass monitor.fail-on; "
            + "see that rows arrive and that monitor.current covers their time",
        ]);
        details.Current.ShouldBeNull();
        details.Reference.ShouldNotBeNull();
    }

    [Fact]
    public async Task AnEmptyReferenceDoesNotPassEither()
    {
        var monitor = YearAgainstYear with
        {
            Reference = new Window(null, "2020-01-01"),
            FailOn = DriftVerdict.Drift,
        };

        var (result, _) = await Monitor(Shop.Rows(Days), monitor, await Model());

        result.Judgement.Accepted.ShouldBeFalse();
        result.Judgement.Findings[1].ShouldEndWith("; let monitor.reference cover rows");
    }

    /// <summary>A warning beside it is no judgement of the rows.</summary>
    [Fact]
    public async Task AnEmptyWindowDoesNotPassBecauseSomethingElseWarns()
    {
        var monitor = YearAgainstYear with
        {
            Current = new Window("2030-01-01", null),
            FailOn = DriftVerdict.Drift,
        };

        var (result, _) = await Monitor(Without(Shop.Rows(Days), "size"), monitor, await Model());

        result.Verdict.ShouldBe(DriftVerdict.Warning);
        result.Judgement.Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task RowsWithoutAnyValueAreNotJudged()
    {
        var rows = Shop.Rows(Days);
        var emptied = new Table(
            new TableSchema([new("day", ColumnType.Date), new("size", ColumnType.Real)]),
            [
                rows["day"],
                new RealValues([.. Enumerable.Range(0, Days)
                    .Select(row => row < 366 ? rows["size"].Number(row) : double.NaN)]),
            ]);

        var (result, _) = await Monitor(emptied, YearAgainstYear with { FailOn = DriftVerdict.Drift }, null);

        result.Verdict.ShouldBe(DriftVerdict.Warning);
        result.Judgement.Accepted.ShouldBeFalse();
        result.Judgement.Findings.ShouldContain(
            finding => finding.EndsWith("; see why the columns are empty"));
    }

    [Fact]
    public async Task AWindowThatIsMerelySmallIsSaidAndPasses()
    {
        var (result, _) = await Monitor(
            Shop.Rows(366 + 10), YearAgainstYear with { FailOn = DriftVerdict.Warning }, await Model());

        result.Verdict.ShouldBe(DriftVerdict.Insufficient);
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.Single().ShouldStartWith("too few rows: no column has 30 values ");
    }

    [Fact]
    public async Task AStatisticOfAnySizeIsSaidInAFewDigits()
    {
        var rows = Shop.Rows(Days, shift: 1e250);
        var (result, _) = await Monitor(
            Table.Concatenate(
                [Shop.Rows(366), rows.Take([.. Enumerable.Range(366, 365)])]),
            YearAgainstYear with
            { Thresholds = new DriftThresholds(0.25, 0.5, Statistic: DriftStatistic.Wasserstein) },
            await Model());
        result.Judgement.Findings.ShouldContain(finding => finding.StartsWith("size drifted: W₁ "));
        result.Judgement.Findings.ShouldAllBe(finding => finding.Length < 200);
    }

    /// <summary>They have the unit of the label: nobody knows then how large is normal.</summary>
    [Fact]
    public async Task ErrorsWithoutAReferenceAreNotWatchedForChanges()
    {
        var (result, details) = await Monitor(
            Shop.Rows(Days, surcharge: row => row * 10),
            YearAgainstYear with { Reference = new Window("2020-01-01", "2021-01-01") }, await Model());

        details.Detectors.ShouldNotBeNull().ShouldBeEmpty();
        result.Judgement.Findings.ShouldNotContain(finding => finding.Contains("had changed"));
    }

    [Fact]
    public async Task BothWindowsMayBeEmpty()
    {
        var nowhere = new Window("2030-01-01", "2031-01-01");

        var (result, details) = await Monitor(
            Shop.Rows(50), YearAgainstYear with { Reference = nowhere, Current = nowhere }, await Model());

        result.Verdict.ShouldBe(DriftVerdict.NoData);
        details.Periods.ShouldBeEmpty();
    }

    [Fact]
    public async Task AModelThatNoLongerFitsIsAWarning()
    {
        var (result, details) = await Monitor(
            Without(Shop.Rows(Days), "size"), YearAgainstYear, await Model());

        result.Verdict.ShouldBe(DriftVerdict.Warning);
        result.Judgement.Findings.Single().ShouldStartWith("the model was not scored: ");
        details.Reference.ShouldBeNull();
    }

    [Fact]
    public async Task WithoutLabelsThereIsDriftButNoPerformance()
    {
        var rows = Shop.Rows(Days);
        var unlabelled = new Table(rows.Schema,
            [.. rows.Schema.Columns.Select(column => column.Name == "amount"
                ? new RealValues([.. Enumerable.Repeat(double.NaN, Days)])
                : rows[column.Name])]);

        var (result, details) = await Monitor(
            unlabelled, YearAgainstYear with { PerformanceDrop = 0.1 }, await Model());

        (details.Reference, details.Current).ShouldBe((null, null));
        details.Periods.ShouldAllBe(period => period.Metrics.All(metric => metric.Value == null));
        result.Judgement.Findings.ShouldContain(finding =>
            finding.StartsWith("performance is not judged: 0 labelled rows", StringComparison.Ordinal));
        result.ComparedColumns.ShouldBe(6);
    }

    [Fact]
    public async Task BadRequestsAreProblemsAllAtOnce()
    {
        var monitor = YearAgainstYear with
        {
            Reference = new Window("2025-06-01", "2025-01-01"),
            Current = new Window("yesterday", "2025-01-01T10:00"),
            Exclude = ["lucky"],
        };

        var thrown = await Should.ThrowAsync<ProblemException>(() => Monitor(Shop.Rows(10), monitor, null));

        thrown.Problems.Select(problem => problem.Id).ShouldBe(
            ["MONITOR-004", "MONITOR-003", "MONITOR-002", "MONITOR-002"]);
        thrown.Problems[0].Expected!.ShouldContain("'luck'");
    }

    [Theory]
    [InlineData("dya", "'day'")]
    [InlineData("size", "a date or a timestamp")]
    public async Task TheTimeColumnMustHoldTimes(string time, string expected)
    {
        var input = new MonitorInput(await bench.Store(Shop.Rows(10)), time, YearAgainstYear, null);

        var thrown = await Should.ThrowAsync<ProblemException>(() =>
            bench.Context.Call(MonitorStage.Value, input));

        thrown.Problems.Single().Id.ShouldBe("MONITOR-001");
        thrown.Problems.Single().Expected!.ShouldContain(expected);
    }

    [Fact]
    public async Task WhatMovedIsNotSaidOfRedactedColumns()
    {
        var rows = Table.Concatenate(
            [Shop.Rows(366), Shop.Rows(Days, shift: 5).Take([.. Enumerable.Range(366, 365)])]);
        var input = new MonitorInput(
            await bench.Store(rows), "day", YearAgainstYear,
            await bench.Fit(Shop.Rows(500, seed: 7), Shop.Tier), Redact: ["tier"]);

        var result = await bench.Context.Call(MonitorStage.Value, input);

        var told = string.Join('\n', result.Judgement.Findings)
            + await File.ReadAllTextAsync(
                bench.Context.Locate(result.Details), TestContext.Current.CancellationToken);
        told.ShouldContain("tier drifted");
        told.ShouldContain($"{MonitorSelection.Prediction} drifted");
        foreach (var level in new[] { "bronze", "silver", "gold" })
            told.ShouldNotContain(level);
    }

    [Fact]
    public async Task EqualInputsGiveEqualBytes()
    {
        var (first, _) = await Monitor(Shop.Rows(Days), YearAgainstYear, await Model());
        var (second, _) = await Monitor(Shop.Rows(Days), YearAgainstYear, await Model());

        second.Details.ShouldBe(first.Details);
    }

    static Table Without(Table rows, string name) => new(
        new TableSchema([.. rows.Schema.Columns.Where(column => column.Name != name)]),
        [.. rows.Schema.Columns.Where(column => column.Name != name).Select(column => rows[column.Name])]);

    Task<TrainedModel> Model() => bench.Fit(Shop.Rows(500, seed: 7), Shop.Amount);

    async Task<(MonitorResult Result, MonitorDetails Details)> Monitor(
        Table rows, MonitorSpecification monitor, TrainedModel? model)
    {
        var input = new MonitorInput(await bench.Store(rows), "day", monitor, model);
        var result = await bench.Context.Call(MonitorStage.Value, input);
        return (result, await bench.Read(result.Details, LearningJson.Default.MonitorDetails));
    }
}
