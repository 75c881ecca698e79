using Mlops.Learning.Scoring;

namespace Mlops.Learning.Evaluation;

/// <summary>Some rows of predictions.</summary>
static class PredictionRows
{
    /// <summary>The predictions of the given rows (from 0), in the given order.</summary>
    public static Predictions Take(this Predictions predictions, int[] rows) => predictions with
    {
        RowCount = rows.Length,
        PositiveProbability = Pick(predictions.PositiveProbability, rows),
        ClassProbabilities = Pick(predictions.ClassProbabilities, rows),
        PredictedClass = Pick(predictions.PredictedClass, rows),
        Value = Pick(predictions.Value, rows),
    };

    static T[] Pick<T>(T[] values, int[] rows) =>
        values.Length == 0 ? values : Array.ConvertAll(rows, row => values[row]);
}
