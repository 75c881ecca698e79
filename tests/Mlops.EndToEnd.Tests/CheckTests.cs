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
        File.ReadAllText(Path.Combine(bench.Output, "churn", "audit.html"))
            .ShouldContain("2,000 rows read = 1,992 kept + 6 that did not parse + 2 that checks");
    }

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
