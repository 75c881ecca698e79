using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Evaluation;

/// <summary>The rows that a model is measured on.</summary>
/// <param name="Table">The holdout's rows that have an outcome.</param>
/// <param name="TrainRows">The rows of the training split, in the table that both were taken from.</param>
/// <param name="Finding">How many holdout rows had to be left out and why; null for none.</param>
sealed record Holdout(Table Table, int[] TrainRows, string? Finding)
{
    /// <exception cref="ProblemException">The assignment was made for another table (EVAL-006).</exception>
    public static Holdout Read(string assignmentPath, Table table, LoadedModel model)
    {
        var assignment = File.ReadAllBytes(assignmentPath);
        if (assignment.Length != table.RowCount)
            throw new ProblemException(new Problem(
                "EVAL-006", "The split was made for another table.",
                Expected: $"{table.RowCount} rows", Actual: $"{assignment.Length} rows",
                Next: "Split the table again."));
        var holdout = table.Take(Rows(assignment, RowRole.Holdout));
        var measurable = model.MeasurableRows(holdout);
        var leftOut = holdout.RowCount - measurable.Length;
        return new Holdout(
            leftOut == 0 ? holdout : holdout.Take(measurable),
            Rows(assignment, RowRole.Train),
            leftOut == 0 ? null : $"{leftOut} of {holdout.RowCount} holdout rows are not measured: "
                + $"their '{model.Train.Label}' is missing or not one that the model tells apart");
    }

    static int[] Rows(byte[] assignment, RowRole role) =>
        [.. Enumerable.Range(0, assignment.Length).Where(row => assignment[row] == (byte)role)];
}
