using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Tests.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Monitoring;

public sealed class DomainClassifierTests : IDisposable
{
    const int Days = 1462;

    static readonly MonitorSpecification HalfAgainstHalf = new(
        new Window(null, "2026-01-01"), new Window("2026-01-01", null), new DriftThresholds(), [],
        DriftVerdict.Drift,
        null, Classifier: new ClassifierSpecification(
            TrainerCatalog.WithDefaults(new("fast-tree", Trees: 30, Leaves: 15))));

    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task EqualWindowsCannotBeToldApart()
    {
        var (result, details) = await Monitor(Shop.Rows(Days));

        result.Verdict.ShouldBe(DriftVerdict.None);
        details.Classifier!.Auc!.Value.ShouldBe(0.5, 0.04);
        details.Classifier.Low!.Value.ShouldBeLessThan(0.5);
        details.Classifier.IsDrift.ShouldBeFalse();
    }

    [Fact]
    public async Task ABrokenRelationIsFoundThatNoColumnShows()
    {
        // Sizes of the second half are dealt out anew: each column stays as it was, what belongs
        // together does not.
        var rows = Shop.Rows(Days);
        var size = (RealValues)rows["size"];
        var dealt = new RealValues([.. Enumerable.Range(0, Days).Select(row =>
            row < 731 ? size.Number(row) : size.Number(731 + (row - 731 + 1) % 731))]);
        var broken = new Table(rows.Schema, [.. rows.Schema.Columns.Select(column =>
            column.Name == "size" ? dealt : rows[column.Name])]);

        var (result, details) = await Monitor(broken);

        details.Drift.Columns.ShouldAllBe(column => column.Verdict == DriftVerdict.None);
        result.Verdict.ShouldBe(DriftVerdict.Drift);
        result.Judgement.Accepted.ShouldBeFalse();
        details.Classifier!.Low!.Value.ShouldBeGreaterThan(0.8);
        details.Classifier.Columns.Take(2).Select(column => column.Column)
            .ShouldBe(["size", "amount"], ignoreOrder: true);
        details.Drift.DecidedBy.ShouldStartWith("a classifier tells the windows apart: AUC 0.");
    }

    [Fact]
    public async Task EqualRowsGiveAnEqualOutcome()
    {
        var (first, _) = await Monitor(Shop.Rows(400));
        var (second, _) = await Monitor(Shop.Rows(400));

        second.Details.ShouldBe(first.Details);
    }

    [Fact]
    public async Task FewRowsOrNothingToTellByAreSaid()
    {
        var (few, _) = await Monitor(Shop.Rows(740));
        few.Judgement.Findings.ShouldContain("the windows' rows were not told apart: a window has 9 rows");

        var (nothing, _) = await Monitor(Shop.Rows(Days), HalfAgainstHalf with
        {
            Exclude = ["size", "region", "luck", "amount", "loyal", "tier"],
        });
        nothing.Judgement.Findings.ShouldContain(
            "the windows' rows were not told apart: there is no column to tell them by");
    }

    async Task<(MonitorResult Result, MonitorDetails Details)> Monitor(
        Table rows, MonitorSpecification? monitor = null)
    {
        var input = new MonitorInput(await bench.Store(rows), "day", monitor ?? HalfAgainstHalf, null);
        var result = await bench.Context.Call(MonitorStage.Value, input);
        return (result, await bench.Read(result.Details, LearningJson.Default.MonitorDetails));
    }
}
