using Mlops.Data.Tables;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Scoring;

public class LabelsTests
{
    [Theory]
    [InlineData("No,Yes", null, "No,Yes")]
    [InlineData("true,false", null, "false,true")]
    [InlineData("1,0", null, "0,1")]
    [InlineData("YES,zero", null, "zero,YES")]
    [InlineData("stay,leave", null, "leave,stay")]
    [InlineData("stay,leave", "leave", "stay,leave")]
    public void BinaryClassesEndWithThePositiveOne(string labels, string? positive, string classes) =>
        Labels.FindClasses(Text(labels.Split(',')), LearningTask.Binary, "y", positive)
            .ShouldBe(classes.Split(','));

    [Fact]
    public void MissingAndUnknownLabelsAreToldApart() =>
        Labels.ClassIndices(Text("b", null, "c", "a"), "y", ["a", "b"])
            .ShouldBe([1, Labels.Missing, Labels.Unknown, 0]);

    [Fact]
    public void BooleansAndWholeNumbersAreClassesToo()
    {
        var booleans = One(new WholeValues(ColumnType.Boolean, [1, 0, WholeValues.Missing]));
        var classes = Labels.FindClasses(booleans, LearningTask.Binary, "y", null);

        classes.ShouldBe(["false", "true"]);
        Labels.ClassIndices(booleans, "y", classes).ShouldBe([1, 0, -1]);
        Labels.FindClasses(
            One(new WholeValues(ColumnType.Integer, [10, 9])), LearningTask.Multiclass, "y", null)
            .ShouldBe(["10", "9"]);
    }

    [Fact]
    public void AMissingNumberIsNaN() =>
        Labels.Numbers(One(new WholeValues(ColumnType.Integer, [4, WholeValues.Missing])), "y")
            .ShouldBe([4, double.NaN]);

    static Table Text(params string?[] cells)
    {
        var levels = cells.OfType<string>().Distinct().ToArray();
        return One(new TextValues([.. cells.Select(cell => Array.IndexOf(levels, cell))], levels));
    }

    static Table One(ColumnValues values) => new(new TableSchema([new Column("y", values.Type)]), [values]);
}
