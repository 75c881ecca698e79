using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Tests.Evaluation;

namespace Mlops.Learning.Tests.Monitoring;

public sealed class WindowsTests
{
    [Theory]
    [InlineData("1970-01-02", 2)]
    [InlineData("1970-01-02T00:00", 2)]
    [InlineData("1970-01-02T00:00:01", 1)]
    [InlineData("1970-01-02T00:00:00.5Z", 1)]
    [InlineData("1970-01-02T02:00:00+02:00", 2)]
    public async Task ATimestampColumnTakesDatesAndTimestamps(string from, long currentRows)
    {
        var details = await Details(new Window(null, from), new Window(from, null), ColumnType.Timestamp,
            [0, 86_400_000_000, 86_401_000_000]);

        details.Drift.CurrentRows.ShouldBe(currentRows);
        details.Drift.ReferenceRows.ShouldBe(3 - currentRows);
    }

    [Fact]
    public async Task FromIsInsideAndToIsOutside()
    {
        var details = await Details(
            new Window("1970-01-02", "1970-01-03"), new Window("1970-01-03", "1970-01-04"),
            ColumnType.Date, [0, 1, 2, 3, 4]);

        (details.Drift.ReferenceRows, details.Drift.CurrentRows).ShouldBe((1, 1));
        details.Periods.Single().Rows.ShouldBe(2);
    }

    [Theory]
    [InlineData(59, "1970-01", "1974-12")]
    [InlineData(60, "1970-Q1", "1975-Q1")]
    [InlineData(179, "1970-Q1", "1984-Q4")]
    [InlineData(180, "1970", "1985")]
    public async Task LongSpansAreToldByQuarterOrYear(int months, string first, string last)
    {
        long[] days =
        [
            0, new DateOnly(1970, 1, 1).AddMonths(months).DayNumber - new DateOnly(1970, 1, 1).DayNumber,
        ];

        var details = await Details(new Window(null, null), new Window(null, null), ColumnType.Date, days);

        details.Periods.Select(period => period.Period).ShouldBe([first, last]);
    }

    [Fact]
    public async Task RowsInBothWindowsAndRowsWithoutTimeAreSaid()
    {
        var result = await Run(new Window(null, null), new Window(null, null), ColumnType.Date,
            [0, 1, WholeValues.Missing], (result, _) => Task.FromResult(result));

        result.Judgement.Findings.ShouldContain("2 rows lie in both windows");
        result.Judgement.Findings.ShouldContain("1 row has no time and lies in no window");
    }

    static Task<MonitorDetails> Details(Window reference, Window current, ColumnType type, long[] times) =>
        Run(reference, current, type, times, (result, bench) =>
            bench.Read(result.Details, LearningJson.Default.MonitorDetails));

    static async Task<T> Run<T>(
        Window reference, Window current, ColumnType type,
        long[] times, Func<MonitorResult, Workbench, Task<T>> read)
    {
        using var bench = new Workbench();
        var table = new Table(
            new TableSchema([new("at", type), new("x", ColumnType.Real)]),
            [new WholeValues(type, times), new RealValues([.. times.Select(time => (double)time)])]);
        var monitor = new MonitorSpecification(reference, current, new DriftThresholds(), [], null, null);
        var result = await bench.Context.Call(
            MonitorStage.Value, new MonitorInput(await bench.Store(table), "at", monitor, null));
        return await read(result, bench);
    }
}
