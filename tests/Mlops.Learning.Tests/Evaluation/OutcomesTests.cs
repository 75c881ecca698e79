using CsCheck;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Evaluation;

public sealed class OutcomesTests
{
    static readonly Gen<(bool Actual, double Probability)[]> Binary =
        Gen.Select(Gen.Bool, Gen.Int[0, 20].Select(step => step / 20.0)).Array[0, 60];

    [Fact]
    public void ByHandFourRowsGiveTheirBinaryMetrics()
    {
        // Pairs (positive, negative): 0.9 > 0.5, 0.9 > 0.2, 0.5 = 0.5 (half), 0.5 > 0.2: auc 3.5 / 4.
        var outcomes = new BinaryOutcomes([true, true, false, false], [0.9, 0.5, 0.5, 0.2]);

        outcomes.Metric("auc").ShouldBe(0.875);
        outcomes.Metric("auprc")!.Value.ShouldBe(0.5 * 1 + 0.5 * 2 / 3, 1e-15);
        outcomes.Metric("accuracy").ShouldBe(0.75);
        outcomes.Metric("precision")!.Value.ShouldBe(2.0 / 3, 1e-15);
        outcomes.Metric("recall").ShouldBe(1);
        outcomes.Metric("f1")!.Value.ShouldBe(0.8, 1e-15);
        outcomes.Metric("brier")!.Value.ShouldBe((0.01 + 0.25 + 0.25 + 0.04) / 4, 1e-15);
        outcomes.Metric("log-loss")!.Value.ShouldBe(-Math.Log(0.9 * 0.5 * 0.5 * 0.8) / 4, 1e-15);
        outcomes.Metric("ece")!.Value.ShouldBe((0.1 + 2 * 0 + 0.2) / 4, 1e-15);
    }

    [Fact]
    public void ByHandFourRowsGiveTheirRegressionMetrics()
    {
        var outcomes = new RegressionOutcomes([0, 2, 4, 6], [1, 2, 4, 3]);

        outcomes.Metric("rmse")!.Value.ShouldBe(Math.Sqrt(10.0 / 4), 1e-15);
        outcomes.Metric("mae").ShouldBe(1);
        outcomes.Metric("r2")!.Value.ShouldBe(1 - 10.0 / 20, 1e-15);
        outcomes.Metric("mape")!.Value.ShouldBe(0.5 / 3, 1e-15);
        outcomes.Metric("bias").ShouldBe(-0.5);
    }

    [Fact]
    public void AClassNeverSeenInTrainingIsAlwaysWrong()
    {
        var outcomes = new MulticlassOutcomes(
            2, [0, 1, MulticlassOutcomes.UnseenClass], [0, 1, 1], [0.5, 1, 0]);

        outcomes.Metric("accuracy")!.Value.ShouldBe(2.0 / 3, 1e-15);
        outcomes.Metric("macro-accuracy")!.Value.ShouldBe(2.0 / 3, 1e-15);
        outcomes.Metric("log-loss")!.Value.ShouldBe((Math.Log(2) - Math.Log(1e-15)) / 3, 1e-12);
        outcomes.Confusion().Sum(row => row.Sum()).ShouldBe(2);
    }

    [Fact]
    public void WhatIsNotDefinedIsNull()
    {
        new BinaryOutcomes([true, true], [0.7, 0.8]).Metric("auc").ShouldBeNull();
        new BinaryOutcomes([false, true], [0.1, 0.2]).Metric("precision").ShouldBeNull();
        new RegressionOutcomes([0.1, 0.1, 0.1], [1, 2, 3]).Metric("r2").ShouldBeNull();
        new RegressionOutcomes([0, 0], [1, 2]).Metric("mape").ShouldBeNull();
        new RegressionOutcomes([], []).Metric("rmse").ShouldBeNull();
    }

    [Fact]
    public void AMetricOfAnotherTaskIsRefused() =>
        Should.Throw<ArgumentException>(() => new RegressionOutcomes([1], [1]).Metric("auc"));

    [Fact]
    public void EveryMetricOfTheCatalogIsMeasured()
    {
        foreach (var metric in MetricCatalog.All)
        {
            Outcomes outcomes = metric.Task switch
            {
                LearningTask.Binary => new BinaryOutcomes([true, false], [0.75, 0.25]),
                LearningTask.Multiclass => new MulticlassOutcomes(2, [0, 1], [0, 1], [0.5, 0.5]),
                _ => new RegressionOutcomes([1, 2], [1, 3]),
            };
            outcomes.Metric(metric.Name).ShouldNotBeNull(metric.Name);
        }
    }

    [Fact]
    public void AucIsTheShareOfPairsInOrder() => Binary.Sample(rows =>
    {
        var positives = rows.Where(row => row.Actual).ToArray();
        var negatives = rows.Where(row => !row.Actual).ToArray();
        var right = positives.Sum(p => negatives.Sum(
            n => p.Probability > n.Probability ? 1 : p.Probability == n.Probability ? 0.5 : 0));
        double? expected = positives.Length * negatives.Length == 0
            ? null
            : right / (positives.Length * negatives.Length);
        return Of(rows).Metric("auc") is var auc
            && (auc is null ? expected is null : Math.Abs(auc.Value - expected!.Value) < 1e-12);
    });

    [Fact]
    public void TheOrderOfRowsChangesNoCountedMetric() => Binary.Sample(rows =>
    {
        var (forward, backward) = (Of(rows), Of([.. rows.Reverse()]));
        foreach (var metric in new[] { "auc", "auprc", "accuracy", "precision", "recall", "f1" })
            forward.Metric(metric).ShouldBe(backward.Metric(metric), metric);
    });

    [Fact]
    public void ALargeOffsetDoesNotDrownTheVariance()
    {
        double[] actual = [.. Enumerable.Range(0, 100_000).Select(i => 1e9 + i % 2)];
        double[] predicted = [.. actual.Select(value => value + 0.5)];

        new RegressionOutcomes(actual, predicted).Metric("r2")!.Value.ShouldBe(0, 1e-9);
    }

    static BinaryOutcomes Of((bool Actual, double Probability)[] rows) =>
        new([.. rows.Select(row => row.Actual)], [.. rows.Select(row => row.Probability)]);
}
