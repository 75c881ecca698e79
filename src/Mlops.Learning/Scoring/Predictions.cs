using Mlops.Learning.Training;

namespace Mlops.Learning.Scoring;

/// <summary>What a model says of each row of a table; what the task does not have is empty.</summary>
/// <param name="PositiveProbability">Binary: calibrated probability of the positive class.</param>
/// <param name="ClassProbabilities">Multiclass: one row of probabilities each,
/// in the order of the classes.</param>
/// <param name="PredictedClass">
/// Index of the predicted class. Binary: 1 where the probability is at least 0.5; multiclass: the most
/// probable class, the first one of equals.
/// </param>
/// <param name="Value">Regression: the predicted number.</param>
public sealed record Predictions(
    LearningTask Task,
    int RowCount,
    double[] PositiveProbability,
    double[][] ClassProbabilities,
    int[] PredictedClass,
    double[] Value)
{
    /// <summary>All the numbers of one row: the probability, the probabilities or the value.</summary>
    public double[] Numbers(int row) => Task switch
    {
        LearningTask.Binary => [PositiveProbability[row]],
        LearningTask.Multiclass => ClassProbabilities[row],
        _ => [Value[row]],
    };

    internal static Predictions Binary(double[] probability) => new(
        LearningTask.Binary, probability.Length, probability, [],
        [.. probability.Select(positive => positive >= 0.5 ? 1 : 0)], []);

    internal static Predictions Multiclass(double[][] probabilities) => new(
        LearningTask.Multiclass, probabilities.Length, [],
        probabilities, [.. probabilities.Select(MostProbable)], []);

    internal static Predictions Regression(double[] value) =>
        new(LearningTask.Regression, value.Length, [], [], [], value);

    static int MostProbable(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());
}
