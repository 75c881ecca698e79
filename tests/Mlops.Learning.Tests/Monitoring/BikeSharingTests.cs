using System.Globalization;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Tests.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Monitoring;

/// <summary>
/// Hourly rentals whose demand grew by two thirds from 2011 to 2012: drift that is known to be real.
/// </summary>
public sealed class BikeSharingTests : IDisposable
{
    /// <summary>Row number, year, and the two columns that add up to the label.</summary>
    static readonly string[] Excluded = ["instant", "yr", "casual", "registered"];

    static readonly MonitorSpecification YearAgainstYear = new(
        new Window("2011-01-01", "2012-01-01"), new Window("2012-01-01", "2013-01-01"), new DriftThresholds(),
        Excluded, DriftVerdict.Drift, PerformanceDrop: 0.2);

    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task TheSecondYearHasDriftedFromTheFirst()
    {
        var hours = Hours();
        var dates = (WholeValues)hours["dteday"];
        var firstHalf = Enumerable.Range(0, hours.RowCount)
            .Where(row => string.CompareOrdinal(dates.Text(row), "2011-07-01") < 0).ToArray();
        var model = await bench.Fit(hours.Take(firstHalf), new TrainSpecification(
            LearningTask.Regression, "cnt", null,
            new FeatureSpecification(null, [.. Excluded, "dteday"], [], 100, 10, []),
            new TrainerSpecification("fast-tree", Trees: 50, Threads: 1)));

        var result = await bench.Context.Call(
            MonitorStage.Value, new MonitorInput(await bench.Store(hours), "dteday", YearAgainstYear, model));
        var details = await bench.Read(result.Details, LearningJson.Default.MonitorDetails);

        TestContext.Current.SendDiagnosticMessage(string.Join('\n', result.Judgement.Findings));
        (details.Drift.ReferenceRows, details.Drift.CurrentRows).ShouldBe((8645, 8734));
        result.Verdict.ShouldBe(DriftVerdict.Drift);
        var count = details.Drift.Columns.Single(column => column.Column == "cnt");
        count.Verdict.ShouldBe(DriftVerdict.Drift);
        count.ReferenceMean!.Value.ShouldBe(143.8, 0.05);
        count.CurrentMean!.Value.ShouldBe(234.7, 0.05);
        result.Judgement.Findings.ShouldContain(finding =>
            finding.StartsWith("performance dropped: rmse ", StringComparison.Ordinal));
        details.Periods.Count.ShouldBe(24);
        var bias = details.Periods
            .Select(period => period.Metrics.Single(metric => metric.Name == "bias").Value).ToList();
        bias.Skip(12).ShouldAllBe(value => value < -40);
    }

    static Table Hours()
    {
        var lines = File.ReadAllLines(
            Path.Combine(ReferenceMetrics.RequireShared("data"), "bike-sharing", "hour.csv"));
        var names = lines[0].Split(',');
        string[][] cells = [.. lines.Skip(1).Select(line => line.Split(','))];
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var columns = names.Select((name, i) => name == "dteday"
            ? (ColumnValues)new WholeValues(ColumnType.Date, [.. cells.Select(row =>
                (long)DateOnly.ParseExact(
                    row[i], "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - epoch)])
            : new RealValues([.. cells.Select(row => double.Parse(row[i], CultureInfo.InvariantCulture))]));
        var values = columns.ToList();
        return new Table(
            new TableSchema([.. names.Select((name, i) => new Column(name, values[i].Type))]), values);
    }
}
