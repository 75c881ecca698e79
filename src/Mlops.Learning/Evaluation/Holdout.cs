using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;

namespace Mlops.Learning.Evaluation;

/// <summary>The rows that a model is measured on.</summary>
/// <param name="Table">The holdout's rows that have an outcome.</param>
/// <param name="TrainRows">The rows of the training split, in the table that both were taken from.</param>
/// <param name="Finding">How many holdout rows had to be left out and why; null for none.</param>
sealed record Holdout(Table Table, int[] TrainRows, string? Finding)
{
    /// <exception cref="ProblemException">The assignment was made for another table (SCORE-004).</exception>
    public static Holdout Read(string assignmentPath, Table table, LoadedModel model)
    {
        var assignment = File.ReadAllBytes(assignmentPath);
        var holdout = table.Take(RowSelection.Rows(assignment, table, RowRole.Holdout));
        var measurable = model.MeasurableRows(holdout);
        var leftOut = holdout.RowCount - measurable.Length;
        return new Holdout(
            leftOut == 0 ? holdout : holdout.Take(measurable),
            RowSelection.Rows(assignment, table, RowRole.Train),
            leftOut == 0 ? null : $"{leftOut} of {holdout.RowCount} holdout rows are not measured: "
                + $"their '{model.Train.Label}' is missing or not one that the model tells apart");
    }
}
