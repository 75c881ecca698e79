using Mlops.Data.Tables;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Monitoring;

/// <summary>How a model does on the labelled rows of a windowed table.</summary>
sealed class ModelPerformance
{
    readonly IReadOnlyList<MetricDescription> metrics;
    readonly Dictionary<int, int> positionOf = [];
    readonly Outcomes model;
    readonly Outcomes baseline;

    ModelPerformance(LoadedModel loaded, Table table, Predictions predictions)
    {
        metrics = MetricCatalog.Of(loaded.Train.Task);
        var labelled = loaded.MeasurableRows(table);
        for (var i = 0; i < labelled.Length; i++)
            positionOf.Add(labelled[i], i);
        var rows = table.Take(labelled);
        // No rows are the same no rows for every task: each of their metrics is undefined.
        (model, baseline) = labelled.Length == 0
            ? (new RegressionOutcomes([], []), new RegressionOutcomes([], []))
            : (loaded.Compare(rows, predictions.Take(labelled)), loaded.MeasureBaseline(rows));
    }

    /// <summary>The metric that a drop of performance is told by: the first one of the task.</summary>
    public MetricDescription First => metrics[0];

    public bool IsClassifier => model is not RegressionOutcomes;

    public static ModelPerformance Of(LoadedModel model, Table table, Predictions predictions) =>
        new(model, table, predictions);

    /// <summary>What the model says of each row as a column: a probability, a number or a class.</summary>
    public static ColumnValues AsColumn(LoadedModel model, Predictions predictions) => model.Train.Task switch
    {
        LearningTask.Binary => new RealValues(predictions.PositiveProbability),
        LearningTask.Multiclass => new TextValues(predictions.PredictedClass, [.. model.Details.Classes]),
        _ => new RealValues(predictions.Value),
    };

    /// <param name="rows">Rows of the windowed table, with or without labels.</param>
    public MeasuredRows On(int[] rows)
    {
        int[] positions = [.. rows.Where(positionOf.ContainsKey).Select(row => positionOf[row])];
        var outcomes = model.Take(positions);
        return new MeasuredRows(
            positions.Length, MetricValues.Of(metrics, outcomes, baseline.Take(positions), null), outcomes);
    }

    /// <summary>The labelled ones of the rows, in their order, and what the model lost on each.</summary>
    /// <returns>0 or 1 for right or wrong of a class, and the absolute error of a number.</returns>
    public (int[] Rows, double[] Losses) Losses(int[] rows)
    {
        int[] labelled = [.. rows.Where(positionOf.ContainsKey)];
        return (labelled, Array.ConvertAll(labelled, row => model.Loss(positionOf[row])));
    }
}

/// <param name="LabelledRows">How many of the rows have labels.</param>
/// <param name="Metrics">On those: undefined where there are none.</param>
sealed record MeasuredRows(int LabelledRows, IReadOnlyList<MetricValue> Metrics, Outcomes Outcomes)
{
    public (double Low, double High)? Interval(string metric) => MetricIntervals.Of(Outcomes, metric);
}
