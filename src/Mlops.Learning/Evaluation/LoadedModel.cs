using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Evaluation;

/// <summary>A trained model in memory, ready to be measured.</summary>
public sealed record LoadedModel(TrainSpecification Train, TrainingDetails Details, ModelScorer Scorer)
{
    /// <exception cref="ProblemException">The artifacts cannot be read as a model.</exception>
    public static async Task<LoadedModel> Open(StageContext context, TrainedModel trained)
    {
        await using var stream = DiskStream.OpenRead(context.Locate(trained.Details));
        var details = await JsonSerializer
            .DeserializeAsync(stream, LearningJson.Default.TrainingDetails, context.Cancellation)
            .ConfigureAwait(false);
        return new LoadedModel(
            trained.Train, details!,
            ModelScorer.Load(context.Locate(trained.Model), trained.Train, details!));
    }

    /// <summary>
    /// The rows that can be measured: those with a label. A binary model's third label is no outcome of its
    /// question; a class that a multiclass model never saw is one, and counts as predicted wrong.
    /// </summary>
    /// <returns>None where the table has no such label.</returns>
    public int[] MeasurableRows(Table table)
    {
        if (table.Schema.Find(Train.Label) is not { } label)
            return [];
        if (Train.Task == LearningTask.Regression && label.Type.IsText())
            return [];
        if (Train.Task == LearningTask.Regression)
        {
            var numbers = Labels.Numbers(table, Train.Label);
            return [.. Enumerable.Range(0, numbers.Length).Where(row => double.IsFinite(numbers[row]))];
        }
        var classes = Labels.ClassIndices(table, Train.Label, Details.Classes);
        return [.. Enumerable.Range(0, classes.Length).Where(row => Train.Task == LearningTask.Binary
            ? classes[row] is 0 or 1
            : classes[row] != Labels.Missing)];
    }

    /// <returns>Why the model cannot score a table with these columns; null where it can.</returns>
    public string? Misfit(Table table)
    {
        try
        {
            Scorer.Score(table.Take([]));
            return null;
        }
        catch (ProblemException fault)
        {
            return string.Join(" ", fault.Problems.Select(problem => problem.What));
        }
    }

    /// <param name="table">Measurable rows only.</param>
    public Outcomes Measure(Table table) => Compare(table, Scorer.Score(table));

    /// <summary>What a model that ignores its input would reach on these rows.</summary>
    public Outcomes MeasureBaseline(Table table) => Compare(table, BaselinePredictions(table.RowCount));

    /// <exception cref="ProblemException">A prediction is not a finite number (EVAL-005).</exception>
    public Outcomes Compare(Table table, Predictions predictions)
    {
        RefuseUndefined(predictions);
        switch (Train.Task)
        {
            case LearningTask.Regression:
                return new RegressionOutcomes(Labels.Numbers(table, Train.Label), predictions.Value);
            case LearningTask.Binary:
                var positive = Labels.ClassIndices(table, Train.Label, Details.Classes);
                return new BinaryOutcomes(
                    Array.ConvertAll(positive, index => index == 1), predictions.PositiveProbability);
            default:
                var actual = Labels.ClassIndices(table, Train.Label, Details.Classes);
                return new MulticlassOutcomes(Details.Classes.Count, actual, predictions.PredictedClass,
                    [.. actual.Select((c, row) => c >= 0 ? predictions.ClassProbabilities[row][c] : 0)]);
        }
    }

    Predictions BaselinePredictions(int rows)
    {
        double[] shares = [.. Details.Baseline.ClassShares];
        var task = Train.Task;
        var majority = shares.Length == 0 ? 0 : Array.IndexOf(shares, shares.Max());
        return new Predictions(
            task,
            rows,
            task == LearningTask.Binary ? Repeat(shares[1], rows) : [],
            task == LearningTask.Multiclass ? Repeat(shares, rows) : [],
            task == LearningTask.Regression ? [] : Repeat(majority, rows),
            task == LearningTask.Regression ? Repeat(Details.Baseline.Mean ?? 0, rows) : []);
    }

    static T[] Repeat<T>(T value, int times)
    {
        var values = new T[times];
        Array.Fill(values, value);
        return values;
    }

    static void RefuseUndefined(Predictions predictions)
    {
        var undefined = Enumerable.Range(0, predictions.RowCount)
            .Count(row => predictions.Numbers(row).Any(number => !double.IsFinite(number)));
        if (undefined > 0)
            throw new ProblemException(new Problem(
                "EVAL-005", "The model's predictions are not all finite numbers.",
                Actual: $"{undefined} of {Counted.Plain(predictions.RowCount, "row", "rows")}",
                Next: "Train with other features or another trainer: the fitted model is not usable."));
    }
}
