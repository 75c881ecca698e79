using Mlops.Data.Tables;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Tests.Evaluation;

public sealed class SlicingTests
{
    [Fact]
    public void TextIsCutByValueMostFrequentFirst()
    {
        var slices = Slicing.Cut("kind", Text("a"), Text("b", "a", "b", null, "c"));

        slices.Select(slice => slice.Value).ShouldBe(["b", "a", "c", "(missing)"]);
        slices[0].Rows.ShouldBe([0, 2]);
        slices[3].Rows.ShouldBe([3]);
    }

    [Fact]
    public void RareValuesBeyondFiftyArePooled()
    {
        var values = Enumerable.Range(0, 60).Select(i => $"v{i:00}").Append("v59").ToArray();

        var slices = Slicing.Cut("kind", Text("a"), Text(values));

        slices.Count.ShouldBe(51);
        slices[0].Value.ShouldBe("v59");
        slices[50].Value.ShouldBe("(other)");
        slices.Sum(slice => slice.Rows.Length).ShouldBe(61);
    }

    [Fact]
    public void NumbersAreCutByQuartileOfTheTrainingRows()
    {
        var training = new RealValues([.. Enumerable.Range(1, 100).Select(i => (double)i)]);

        var slices = Slicing.Cut(
            "size", training, new RealValues([25, 25.5, 50, 75, 75.1, 1000, double.NaN]));

        slices.Select(slice => slice.Value).ShouldBe(["≤ 25", "(25, 50]", "(50, 75]", "> 75", "(missing)"]);
        slices.Select(slice => slice.Rows.Length).ShouldBe([1, 2, 1, 2, 1]);
    }

    [Fact]
    public void CodesAreCutByValueInTheirOrder()
    {
        var months = new WholeValues(ColumnType.Integer, [10, 2, 1]);

        Slicing.Cut("month", months, new WholeValues(ColumnType.Integer, [10, 2, 10, 2, 10]))
            .Select(slice => slice.Value).ShouldBe(["2", "10"]);
    }

    [Fact]
    public void QuartilesOfDatesReadAsDates()
    {
        var days = new WholeValues(ColumnType.Date, [.. Enumerable.Range(0, 100).Select(i => (long)i)]);

        Slicing.Cut("day", days, days)[0].Value.ShouldBe("≤ 1970-01-25");
    }

    static TextValues Text(params string?[] values)
    {
        string[] levels = [.. values.OfType<string>().Distinct()];
        return new TextValues([.. values.Select(value => Array.IndexOf(levels, value))], levels);
    }
}
