namespace Mlops.EndToEnd.Tests;

/// <summary>From files nobody described to declared columns, and back to what changed in them.</summary>
public sealed class InferenceTests
{
    const string Yaml = """
        name: shop
        data:
          sources: raw/*.csv
        train: { task: regression, label: price }
        package: { version: 0.1.0 }

        """;

    static string Month(int month, Func<int, string> price) => "id,city,rooms,price\n" + string.Concat(
        Enumerable.Range(0, 120).Select(i => FormattableString.Invariant(
            $"{1000 * month + i},{(i % 3 == 0 ? "Rome" : "Oslo")},{i % 7},{price(i)}\n")));

    static Workbench Shop() => new Workbench().WithPipeline("shop", Yaml)
        .WithFile("pipelines/shop/raw/2026-02.csv", Month(2, i => $"{3 * (i % 7)}"))
        .WithFile("pipelines/shop/raw/2026-03.csv", Month(3, i => $"{3 * (i % 7)}"))
        .WithFile("pipelines/shop/raw/2026-04.csv", Month(4, i => i == 15 ? "9.5" : $"{3 * (i % 7)}"));

    static string Page(Workbench bench) => File.ReadAllText(Path.Combine(bench.Output, "shop", "audit.html"));

    [Fact]
    public void TheReportSaysWhyAColumnHasItsType()
    {
        using var bench = Shop();

        bench.Run().ShouldExit(0).Executed.ShouldContain("shop/Package");

        Page(bench).ShouldContain("inferred from 360 cells, none missing; because ");
        Page(bench).ShouldContain("in raw/2026-04.csv line 17 is no integer");
        Page(bench).ShouldContain("in the other 2 files it reads as integer.");
    }

    [Fact]
    public void OtherEvidenceForTheSameColumnsMakesNothingAgainButTheReport()
    {
        using var bench = Shop();
        bench.Run().ShouldExit(0);

        File.Move(bench.PathOf("pipelines/shop/raw/2026-04.csv"),
            bench.PathOf("pipelines/shop/raw/2026-05.csv"));

        bench.Run().ShouldExit(0).Executed.ShouldBe(["shop/Ingest", "shop/Report"], ignoreOrder: true);
        Page(bench).ShouldContain("in raw/2026-05.csv line 17 is no integer");
    }

    [Fact]
    public void InferredColumnsAreWrittenOnceAndAChangedTypeIsSaidAfterwards()
    {
        using var bench = Shop();
        bench.Run("Infer", "--pipeline", "shop").ShouldExit(0)
            .ShouldSay("written", "+     price: real", "severity: info");
        bench.Run("Infer", "--pipeline", "shop").ShouldExit(0).ShouldSay("unchanged");
        bench.Run().ShouldExit(0);
        Page(bench).ShouldContain("All types are declared.");

        bench.WithFile("pipelines/shop/raw/2026-05.csv", Month(5, i => $"EUR {i}"));

        bench.Run()
            .ShouldSay("Type changed? 'price' is declared real, but 120 of 120 cells of raw/2026-05.csv "
                + "do not read so: 'EUR 0' is not a number (line 2).");
    }

    [Fact]
    public void AFileOfJsonLinesBecomesAPipelineThatBuildsUnedited()
    {
        using var bench = new Workbench().WithFile("houses.jsonl", string.Concat(
            Enumerable.Range(0, 300).Select(i => FormattableString.Invariant(
                $"{{\"rooms\":{i % 13},\"floor\":{i % 5},\"rent\":{3 * (i % 13) + i % 5}}}\n"))));

        bench.Run("New", "--data", bench.PathOf("houses.jsonl"), "--label", "rent").ShouldExit(0);

        bench.Run().ShouldExit(0).Executed.ShouldContain("houses/Package");
    }
}
