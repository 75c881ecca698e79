using System.Globalization;

namespace Mlops.EndToEnd.Tests;

/// <summary>Checks as a person meets them: warnings, rows that are set aside, code of the build.</summary>
public sealed class CheckTests
{
    [Fact]
    public void WarningsFailOnlyWhereTheyAreNotLetPass()
    {
        using var bench = new Workbench().WithSample("churn");

        bench.Run("Validate").ShouldExit(0).ShouldSay("warning: age lies in");
        bench.Run("Validate", "--strict").ShouldExit(1)
            .ShouldSay("churn/Validate has warnings, which --strict does not let pass");
        bench.Run("Validate").ShouldExit(0);
    }

    [Fact]
    public void NothingIsPackagedOfDataThatAStrictRunIsWarnedOf()
    {
        using var bench = new Workbench()
            .WithFile("pipelines/small/data.csv", "age,plan,left\n" + string.Concat(Enumerable.Range(0, 200)
                .Select(i => $"{20 + i % 50},{(i % 3 == 0 ? "gold" : "basic")},"
                    + $"{(i % 3 == 0) ^ (i % 7 == 0)}\n")))
            .WithPipeline("small", """
                name: small
                data: { sources: data.csv }
                validate: { columns: { age: { max: 60, severity: warn } } }
                split: { method: interleaved, holdout-share: 0.25 }
                train: { task: binary, label: left, trainer: { name: fast-tree, trees: 5 } }
                evaluate: { metrics: [auc], gates: [] }
                package: { version: 1.0.0 }
                """);
        var package = Path.Combine(bench.Output, "small", "small-1.0.0.zip");
        bench.Run("Package", "--strict").ShouldExit(1).ShouldSay(
                "small/Train: small/Validate has warnings, which --strict does not let pass")
            .Executed.ShouldBe(["small/Ingest", "small/Split", "small/Validate"]);
        bench.Run("Package").ShouldExit(0)
            .Executed.ShouldBe(["small/Train", "small/Evaluate", "small/Package"]);
        File.Exists(package).ShouldBeTrue();

        // Made by another run it may not stay where packages are looked for; its value stays as it is.
        bench.Run("Package", "--strict").ShouldExit(1).Executed.ShouldBeEmpty();
        File.Exists(package).ShouldBeFalse();
        bench.Run("Report", "--strict").ShouldExit(1);
        File.ReadAllText(Path.Combine(bench.Output, "small", "audit.html"))
            .ShouldContain("has warnings, which --strict does not let pass");
        bench.Run("Package", "--strict", "--plan").Text
            .ShouldContain("blocked    small/Train: small/Validate has warnings");
        bench.Run("Package").ShouldExit(0).Executed.ShouldBeEmpty();
        File.Exists(package).ShouldBeTrue();
    }

    [Fact]
    public void RowsThatFailAnErrorAreNotLearntFromAndLieBesideThePage()
    {
        using var bench = new Workbench().WithSample("churn");
        bench.Edit("pipelines/churn/pipeline.yaml", yaml => yaml.Replace(
            "age: { min: 18, max: 110, severity: warn }",
            "age: { min: 18, max: 110, fail-above: 5 rows }", StringComparison.Ordinal));

        bench.Run().ShouldExit(0).ShouldSay("taken out: 2 rows that failed 'range:age'");

        var lines = File.ReadAllLines(Path.Combine(bench.Output, "churn", "quarantine.csv"));
        lines.Count(line => line.Contains(",range:age,", StringComparison.Ordinal)).ShouldBe(2);
        lines.Count(line => line.Contains(",parse,", StringComparison.Ordinal)).ShouldBe(6);
        foreach (var ofFile in lines.Skip(1).GroupBy(line => line.Split(',')[0]))
        {
            var source = File.ReadAllLines(Path.Combine(bench.Pipelines, "churn", ofFile.Key));
            File.ReadAllLines(Path.Combine(bench.Output, "churn", "quarantine.raw", ofFile.Key))
                .ShouldBe([source[0], .. ofFile.Select(line => source[LineOf(line) - 1])]);
        }
        File.ReadAllText(Path.Combine(bench.Output, "churn", "audit.html"))
            .ShouldContain("2,000 rows read = 1,992 kept + 6 that did not parse + 2 that checks");
    }

    static int LineOf(string row) => int.Parse(row.Split(',')[1], CultureInfo.InvariantCulture);

    [Fact]
    public void AMisspeltCustomCheckIsNamed()
    {
        using var bench = new Workbench().WithSample("demand");
        bench.Edit("pipelines/demand/pipeline.yaml", yaml =>
            yaml.Replace("custom: plausible-discounts",
                "custom: plausible-discount", StringComparison.Ordinal));

        bench.Run("Ingest").ShouldExit(1).ShouldSay("PIPE-007", "Did you mean 'plausible-discounts'?");
    }
}
