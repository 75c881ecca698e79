using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Sylvan.Data.Csv;

namespace Mlops.Data.Tests.Validation;

/// <summary>
/// Public data sets that lie beside the repository, against counts known of them; skips without them.
/// </summary>
public sealed class PublicDatasetTests
{
    [Fact]
    public void Penguins()
    {
        var profile = Profile("penguins/penguins.csv", "NA", real: ["bill_length_mm", "body_mass_g"]);
        profile["species"].Distinct.ShouldBe(3);
        profile["species"].Top[0].ShouldBe(new ValueCount("Adelie", 152));
        profile["bill_length_mm"].Missing.ShouldBe(2);
        profile["sex"].Missing.ShouldBe(11);
        profile["body_mass_g"].Min.ShouldBe(2700);
        profile["body_mass_g"].Max.ShouldBe(6300);
        // 4201.754386 g, as the data's own package documents it.
        profile["body_mass_g"].Mean!.Value.ShouldBe(4201.754386, 1e-6);
        profile["body_mass_g"].Quantiles![2].ShouldBe(4050);
    }

    [Fact]
    public async Task TelcoChurn()
    {
        var table = Read(
            "telco-churn/Telco-Customer-Churn.csv", " ", real: ["tenure", "MonthlyCharges", "TotalCharges"]);
        using var datasets = new Datasets();
        var parts = await datasets.Write(
            table.Take([.. Enumerable.Range(0, 3000)]),
            table.Take([.. Enumerable.Range(3000, table.RowCount - 3000)]));
        var (result, details) = await datasets.Validate(parts, new ValidationRules(
            ["customerID"], 7043, 7043, null,
            [
                new ColumnRule("customerID", Pattern: "[0-9]{4}-[A-Z]{5}"),
                new ColumnRule("tenure", Min: 0, Max: 72),
                new ColumnRule("Churn", Set: ["Yes", "No"]),
                new ColumnRule("TotalCharges", Severity.Warn, MissingMaxShare: 0),
            ]));
        result.Judgement.Accepted.ShouldBeTrue();
        result.Judgement.Findings.ShouldHaveSingleItem().ShouldContain("missing in 11 of 7,043 rows");
        var customers = details.Profile.Single(column => column.Name == "customerID");
        (customers.Distinct, customers.DistinctIsExact).ShouldBe((7043, true));
        details.Profile.Single(column => column.Name == "Churn").Top
            .ShouldBe([new ValueCount("No", 5174), new ValueCount("Yes", 1869)]);
    }

    static Dictionary<string, ColumnProfile> Profile(string file, string missing, string[] real) =>
        PartProfile.Of(Read(file, missing, real)).Columns
            .Select(ProfileSummary.Of)
            .ToDictionary(column => column.Name);

    static Table Read(string file, string missing, string[] real)
    {
        var path = Path.Combine(Folder(), file);
        using var csv = CsvDataReader.Create(path);
        var names = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
        var cells = Array.ConvertAll(names, _ => new List<string?>());
        while (csv.Read())
            for (var i = 0; i < names.Length; i++)
                cells[i]
                    .Add(csv.GetString(i) is var cell && cell != missing && cell.Length > 0 ? cell : null);
        return Drift.Tables.Of(
            [.. names.Select((name, i) =>
                (name, real.Contains(name) ? (ColumnValues)Reals(cells[i]) : Texts(cells[i])))]);
    }

    static RealValues Reals(List<string?> cells) => new RealValues(
        [.. cells.Select(cell =>
            cell is null ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))]);

    static TextValues Texts(List<string?> cells)
    {
        var levels = cells.OfType<string>().Distinct().ToArray();
        return new TextValues([.. cells.Select(cell => Array.IndexOf(levels, cell))], levels);
    }

    static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mlops.Build.sln")))
            folder = folder.Parent;
        var data = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data");
        if (!Directory.Exists(data))
            Assert.Skip("The public data sets (shared/data beside the repository) are not here.");
        return data;
    }
}
