using Mlops.Engine;

namespace Mlops.Reporting.Tests;

public sealed class AbsentTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task NothingAtAllStillGivesAPageThatSaysSo()
    {
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, new AuditInput(
            bench.Templates, new PipelineCard("empty", null, null, null, null, null, null, null, null), [],
            null, null, null, null, null, null, null, [])));
        page.ShouldContain("! Not reached");
        page.ShouldContain("Not reached: this report holds no Ingest step.");
        page.ShouldContain("Version not provided · owner not provided");
        page.ShouldContain("0 of 7 texts provided");
        page.ShouldContain("0 of 14 items are present.");
        page.Split("not provided").Length.ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task EachPartMayBeAbsentOnItsOwn()
    {
        var whole = Churn.Audit(bench);
        foreach (var (stage, input) in new[]
        {
            ("Ingest", whole with { Dataset = null }), ("Split", whole with { Split = null }),
            ("Validate", whole with { Validation = null }), ("Train", whole with { Model = null }),
            ("Evaluate", whole with { Evaluation = null }), ("Package", whole with { Package = null }),
            ("Monitor", whole with { Monitor = null }),
        })
        {
            var blocked = input with
            {
                Steps = [.. whole.Steps.Select(step => step.Step == stage
                    ? OtherModels.Blocked(stage, "upstream said no") : step)],
            };
            PageRules.VisibleText(await bench.Render(AuditStage.Value, blocked))
                .ShouldContain($"Not reached: {stage} was not allowed to run — upstream said no",
                    customMessage: stage);
        }
    }

    [Fact]
    public async Task ARejectedDatasetIsReportedWithItsFindings()
    {
        var whole = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, whole with
        {
            Validation = whole.Validation! with { Judgement = new Judgement(false, ["plan: 40 % missing"]) },
            Model = null,
            Evaluation = null,
            Package = null,
            Monitor = null,
            Steps = [.. whole.Steps.Take(3), OtherModels.Blocked("Train", "Validate rejected the dataset")],
        }));
        page.ShouldContain("✗ Rejected");
        page.ShouldContain("✗ Validate plan: 40 % missing (stops)");
        page.ShouldContain("Not reached: Train was not allowed to run — Validate rejected the dataset");
    }

    [Fact]
    public async Task AFailedStepIsAVerdictToo()
    {
        var whole = Churn.Audit(bench);
        var page = PageRules.VisibleText(await bench.Render(AuditStage.Value, whole with
        {
            Package = null,
            Steps = [.. whole.Steps.Take(5),
                OtherModels.Blocked("Package", "the disk is full") with { State = StepState.Failed }],
        }));
        page.ShouldContain("! Not reached");
        page.ShouldContain("Not reached: Package failed — the disk is full");
    }

    [Fact]
    public async Task DriftThatWasNotMeasuredIsNotCalledNone()
    {
        var page = PageRules.VisibleText(await bench.Render(
            DriftReportStage.Value, Drifting.Report(bench) with { Monitor = null, Steps = [] }));
        page.ShouldContain("Not reached: this report holds no Monitor step.");
        page.ShouldNotContain("no drift");
    }

    [Fact]
    public async Task AnEmptyIndexSaysSo() =>
        PageRules.VisibleText(await bench.Render(IndexStage.Value, new IndexInput(bench.Templates, [])))
            .ShouldContain("No pipeline was rendered.");

    [Fact]
    public async Task DetailsThatAreNotJsonAreAProblemWithAName()
    {
        var whole = Churn.Audit(bench);
        var failure = await Should.ThrowAsync<ProblemException>(() => bench.Render(AuditStage.Value,
            whole with
            {
                Validation = whole.Validation! with
                {
                    Details = bench.Bytes([1, 2, 3, 4], "application/json"),
                },
            }));
        failure.Problems.ShouldHaveSingleItem().Id.ShouldBe("REPORT-006");
    }
}
