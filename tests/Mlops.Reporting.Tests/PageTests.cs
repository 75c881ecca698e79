using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Learning.Training;

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
    public async Task AGateThatCouldJudgeNothingDoesNotLookPassed()
    {
        var audit = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, audit with
        {
            Evaluation = audit.Evaluation! with
            {
                Gates = [new("auc", true, "auc 0.8471: there is no champion to compare with", NotRun: true)],
            },
        }));
        page.ShouldContain("Gates passed\n0 of 1 1 not run\n");
        page.ShouldContain("\n· not run | auc 0.8471: there is no champion to compare with | auc\n");
        page.ShouldContain(" and 1 gate that did not run.");
    }

    [Fact]
    public async Task AMonitoringThatFailsWithoutDataLooksSo()
    {
        var report = Drifting.Report(bench);
        var monitor = Drifting.Monitor(bench, []) with
        {
            Verdict = Data.Drift.DriftVerdict.NoData,
            Judgement = new Judgement(false, ["no data: the current table has no rows"]),
        };
        PageRules.VisibleText(
            await bench.Render(DriftReportStage.Value, report with { Monitor = monitor }))
            .ShouldContain("\n✗ No data\n");
    }

    [Fact]
    public async Task AnAcceptedModelIsNotShownAsNothingButAcceptedWhereMonitorFails()
    {
        var audit = PageRules.VisibleText(await bench.Render(AuditStage.Value, Churn.Audit(bench) with
        {
            Monitor = Drifting.Monitor(bench, []) with { Judgement = new Judgement(false, ["no data"]) },
        }));
        audit.ShouldContain("\n! Accepted\n");
        audit.ShouldContain("Monitor, which looks at later data, fails.");

        var small = Overviews.Small(bench);
        var index = PageRules.VisibleText(await bench.Render(IndexStage.Value, small with
        {
            Entries =
            [
                small.Entries[0] with
                {
                    Drift = Data.Drift.DriftVerdict.NoData,
                    Findings = [new IndexFinding("Monitor: no data", true)],
                },
            ],
        }));
        index.ShouldContain("\n! All accepted\n");
        index.ShouldContain("1 of 1 model accepted. Monitor, which looks at later data, fails for 1 of them.");
        index.ShouldContain(" | no data | ");
        index.ShouldContain("✗ stops | Monitor: no data");
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

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(4, "< 0.1 %")]
    [InlineData(9_994, "99.9 %")]
    [InlineData(9_996, "> 99.9 %")]
    [InlineData(9_999, "> 99.9 %")]
    [InlineData(10_000, "100.0 %")]
    public async Task AShareReadsAsAllOrNothingOnlyWhereItIs(int missing, string words)
    {
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, WithProfile(new ColumnProfile(
            "plan", ColumnType.Text, 10_000 - missing, missing, 1, true,
            null, null, null, null, null, [], null))));
        page.ShouldContain($"plan | text | | {words} | 1 |");
    }

    [Fact]
    public async Task ASketchedMedianAndTheStrongestOfManyPairsAreSaidToBeSuch()
    {
        ColumnProfile Of(bool exact) => new("monthly_charge", ColumnType.Real, 20_000, 0, 12_000, exact,
            1, 9, 5, 2, [1, 2, 4.5, 6, 8], [], null);
        var pairs = Enumerable.Range(0, 15).Select(_ =>
            new ColumnCorrelation("monthly_charge", "tenure_months", 7032, 0.5)).ToArray();

        (await Page(exact: false, 15)).ShouldSatisfyAllConditions(
            page => page.ShouldContain("| ≈ 12,000 | 1 | ≈ 4.5 | 9 |"),
            page => page.ShouldContain("The 15 strongest pairs; others are not listed"));
        (await Page(exact: true, 1)).ShouldSatisfyAllConditions(
            page => page.ShouldContain("| 12,000 | 1 | 4.5 | 9 |"),
            page => page.ShouldContain("1 pair\n"));

        async Task<string> Page(bool exact, int count) => PageRules.VisibleText(
            await bench.Render(AuditStage.Value, WithProfile(Of(exact), pairs[..count])));
    }

    /// <summary>Moments of one day differ, and a deviation of days is not told in seconds.</summary>
    [Fact]
    public async Task MomentsAreShownWithTheirTime()
    {
        var audit = Churn.Audit(bench);
        var columns = audit.Dataset!.Table.Schema.Columns.Select(column =>
            column.Name == "since" ? column with { Type = ColumnType.Timestamp } : column);
        const double Noon = 1_767_268_800;
        var input = WithProfile(new ColumnProfile("since", ColumnType.Timestamp, 3, 0, 3, true,
            Noon, Noon + 60, Noon + 30, 172_800, [Noon, Noon, Noon + 1, Noon, Noon], [], null));
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, input with
        {
            Dataset = audit.Dataset with
            {
                Table = audit.Dataset.Table with { Schema = new TableSchema([.. columns]) },
            },
        }));
        var row = page.Split('\n')
            .First(line => line.StartsWith("since | timestamp", StringComparison.Ordinal));
        row.ShouldBe(
            "since | timestamp | | 0 % | 3 | 2026-01-01 12:00:00 | 2026-01-01 12:00:01 | "
            + "2026-01-01 12:01:00 | 2026-01-01 12:00:30± 2.000 days");
    }

    [Fact]
    public async Task RowsThatChecksTookOutAreToldBesideThoseThatDidNotParse()
    {
        var audit = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, audit with
        {
            Validation = audit.Validation! with { RowsTakenOut = 52 },
        }));
        page.ShouldContain("3 source files · 3 did not parse · checks took out 52");
    }

    AuditInput WithProfile(ColumnProfile profile, IReadOnlyList<ColumnCorrelation>? pairs = null)
    {
        var audit = Churn.Audit(bench);
        return audit with
        {
            Validation = audit.Validation! with
            {
                Details = bench.Json(
                    new ValidationDetails([profile], [], pairs, 4), Data.DataJson.Default.ValidationDetails),
            },
        };
    }

    [Fact]
    public async Task WarningsAndChecksThatDidNotRunAreNotSaidToBePassed()
    {
        var audit = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, audit with
        {
            Validation = audit.Validation! with
            {
                WarningCount = 1,
                Details = bench.Json(
                    new ValidationDetails([], [
                        new("one", "one", Severity.Error, CheckStatus.NotRun, "nothing to test", 0, 0, []),
                        new("two", "two", Severity.Warn, CheckStatus.Warn, "constant: 'x'", 70, 0, []),
                    ]),
                    Data.DataJson.Default.ValidationDetails),
            },
        }));
        page.ShouldContain("was passed, but for 1 check that warns and 1 check that did not run.");
        page.ShouldContain("warning | 70 | — | —");
    }

    /// <summary>A warning beside what failed did not reject the dataset.</summary>
    [Fact]
    public async Task OnlyWhatRejectsADatasetIsSaidToStopIt()
    {
        var audit = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, audit with
        {
            Validation = audit.Validation! with
            {
                Judgement = new Judgement(false, ["failed: first", "warning: second", "not run: third"]),
            },
            Split = audit.Split! with { Judgement = new Judgement(false, ["fourth"]) },
        }));
        page.ShouldContain("Rejected by Split and Validate:");
        page.ShouldContain("✗ Validate failed: first (stops)");
        page.ShouldContain("! Validate warning: second (noted)");
        page.ShouldContain("! Validate not run: third (noted)");
        page.ShouldContain("✗ Split fourth (stops)");
    }

    [Fact]
    public async Task APageThatWasNotMadeIsNotLinked()
    {
        var small = Overviews.Small(bench);
        var page = await bench.Render(IndexStage.Value, small with
        {
            Entries = [small.Entries[0] with { AuditPath = null, DriftPath = null }],
        });
        page.ShouldNotContain(">audit</a>");
        page.ShouldNotContain(".html\"");
    }

    [Fact]
    public async Task SlotsOfColumnsAddUpToThoseOfTheModel()
    {
        var audit = Churn.Audit(bench);
        var details = new TrainingDetails(
            [
                new("age", ColumnType.Integer, FeatureKind.Number, 1),
                new("plan", ColumnType.Text, FeatureKind.OneHot, 2),
                new("since", ColumnType.Date, FeatureKind.DateParts, 2),
            ],
            [], new NaiveBaseline(null, 1, []),
            ["age", "since (year)", "since (month)", "age is missing", "since (year) is missing",
                "since (month) is missing", "plan = a", "plan = age is missing"],
            []);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, audit with
        {
            Model = audit.Model! with
            {
                Details = bench.Json(details, LearningJson.Default.TrainingDetails),
            },
        }));
        page.ShouldContain("3 columns become 8 feature slots");
        page.ShouldContain("age | integer | number as it is, and whether it is missing | 2");
        page.ShouldContain("plan | text | one slot per level | 2");
        page.ShouldContain("since | date | parts of the date, and whether it is missing | 4");
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
