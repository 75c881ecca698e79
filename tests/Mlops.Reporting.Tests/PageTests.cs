using System.Globalization;
using Mlops.Engine;

namespace Mlops.Reporting.Tests;

public sealed class PageTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task EveryKindOfModelGivesACompletePage()
    {
        foreach (var input in new[]
        {
            Churn.Audit(bench), OtherModels.Regression(bench), OtherModels.Multiclass(bench, 4),
            OtherModels.Multiclass(bench, 30), StepsAlone.Audit(bench),
        })
            PageRules.Hold(await bench.Render(AuditStage.Value, input));
        PageRules.Hold(await bench.Render(DriftReportStage.Value, Drifting.Report(bench)));
        PageRules.Hold(await bench.Render(IndexStage.Value, Overviews.Small(bench)));
    }

    [Fact]
    public async Task RenderingAgainInAnotherCultureGivesTheSameBytes()
    {
        var here = CultureInfo.CurrentCulture;
        var first = await RenderAll();
        try
        {
            // Built by hand, because the tests run without culture data: all that a culture may
            // change is changed.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", ".");
            (other.NumberFormat.NegativeSign, other.NumberFormat.NaNSymbol) = ("~", "keine Zahl");
            (other.DateTimeFormat.DateSeparator, other.DateTimeFormat.TimeSeparator) = ("#", ";");
            CultureInfo.CurrentCulture = other;
            (-1.5).ToString("0.0").ShouldBe("~1,5");
            (await RenderAll()).ShouldBe(first);
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    [Fact]
    public async Task WindowsLineEndsInTemplatesChangeNothing()
    {
        var expected = PageRules.WithoutDigests(await bench.Render(DriftReportStage.Value,
            Drifting.Report(bench)));
        bench.Templates = [.. bench.Templates.Select(file => bench.Template(Path.GetFileName(file.Name),
            Workbench.TemplateText(Path.GetFileName(file.Name))
                .Replace("\n", "\r\n", StringComparison.Ordinal)))];
        PageRules.WithoutDigests(await bench.Render(DriftReportStage.Value, Drifting.Report(bench)))
            .ShouldBe(expected);
    }

    [Fact]
    public async Task AThousandColumnsOfThirtyBinsAreAllThere()
    {
        var columns = Enumerable.Range(0, 1000).Select(i => Drifting.Numeric($"column_{i:0000}",
            Data.Drift.DriftVerdict.None, 0.01, bin => 100 + bin, bin => 130 - bin, bins: 30)).ToArray();
        var page = await bench.Render(DriftReportStage.Value,
            Drifting.Report(bench) with { Monitor = Drifting.Monitor(bench, columns) });
        page.TrimEnd().ShouldEndWith("</html>");
        page.ShouldContain("column_0999");
        page.Length.ShouldBeLessThan(2_600_000);
        Workbench.Parse(page).Descendants("tr").Count().ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("a", "", "50.0 %")]
    [InlineData("", "", "100.0 %")]
    [InlineData("a", "b", "0 %")]
    public async Task CellsWithoutAValueAreToldAsAShareOfTheRows(string first, string second, string share)
    {
        var page = PageRules.VisibleText(await bench.Render(
            AuditStage.Value, await Quarantined.OfNotes(bench, first, second)));
        page.Split('\n').Single(line => line.StartsWith("note | text", StringComparison.Ordinal))
            .ShouldContain($"| {share} |");
    }

    [Fact]
    public async Task PipelinesOfStepsAreToldFromModelsOnTheIndex()
    {
        var models = Overviews.Small(bench);
        var both = PageRules.VisibleText(await bench.Render(
            IndexStage.Value,
            models with { Entries = [.. models.Entries, StepsAlone.Entry(true), StepsAlone.Entry(false)] }));
        both.ShouldContain("2 models · 2 pipelines of steps");
        both.ShouldContain("2 not accepted");
        both.ShouldContain("1 of 2 models accepted. 1 of 2 pipelines of steps finished.");
        both.ShouldContain("count | | ✓ finished | 2 steps | — | — | — | audit");
        both.ShouldContain("fetch | ✗ stops | `curl` ended with exit code 6.");

        var alone = PageRules.VisibleText(await bench.Render(
            IndexStage.Value, models with { Entries = [StepsAlone.Entry(true)] }));
        alone.ShouldContain("✓ All finished");
        alone.ShouldContain("1 of 1 pipeline of steps finished.");
        alone.ShouldNotContain("model accepted");
    }

    [Fact]
    public async Task AThousandCellsFitOnTheIndex()
    {
        var page = await bench.Render(IndexStage.Value, Overviews.Large(bench, 1000));
        page.Length.ShouldBeLessThan(1_500_000);
        PageRules.Hold(page);
    }

    [Fact]
    public async Task ATemplateThatPrintsAnUnknownFieldFailsWithItsPlace()
    {
        bench.Templates = [.. bench.Templates.Where(file => !file.Name.EndsWith("split.sbnhtml",
            StringComparison.Ordinal)),
            bench.Template("split.sbnhtml",
                "<p>{{ data.parts.size }}</p>\n<p>{{ data.nothing_like_it }}</p>")];
        var failure = await Should.ThrowAsync<ProblemException>(() => bench.Render(AuditStage.Value,
            Churn.Audit(bench)));
        failure.Problems.ShouldHaveSingleItem().Id.ShouldBe("REPORT-004");
        failure.Message.ShouldContain("split.sbnhtml(2");
    }

    [Fact]
    public async Task ATemplateThatLosesItsEndIsNotAReport()
    {
        bench.Templates = [.. bench.Templates.Where(file => !file.Name.EndsWith("layout-sections.sbnhtml",
            StringComparison.Ordinal)),
            bench.Template("layout-sections.sbnhtml", "<p>{{ section_count }}</p>")];
        var failure = await Should.ThrowAsync<ProblemException>(() => bench.Render(AuditStage.Value,
            Churn.Audit(bench)));
        failure.Problems.ShouldHaveSingleItem().Id.ShouldBe("REPORT-005");
    }

    [Fact]
    public async Task AMissingTemplateIsNamed()
    {
        bench.Templates = [.. bench.Templates.Where(file => !file.Name.EndsWith("chip.sbnhtml",
            StringComparison.Ordinal))];
        var failure = await Should.ThrowAsync<ProblemException>(() => bench.Render(AuditStage.Value,
            Churn.Audit(bench)));
        failure.Message.ShouldContain("There is no template 'chip.sbnhtml'");
    }

    async Task<string> RenderAll() =>
        await bench.Render(AuditStage.Value, Churn.Audit(bench))
        + await bench.Render(AuditStage.Value, OtherModels.Regression(bench))
        + await bench.Render(AuditStage.Value, StepsAlone.Audit(bench))
        + await bench.Render(DriftReportStage.Value, Drifting.Report(bench))
        + await bench.Render(IndexStage.Value, Overviews.Small(bench));
}
