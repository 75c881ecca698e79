using Mlops.Learning.Scoring;

namespace Mlops.Learning.Evaluation;

/// <summary>
/// Several classes, by index: the actual one, the predicted one and the probability of each.
/// </summary>
public sealed class MulticlassOutcomes : Outcomes
{
    /// <summary>
    /// The actual class of a row whose label the model has never seen: always predicted wrong.
    /// </summary>
    public const int UnseenClass = Labels.Unknown;

    const double Clip = 1e-15;

    readonly int classCount;
    readonly int[] actual;
    readonly int[] predicted;
    readonly double[] actualProbability;

    /// <param name="actual">In [0, classCount), or <see cref="UnseenClass"/>.</param>
    /// <param name="predicted">In [0, classCount).</param>
    /// <param name="actualProbability">The probability in [0, 1] that the model gave to the
    /// actual class.</param>
    public MulticlassOutcomes(int classCount, int[] actual, int[] predicted, double[] actualProbability)
    {
        if (actual.Length != predicted.Length || actual.Length != actualProbability.Length)
            throw new ArgumentException("There is one prediction for each outcome.", nameof(predicted));
        this.classCount = classCount;
        this.actual = actual;
        this.predicted = predicted;
        this.actualProbability = actualProbability;
    }

    public override int Count => actual.Length;

    /// <summary>The probability that the model gave to each row's actual class.</summary>
    public ReadOnlySpan<double> ActualProbability => actualProbability;

    public override Outcomes Take(ReadOnlySpan<int> rows) => new MulticlassOutcomes(
        classCount, Pick(actual, rows), Pick(predicted, rows), Pick(actualProbability, rows));

    /// <summary>
    /// Rows are actual classes, columns predicted ones; rows of unseen classes are in none.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<long>> Confusion()
    {
        var counts = new long[classCount][];
        for (var c = 0; c < classCount; c++)
            counts[c] = new long[classCount];
        for (var i = 0; i < actual.Length; i++)
            if (actual[i] != UnseenClass)
                counts[actual[i]][predicted[i]]++;
        return counts;
    }

    public override double Loss(int row) => actual[row] == predicted[row] ? 0 : 1;

    protected override double? Measure(string name) => name switch
    {
        "accuracy" => CompensatedSum.Mean(Count, row => actual[row] == predicted[row] ? 1 : 0),
        "macro-accuracy" => MeanRecall(),
        "log-loss" =>
            CompensatedSum.Mean(Count, row => -Math.Log(Math.Clamp(actualProbability[row], Clip, 1))),
        _ => throw Unknown(name),
    };

    /// <summary>
    /// Every class that is present counts alike; all unseen classes together count as one, with recall 0.
    /// </summary>
    double MeanRecall()
    {
        var right = new long[classCount + 1];
        var total = new long[classCount + 1];
        for (var i = 0; i < actual.Length; i++)
        {
            var slot = actual[i] == UnseenClass ? classCount : actual[i];
            total[slot]++;
            right[slot] += actual[i] == predicted[i] ? 1 : 0;
        }
        var present = Enumerable.Range(0, classCount + 1).Where(c => total[c] > 0).ToArray();
        return CompensatedSum.Mean(present.Length, i => (double)right[present[i]] / total[present[i]]);
    }
}
