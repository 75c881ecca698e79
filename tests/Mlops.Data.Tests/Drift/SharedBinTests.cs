using Mlops.Data.Drift;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Tests.Drift;

/// <summary>Moves that no bin of the reference shows, and numbers at the ends of doubles.</summary>
public sealed class SharedBinTests
{
    const int Rows = 1000;

    static readonly DriftThresholds Wasserstein =
        new(Statistic: DriftStatistic.Wasserstein, WarnAt: 0.25, DriftAt: 0.5);

    /// <summary>All of them stay in the bin (-∞, 0].</summary>
    [Fact]
    public void ZerosThatBecameAnotherValueOfTheirBinAreAWarning()
    {
        var (before, after) = (Numbers(row => row < 800 ? 0 : row), Numbers(row => row < 800 ? -1 : row));
        foreach (var column in Both(before, after, new DriftThresholds()))
        {
            column.Distance.ShouldBe(0);
            column.Verdict.ShouldBe(DriftVerdict.Warning);
            column.Largest.ShouldBe("x = 0 80 % → 0 %; x ≤ 0 80 % → 80 %");
        }
        Both(before, before, new DriftThresholds())
            .ShouldAllBe(column => column.Verdict == DriftVerdict.None);
    }

    /// <summary>No level of the reference has five rows, so none has a bin.</summary>
    [Fact]
    public void OneLevelInPlaceOfThousandsOfRareOnesIsAWarning()
    {
        foreach (var column in Both(Levels(row => $"r{row}"), Levels(_ => "same"), new DriftThresholds()))
        {
            column.Verdict.ShouldBe(DriftVerdict.Warning);
            column.Largest!.ShouldStartWith("x = 'same' 0 % → 100 %; ");
            column.Shows.ShouldBeNull();
        }
        Both(Levels(row => $"r{row}"), Levels(row => $"s{row}"), new DriftThresholds())
            .ShouldAllBe(column => column.Verdict == DriftVerdict.None);
    }

    [Fact]
    public void ARedactedColumnsValueIsNotNamed() => DriftComparison.Compare(
            Levels(row => $"r{row}"), Levels(_ => "same"), new DriftThresholds(), ["x"], redact: ["x"])
        .Columns[0].Largest!.ShouldStartWith("x = a value that is not shown 0 % → 100 %; ");

    [Fact]
    public void AConstantThatMovedInPartIsMeasuredByItsDistance()
    {
        DriftVerdict Moved(int rows) => DriftComparison.Compare(
            Numbers(_ => 5), Numbers(row => row < rows ? 6 : 5), Wasserstein, ["x"]).Columns[0].Verdict;

        Moved(0).ShouldBe(DriftVerdict.None);
        Moved(150).ShouldBe(DriftVerdict.Warning);
        Moved(400).ShouldBe(DriftVerdict.Drift);
    }

    /// <summary>Their squares are more than a double holds, so W₁ would be divided by infinity.</summary>
    [Theory]
    [InlineData(1e200)]
    [InlineData(1e305)]
    public void NumbersTooLargeToSquareAreComparedAllTheSame(double size)
    {
        var (before, after) = (Numbers(row => row % 97 * size), Numbers(row => -(row % 97) * size));
        foreach (var column in Both(before, after, Wasserstein))
        {
            column.Value.ShouldBeNull();
            column.Verdict.ShouldBe(DriftVerdict.Drift);
            (column.ReferenceMean!.Value / column.CurrentMean!.Value).ShouldBe(-1, 1e-12);
        }
        WholeReference.FaultOf(DriftReference.Of(before, ["x"])).ShouldBeNull();
    }

    [Fact]
    public void AMeanAndAQuantileBetweenTheEndsOfDoublesAreNumbers()
    {
        double[] ends = [-1.5e308, -1e308, 1e308, 1.5e308];
        var moments = Moments.Of(ends);
        moments.Mean.ShouldBe(0);
        moments.StandardDeviation.ShouldBeNull();
        Quantile.Type7(ends, 0.5).ShouldBe(0);
        Quantile.Type7([1, 2, 4], 0.75).ShouldBe(3);
    }

    [Theory]
    [InlineData(1000, 997, "x = 'same' 100 % → 99.7 %")]
    [InlineData(2, 1000, "x = 'other' 99.8 % → 0 %")]
    public void SharesThatAreNotAllNeverReadAsAll(int before, int after, string largest) =>
        DriftComparison.Compare(
            Levels(row => row < before ? "same" : "other"), Levels(row => row < after ? "same" : "other"),
            new DriftThresholds(), ["x"]).Columns[0].Largest.ShouldBe(largest);

    [Fact]
    public void BinsOfNumbersThatDifferInTheirLastDigitsHaveDifferentNames()
    {
        var column = DriftComparison.Compare(
            Numbers(row => 1e15 + row % 50 * 0.125), Numbers(row => 1e15 + row % 50 * 0.125),
            new DriftThresholds(), ["x"]).Columns[0];
        column.Bins.Select(bin => bin.Label).ShouldBeUnique();
        column.Bins[0].Label.ShouldBe("≤ 1000000000000000.6");
        DriftComparison.Compare(
            Numbers(row => row / 7.0), Numbers(row => row / 7.0), new DriftThresholds(), ["x"])
            .Columns[0].Bins[0].Label.ShouldBe("≤ 14.2714");
    }

    static List<ColumnDrift> Both(Table before, Table after, DriftThresholds thresholds) =>
    [
        DriftComparison.Compare(before, after, thresholds, ["x"]).Columns[0],
        DriftComparison.Compare(DriftReference.Of(before, ["x"]), after, thresholds, ["x"]).Columns[0],
    ];

    static Table Numbers(Func<int, double> value) =>
        Tables.Of(("x", new RealValues([.. Enumerable.Range(0, Rows).Select(value)])));

    static Table Levels(Func<int, string> value)
    {
        string[] texts = [.. Enumerable.Range(0, Rows).Select(value)];
        string[] levels = [.. texts.Distinct()];
        return Tables.Of(("x", new TextValues(
            [.. texts.Select(text => Array.IndexOf(levels, text))], levels)));
    }
}
