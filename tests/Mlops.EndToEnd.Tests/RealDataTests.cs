using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mlops.EndToEnd.Tests;

/// <summary>The whole road over real public data, against baselines made with another library.</summary>
public sealed partial class RealDataTests
{
    [Fact]
    public void TelcoChurnReachesItsBaselineAndCountsItsBlankNumbers()
    {
        using var bench =
            new Workbench().WithPipeline("telco", RealPipelines.Telco(Repository.RequireData("telco-churn")));

        bench.Run().ShouldExit(0);

        var page = File.ReadAllText(Path.Combine(bench.Output, "telco", "audit.html"));
        page.ShouldContain("16320c9c");
        Metric(bench, "telco", "auc").ShouldBeGreaterThanOrEqualTo(0.8176 - 0.01);
        bench.Run().ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void PenguinsAreToldApart()
    {
        using var bench = new Workbench().WithPipeline(
            "penguins", RealPipelines.Penguins(Repository.RequireData("penguins")));

        bench.Run().ShouldExit(0);

        Metric(bench, "penguins", "accuracy").ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Fact]
    public void BikeSharingIn2012HasDriftedFrom2011()
    {
        using var bench = new Workbench().WithPipeline(
            "bikes", RealPipelines.Bikes(Repository.RequireData("bike-sharing")));

        bench.Run().ShouldExit(0);
        bench.Run("Monitor").ShouldExit(1).ShouldSay("cnt");

        File.ReadAllText(Path.Combine(bench.Output, "bikes", "drift.html")).ShouldContain("cnt");
    }

    [Fact]
    public void TwelveBeijingStationsEachReachTheirBaseline()
    {
        Dictionary<string, double> baselines = new()
        {
            ["Aotizhongxin"] = .927,
            ["Changping"] = .909,
            ["Dingling"] = .923,
            ["Dongsi"] = .912,
            ["Guanyuan"] = .927,
            ["Gucheng"] = .921,
            ["Huairou"] = .915,
            ["Nongzhanguan"] = .924,
            ["Shunyi"] = .931,
            ["Tiantan"] = .914,
            ["Wanliu"] = .927,
            ["Wanshouxigong"] = .931,
        };
        using var bench = new Workbench().WithPipeline(
            "beijing", RealPipelines.Beijing(Repository.RequireData("beijing-air")));

        var run = bench.Run().ShouldExit(0);

        foreach (var (station, baseline) in baselines)
            Metric(bench, Path.Combine("beijing", FolderOf(bench, station)), "r2")
                .ShouldBeGreaterThanOrEqualTo(baseline - 0.01, station);
        // 8,739 hours without a label, in all stations together.
        LeftOut().Matches(run.Text)
            .Sum(match => long.Parse(
                match.Groups["rows"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
            .ShouldBe(8739);
    }

    static string FolderOf(Workbench bench, string cell)
    {
        var pages = Path.Combine(bench.Output, "beijing");
        return Path.GetFileName(Directory.GetDirectories(pages, cell.ToLowerInvariant() + "*").Single());
    }

    /// <summary>A holdout metric as the packed evidence has it.</summary>
    static double Metric(Workbench bench, string folder, string name)
    {
        var package = Directory.GetFiles(Path.Combine(bench.Output, folder), "*.zip").Single();
        using var zip = System.IO.Compression.ZipFile.OpenRead(package);
        using var metrics = JsonDocument.Parse(zip.GetEntry("metrics.json")!.Open());
        return metrics.RootElement.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").GetString() == name)
            .GetProperty("value").GetDouble();
    }

    [GeneratedRegex("(?<rows>[0-9,]+) of 35,064 rows have no 'PM2.5' and are left out")]
    private static partial Regex LeftOut();
}
