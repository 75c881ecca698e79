using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Drift;

public sealed class DriftComparisonTests
{
    static readonly DriftThresholds Defaults = new();

    [Fact]
    public void EqualTablesDoNotDrift()
    {
        var table = Tables.Of(Tables.Normal("x", 1, 1000, 0), Tables.Text("plan", "a", "b", 1000, 0.3));
        var result = Compare(table, table);
        result.Verdict.ShouldBe(DriftVerdict.None);
        result.DecidedBy.ShouldBe("no column moved by 0.1 or more with adjusted p at most 0.01");
        result.Columns.ShouldAllBe(column => column.Distance == 0 && column.Verdict == DriftVerdict.None);
    }

    [Fact]
    public void ALargeMoveOfOneOfThreeColumnsIsAWarning()
    {
        var result = Compare(
            Tables.Of(Tables.Normal("x", 1, 1000, 0),
                Tables.Normal("y", 2, 1000, 0), Tables.Normal("z", 3, 1000, 0)),
            Tables.Of(Tables.Normal("x", 4, 1000, 0),
                Tables.Normal("y", 5, 1000, 2), Tables.Normal("z", 6, 1000, 0)));
        result.Verdict.ShouldBe(DriftVerdict.Warning);
        result.DecidedBy.ShouldBe("1 of 3 columns drifted, less than 50 %");
        var first = result.Columns[0];
        first.Column.ShouldBe("y");
        first.Verdict.ShouldBe(DriftVerdict.Drift);
        first.Test.ShouldBe("Kolmogorov–Smirnov");
        first.Largest!.ShouldStartWith("y > ");
        first.NewValues.ShouldHaveSingleItem().ShouldContain(" rows above ");
    }

    [Fact]
    public void HalfOfTheColumnsDriftedIsDrift()
    {
        var result = Compare(
            Tables.Of(Tables.Normal("x", 1, 500, 0), Tables.Normal("y", 2, 500, 0)),
            Tables.Of(Tables.Normal("x", 4, 500, 0), Tables.Normal("y", 5, 500, 2)));
        result.Verdict.ShouldBe(DriftVerdict.Drift);
        result.DecidedBy.ShouldBe("1 of 2 columns drifted, at least 50 %");
    }

    [Fact]
    public void ACategoryThatGrewIsNamed()
    {
        var result = Compare(
            Tables.Of(Tables.Text("plan", "paid", "trial", 1000, 0.12)),
            Tables.Of(Tables.Text("plan", "paid", "trial", 1000, 0.41)));
        var plan = result.Columns.ShouldHaveSingleItem();
        plan.Largest.ShouldBe("plan = 'paid' 88 % → 59 %");
        plan.Test.ShouldBe("chi-square");
        plan.Verdict.ShouldBe(DriftVerdict.Drift);
    }

    [Fact]
    public void NewAndGoneLevelsAreListed()
    {
        var plan = Compare(
            Tables.Of(Tables.Text("plan", "paid", "gone", 200, 0.2)),
            Tables.Of(Tables.Text("plan", "paid", "<b>", 200, 0.2))).Columns[0];
        plan.NewValues.ShouldBe(["<b>"]);
        plan.GoneValues.ShouldBe(["gone"]);
    }

    [Fact]
    public void ALongTailOfNewLevelsIsCutAtTen()
    {
        var many = new TextValues(
            [.. Enumerable.Range(0, 100)], [.. Enumerable.Range(0, 100).Select(i => $"l{i:00}")]);
        var plan = Compare(
            Tables.Of(Tables.Text("plan", "a", "b", 200, 0.2)), Tables.Of(("plan", many))).Columns[0];
        plan.NewValues.Count.ShouldBe(11);
        plan.NewValues[^1].ShouldBe("… and 90 more");
    }

    [Fact]
    public void FewRowsGiveNumbersButNoVerdict()
    {
        var result = Compare(
            Tables.Of(Tables.Normal("x", 1, 29, 0)), Tables.Of(Tables.Normal("x", 2, 1000, 9)));
        result.Verdict.ShouldBe(DriftVerdict.Insufficient);
        var column = result.Columns.ShouldHaveSingleItem();
        column.Verdict.ShouldBe(DriftVerdict.Insufficient);
        column.Distance.ShouldNotBeNull();
        column.AdjustedP.ShouldBeNull();
    }

    [Fact]
    public void NoRowsAreNoData()
    {
        var result = Compare(
            Tables.Of(Tables.Normal("x", 1, 100, 0)), Tables.Of(Tables.Normal("x", 2, 0, 0)));
        result.Verdict.ShouldBe(DriftVerdict.NoData);
        result.DecidedBy.ShouldBe("the current table has no rows");
        result.Columns[0].Distance.ShouldBeNull();
    }

    [Fact]
    public void SmallSamplesSayHowLittleTheySee() =>
        Compare(Tables.Of(Tables.Normal("x", 1, 100, 0)), Tables.Of(Tables.Normal("x", 2, 100, 0)))
            .DecidedBy.ShouldEndWith("so few rows show only shifts of about 0.9 standard deviations or more");

    [Fact]
    public void MissingCellsAreComparedOnTheirOwn()
    {
        var reference = Enumerable.Range(0, 1000).Select(i => (double)i).ToArray();
        var current = reference.Select(x => x % 10 == 0 ? double.NaN : x).ToArray();
        var column = Compare(
            Tables.Of(("x", new RealValues(reference))),
            Tables.Of(("x", new RealValues(current)))).Columns[0];
        column.Verdict.ShouldBe(DriftVerdict.Warning);
        column.Largest!.ShouldStartWith("missing 0 % → 10 %; ");
        column.CurrentCount.ShouldBe(900);
    }

    [Fact]
    public void AColumnThatVanishedIsAWarningAlthoughNothingIsLeftToCompare()
    {
        var nothing = Enumerable.Repeat(double.NaN, 100).ToArray();
        var result = Compare(
            Tables.Of(Tables.Normal("x", 1, 100, 0)), Tables.Of(("x", new RealValues(nothing))));
        result.Columns[0].Verdict.ShouldBe(DriftVerdict.Warning);
        result.Columns[0].Largest.ShouldBe("missing 0 % → 100 %");
        result.Verdict.ShouldBe(DriftVerdict.Warning);
    }

    [Fact]
    public void DatesReadAsDates()
    {
        var days = Enumerable.Range(0, 400).Select(i => (long)i).ToArray();
        var later = days.Select(day => day + 200).ToArray();
        var column = Compare(
            Tables.Of(("d", new WholeValues(ColumnType.Date, days))),
            Tables.Of(("d", new WholeValues(ColumnType.Date, later)))).Columns[0];
        column.Bins[0].Label.ShouldBe("≤ 1970-02-09");
        column.NewValues.ShouldBe(["200 rows above 1971-02-04"]);
    }

    [Fact]
    public void InfiniteValuesAreCountedNotCompared()
    {
        var reference = Enumerable.Range(0, 100).Select(i => (double)i).ToArray();
        double[] current = [.. reference, double.PositiveInfinity];
        var column = Compare(
            Tables.Of(("x", new RealValues(reference))),
            Tables.Of(("x", new RealValues(current)))).Columns[0];
        column.CurrentCount.ShouldBe(100);
        column.NewValues.ShouldBe(["1 row infinite"]);
        column.Verdict.ShouldBe(DriftVerdict.None);
    }

    /// <summary>They are in no bin, as a ratio is whose divisor became 0.</summary>
    [Theory]
    [InlineData(0, "infinite 0 % → 100 %")]
    [InlineData(80, "infinite 0 % → 20 %; x ")]
    public void ValuesThatBecameInfiniteAreAWarningLikeThoseThatAreMissing(int finite, string words)
    {
        var reference = Enumerable.Range(0, 100).Select(i => (double)i % 25).ToArray();
        double[] current = [.. reference.Take(finite), .. Enumerable.Repeat(
            double.NegativeInfinity, 100 - finite)];
        var result = Compare(
            Tables.Of(("x", new RealValues(reference))), Tables.Of(("x", new RealValues(current))));
        result.Columns[0].Verdict.ShouldBe(DriftVerdict.Warning);
        result.Columns[0].Largest!.ShouldStartWith(words);
        result.IsUntested.ShouldBe(finite == 0);
    }

    [Fact]
    public void UnknownColumnsAreOneProblemEachWithTheNearestName()
    {
        var table = Tables.Of(Tables.Normal("price", 1, 50, 0));
        var problems = Should.Throw<ProblemException>(
            () => DriftComparison.Compare(table, table, Defaults, ["pric"])).Problems;
        problems.Count.ShouldBe(2);
        problems[0].Next.ShouldBe("Did you mean 'price'?");
    }

    [Fact]
    public void TextAgainstNumbersIsAProblem() =>
        Should.Throw<ProblemException>(() => Compare(
                Tables.Of(Tables.Normal("x", 1, 50, 0)), Tables.Of(Tables.Text("x", "a", "b", 50, 0.5))))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("DRIFT-002");

    static DriftResult Compare(Table reference, Table current) => DriftComparison.Compare(
        reference, current, Defaults, [.. reference.Schema.Columns.Select(column => column.Name)]);
}
