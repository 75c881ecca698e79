using CsCheck;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Sweeping;

namespace Mlops.Learning.Tests.Sweeping;

public sealed class FoldTests
{
    static readonly Gen<(long?[] Values, int Folds, int Seed)> Rows = Gen.Select(
        Gen.OneOf(Gen.Long[0, 30].Select(value => (long?)value), Gen.Const((long?)null)).Array[60, 200],
        Gen.Int[2, 6], Gen.Int[0, 99]);

    [Theory]
    [InlineData(SplitMethod.Random)]
    [InlineData(SplitMethod.Stratified)]
    [InlineData(SplitMethod.Group)]
    public void EachRowIsMeasuredOnceByWhatWasLearntFromTheOthers(SplitMethod method) => Rows.Sample(drawn =>
    {
        var folds = Fold.Of(
            drawn.Values.Length, Column(drawn.Values), new Folding(drawn.Folds, method, "by", drawn.Seed));

        folds.Count.ShouldBe(drawn.Folds);
        folds.SelectMany(fold => fold.Measured).Order().ShouldBe(Enumerable.Range(0, drawn.Values.Length));
        foreach (var fold in folds)
            fold.Learning.Concat(fold.Measured).Order().ShouldBe(Enumerable.Range(0, drawn.Values.Length));
    }, iter: 100);

    [Fact]
    public void AGroupIsNeverOnBothSides() => Rows.Sample(drawn =>
    {
        var folding = new Folding(drawn.Folds, SplitMethod.Group, "by", drawn.Seed);
        foreach (var fold in Fold.Of(drawn.Values.Length, Column(drawn.Values), folding))
            fold.Learning.Select(row => drawn.Values[row])
                .Intersect(fold.Measured.Select(row => drawn.Values[row]))
                .ShouldBeSubsetOf([null]);
    }, iter: 100);

    [Fact]
    public void EveryFoldHasItsShareOfEachStratum() => Rows.Sample(drawn =>
    {
        var folds = Fold.Of(
            drawn.Values.Length, Column(drawn.Values),
            new Folding(drawn.Folds, SplitMethod.Stratified, "by", drawn.Seed));
        foreach (var stratum in drawn.Values.Distinct())
        {
            var counts = folds
                .Select(fold => fold.Measured.Count(row => drawn.Values[row] == stratum)).ToList();
            (counts.Max() - counts.Min()).ShouldBeLessThanOrEqualTo(1);
        }
    }, iter: 100);

    [Fact]
    public void ByTimeEachFoldIsMeasuredOnLaterRowsThanItLearntFrom() => Rows.Sample(drawn =>
    {
        var folds = Fold.Of(
            drawn.Values.Length, Column(drawn.Values), new Folding(drawn.Folds, SplitMethod.Time, "by", 0));

        foreach (var fold in folds)
            fold.Learning.Max(row => drawn.Values[row] ?? -1)
                .ShouldBeLessThan(fold.Measured.Min(row => drawn.Values[row] ?? -1));
        folds[^1].Learning.Length.ShouldBe(
            folds[0].Learning.Length + folds.SkipLast(1).Sum(fold => fold.Measured.Length));
        (folds[^1].Learning.Length + folds[^1].Measured.Length).ShouldBe(drawn.Values.Length);
    }, iter: 100);

    [Theory]
    [InlineData(SplitMethod.Random, 2, "2 rows")]
    [InlineData(SplitMethod.Group, 9, "9 groups")]
    [InlineData(SplitMethod.Time, 9, "1 points in time")]
    public void TooFewRowsForTheFoldsAreRefused(SplitMethod method, int rows, string actual)
    {
        var problem = Should.Throw<ProblemException>(() => Fold.Of(
            rows, Column(new long?[rows].Select(_ => (long?)7)), new Folding(3, method, "by", 1))).Problems
                .ShouldHaveSingleItem();

        problem.Id.ShouldBe("TRAIN-011");
        problem.Actual.ShouldBe(actual);
    }

    static WholeValues Column(IEnumerable<long?> values) =>
        new(ColumnType.Integer, [.. values.Select(value => value ?? WholeValues.Missing)]);
}
