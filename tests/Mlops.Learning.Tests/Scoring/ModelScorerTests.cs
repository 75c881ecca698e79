using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Scoring;

public class ModelScorerTests
{
    static readonly TrainSpecification Train = Samples.Train(LearningTask.Regression, "fast-tree");

    [Fact]
    public void ScoresWithoutTheLabelAndInAnyOrderOfRows()
    {
        var scorer = Scorer();
        var table = Samples.Table(100, seed: 9);
        var backwards = Enumerable.Range(0, 100).Reverse().ToArray();

        var straight = scorer.Score(Without(table, "cost")).Value;

        scorer.Score(table.Take(backwards)).Value.ShouldBe(straight.Reverse());
    }

    [Fact]
    public void MissingColumnsAreNamedAllAtOnce()
    {
        var table = Without(Without(Samples.Table(10), "size"), "plan");

        var problems = Should.Throw<ProblemException>(() => Scorer().Score(table)).Problems;

        problems.Select(problem => problem.What).ShouldBe(
        [
            "The model needs column 'size', which the table lacks.",
            "The model needs column 'plan', which the table lacks.",
        ]);
    }

    [Fact]
    public void AnotherTypeThanInTrainingIsRefused()
    {
        var table = Samples.Table(10);
        var asText = new Table(
            new TableSchema([.. table.Schema.Columns
                .Select(column => column.Name == "size" ? column with { Type = ColumnType.Text } : column)]),
            [.. table.Schema.Columns.Select(column => table[column.Name == "size" ? "plan" : column.Name])]);

        Should.Throw<ProblemException>(() => Scorer().Score(asText)).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("SCORE-002");
    }

    [Fact]
    public void GarbageIsNoModel() =>
        Should.Throw<ProblemException>(() =>
            ModelScorer.Load(new MemoryStream([1, 2, 3]), Train, Fitted().Details))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("SCORE-003");

    [Fact]
    public void NoRowsGiveNoPredictions() => Scorer().Score(Samples.Table(5).Take([])).RowCount.ShouldBe(0);

    static FittedModel Fitted() =>
        ModelFitting.Fit(Samples.Table(), Train, TestContext.Current.CancellationToken);

    static ModelScorer Scorer()
    {
        var fitted = Fitted();
        return ModelScorer.Load(new MemoryStream(fitted.Model), Train, fitted.Details);
    }

    static Table Without(Table table, string column)
    {
        var kept = table.Schema.Columns.Where(other => other.Name != column).ToList();
        return new Table(new TableSchema(kept), [.. kept.Select(other => table[other.Name])]);
    }
}
