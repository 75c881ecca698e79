using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Training;

public class TrainingChecksTests
{
    [Fact]
    public void EverythingThatTheSchemaTellsIsSaidAtOnce()
    {
        var train = Samples.Train(LearningTask.Binary, "fast-trea");
        var problems = Problems(train with
        {
            Features = train.Features with
            {
                Include = ["siez", "churn"],
                Exclude = ["ctiy"],
                Categorical = ["nothing"],
            },
        });

        problems.Select(problem => problem.Id)
            .ShouldBe(["TRAIN-001", "TRAIN-004", "TRAIN-002", "TRAIN-002", "TRAIN-002"]);
        problems[0].Expected.ShouldBe("perhaps 'fast-tree'");
        problems[2].Expected.ShouldBe("perhaps 'size'");
        problems[3].Expected!.ShouldStartWith("perhaps 'city'");
    }

    [Fact]
    public void AnAbsentLabelIsNamedWithItsNeighbour() =>
        Problems(Samples.Train(LearningTask.Binary, "sdca") with { Label = "churned" })
            .ShouldHaveSingleItem().Expected!.ShouldStartWith("perhaps 'churn'");

    [Fact]
    public void ARegressionNeedsANumber() =>
        Problems(Samples.Train(LearningTask.Regression, "sdca") with { Label = "plan" })
            .ShouldHaveSingleItem().Id.ShouldBe("TRAIN-003");

    [Fact]
    public void OneClassIsNothingToLearn()
    {
        var table = Samples.Table();
        var problem = Problems(
            Samples.Train(LearningTask.Binary, "sdca"), table.Where(row => table["churn"].Text(row) == "No"))
                .ShouldHaveSingleItem();

        problem.ToString().ShouldBe("""
            TRAIN-007: The label 'churn' of a binary task has only one value in training.
              expected exactly two
              actual   'No'
              next     Look at how the dataset is split.
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ThreeClassesAreNotBinary() =>
        Problems(Samples.Train(LearningTask.Binary, "sdca") with { Label = "species" })
            .ShouldHaveSingleItem().Next.ShouldBe("Choose train.task: multiclass.");

    [Fact]
    public void AnUnknownPositiveLabelIsRefused() =>
        Problems(Samples.Train(LearningTask.Binary, "sdca") with { Positive = "yes" })
            .ShouldHaveSingleItem().Expected.ShouldBe("'No' or 'Yes'");

    [Fact]
    public void PoissonRegressionKnowsNothingBelowZero()
    {
        var table = Samples.Table(50);
        var negative = new RealValues([.. Enumerable.Range(0, 50)
            .Select(row => table["cost"].Number(row) - 1000)]);
        var columns = table.Schema.Columns.Select((column, i) => column.Name == "cost" ? negative : table[i]);

        Problems(Samples.Train(LearningTask.Regression, "lbfgs"), new Table(table.Schema, [.. columns]))
            .ShouldHaveSingleItem().Id.ShouldBe("TRAIN-008");
    }

    [Fact]
    public void NothingToLearnFromIsSaid()
    {
        var train = Samples.Train(LearningTask.Binary, "fast-tree");
        var problem = Problems(train with { Features = train.Features with { Include = ["fixed"] } })
            .ShouldHaveSingleItem();

        problem.Id.ShouldBe("TRAIN-009");
        problem.Actual.ShouldBe("'fixed' dropped: the same in every training row");
    }

    [Fact]
    public void NoRowsAreRefused() =>
        Problems(Samples.Train(LearningTask.Binary, "fast-tree"), Samples.Table(3).Take([]))
            .ShouldHaveSingleItem().Id.ShouldBe("TRAIN-006");

    static IReadOnlyList<Problem> Problems(TrainSpecification train, Table? table = null) =>
        Should.Throw<ProblemException>(() => ModelFitting.Fit(
            table ?? Samples.Table(), train, TestContext.Current.CancellationToken)).Problems;
}
