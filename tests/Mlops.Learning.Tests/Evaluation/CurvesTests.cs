using CsCheck;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Tests.Evaluation;

public sealed class CurvesTests
{
    [Fact]
    public void ALongCurveKeepsItsEndsAndItsLargestSteps()
    {
        // 1000 tiny steps, with one large step right in the middle.
        double[] probability = [.. Enumerable.Range(0, 3000).Select(i => 1 - i / 3000.0)];
        bool[] actual = [.. Enumerable.Range(0, 3000).Select(i => i is >= 1000 and < 2000 || i % 2 == 0)];

        var roc = BinaryCurves.Roc(new BinaryOutcomes(actual, probability));

        roc.Count.ShouldBeLessThanOrEqualTo(BinaryCurves.MaxPoints);
        roc[0].ShouldBe(new CurvePoint(0, 0));
        roc[^1].ShouldBe(new CurvePoint(1, 1));
        roc.Zip(roc.Skip(1)).ShouldContain(pair => pair.Second.Y - pair.First.Y > 0.49);
    }

    [Fact]
    public void AThinnedCurveRisesAndKeepsItsArea() =>
        Gen.Select(Gen.Bool, Gen.Double[0, 1]).Array[400, 1200].Sample(rows =>
        {
            var outcomes = new BinaryOutcomes(
                [.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]);
            var roc = BinaryCurves.Roc(outcomes);
            roc.Count.ShouldBeLessThanOrEqualTo(BinaryCurves.MaxPoints);
            var steps = roc.Zip(roc.Skip(1)).ToArray();
            steps.ShouldAllBe(step => step.Second.X >= step.First.X && step.Second.Y >= step.First.Y);
            steps.Sum(step => (step.Second.X - step.First.X) * (step.Second.Y + step.First.Y) / 2)
                .ShouldBe(outcomes.Metric("auc")!.Value, 0.01);
        }, iter: 30);

    [Fact]
    public void PrecisionRecallEndsAtTheShareOfPositives()
    {
        var curve = BinaryCurves.PrecisionRecall(
            new BinaryOutcomes([true, false, false, false], [0.9, 0.8, 0.3, 0.3]));

        curve.ShouldBe([new(0, 1), new(1, 1), new(1, 0.5), new(1, 0.25)]);
    }

    [Fact]
    public void OneClassAloneHasNoCurve()
    {
        var outcomes = new BinaryOutcomes([false, false], [0.9, 0.8]);

        BinaryCurves.Roc(outcomes).ShouldBeEmpty();
        BinaryCurves.PrecisionRecall(outcomes).ShouldBeEmpty();
    }

    [Fact]
    public void ResidualsAreBinnedFromTheLeastToTheLargest()
    {
        double[] actual = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        double[] predicted = [.. actual.Select((value, i) => value + i % 5)];

        var summary = Residuals.Summarise(new RegressionOutcomes(actual, predicted)).ShouldNotBeNull();

        (summary.Min, summary.Max).ShouldBe((0, 4));
        summary.Histogram.Count.ShouldBe(20);
        summary.Histogram.Where(count => count > 0).ShouldBe([20, 20, 20, 20, 20]);
        summary.ByPrediction.Count.ShouldBe(20);
        summary.ByPrediction.Average(point => point.Y).ShouldBe(actual.Average(), 1e-9);
        summary.ByPrediction.Zip(summary.ByPrediction.Skip(1))
            .ShouldAllBe(pair => pair.First.X <= pair.Second.X);
    }

    [Fact]
    public void EqualResidualsFallInOneBin()
    {
        var summary = Residuals.Summarise(new RegressionOutcomes([1, 2, 3], [2, 3, 4])).ShouldNotBeNull();

        summary.Histogram[0].ShouldBe(3);
        summary.ByPrediction.ShouldBe([new(2, 1), new(3, 2), new(4, 3)]);
        Residuals.Summarise(new RegressionOutcomes([], [])).ShouldBeNull();
    }
}
