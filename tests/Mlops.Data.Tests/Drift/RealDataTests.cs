using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Ingestion;

namespace Mlops.Data.Tests.Drift;

/// <summary>Public data whose drift, or lack of it, is known.</summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData("diamonds", "diamonds.csv", "")]
    [InlineData("telco-churn", "Telco-Customer-Churn.csv", "customerID")]
    public async Task RandomHalvesDoNotDrift(string folder, string file, string key)
    {
        var table = await Read(folder, file);
        for (var seed = 1; seed <= 5; seed++)
        {
            int[] order = [.. Enumerable.Range(0, table.RowCount)
                .OrderBy(row => SplitMix.At((ulong)seed, row))];
            var half = order.Length / 2;

            var result = Compare(table.Take(order[..half]), table.Take(order[half..]), [key]);

            result.Verdict.ShouldBe(
                DriftVerdict.None, $"{folder}, halves by seed {seed}: {result.DecidedBy}");
            result.Columns.ShouldAllBe(column => column.Verdict == DriftVerdict.None);
        }
    }

    /// <summary>Prices of organic avocados rose by a third in the autumn of 2017.</summary>
    [Fact]
    public async Task AvocadoPricesJumpedInTheAutumnOf2017()
    {
        var table = await Read("avocado", "avocado.csv");
        var result = Compare(Between(table, "2016-08-01", "2016-11-01"),
            Between(table, "2017-08-01", "2017-11-01"), ["date", "year"]);

        TestContext.Current.SendDiagnosticMessage(Say(result));
        result.Columns[0].Column.ShouldBe("average_price");
        result.Columns[0].Verdict.ShouldBe(DriftVerdict.Drift);
        result.Columns[0].CurrentMean!.Value
            .ShouldBeGreaterThan(1.1 * result.Columns[0].ReferenceMean!.Value);
        // The markets and kinds that are reported stay the same.
        result.Columns.Where(column => column.Type.IsText())
            .ShouldAllBe(column => column.Verdict == DriftVerdict.None);
    }

    /// <summary>The same months of two years: weather repeats itself, and the station is one.</summary>
    [Fact]
    public async Task SummersInBeijingAreAlikeAndWinterIsNot()
    {
        var table = await Read("beijing-air", "PRSA_Data_Aotizhongxin_20130301-20170228.csv.gz");
        string[] left = ["No", "year", "month", "day", "station"];

        var summers = Compare(Months(table, 2014, 6, 8), Months(table, 2015, 6, 8), left);
        var seasons = Compare(Months(table, 2014, 6, 8), Months(table, 2014, 11, 12), left);

        TestContext.Current.SendDiagnosticMessage("summers: " + Say(summers));
        TestContext.Current.SendDiagnosticMessage("seasons: " + Say(seasons));
        summers.Verdict.ShouldNotBe(DriftVerdict.Drift);
        seasons.Verdict.ShouldBe(DriftVerdict.Drift);
        seasons.Columns.Single(column => column.Column == "TEMP").Verdict.ShouldBe(DriftVerdict.Drift);
    }

    static DriftResult Compare(Table reference, Table current, string[] left) => DriftComparison.Compare(
        reference, current, new DriftThresholds(),
        [.. reference.Schema.Columns.Select(column => column.Name).Except(left)]);

    static Table Between(Table table, string from, string to) =>
        table.Take([.. Enumerable.Range(0, table.RowCount)
            .Where(row => string.CompareOrdinal(table["date"].Text(row), from) >= 0
                && string.CompareOrdinal(table["date"].Text(row), to) < 0)]);

    static Table Months(Table table, int year, int from, int to) =>
        table.Take([.. Enumerable.Range(0, table.RowCount)
            .Where(row => table["year"].Number(row) == year
                && table["month"].Number(row) >= from && table["month"].Number(row) <= to)]);

    static string Say(DriftResult result) =>
        $"{result.Verdict}: {result.DecidedBy}; " + string.Join("; ", result.Columns
            .Where(column => column.Verdict > DriftVerdict.None)
            .Select(column =>
                FormattableString.Invariant($"{column.Column} {column.Verdict} {column.Distance:0.000}")));

    static async Task<Table> Read(string folder, string file)
    {
        using var workspace = new Workspace();
        workspace.With(file, SharedData.Read(folder, file));
        var dataset = await workspace.Ingest(workspace.Input(new TextFormat(Missing: ["NA"])));
        return await workspace.Load(dataset);
    }
}
