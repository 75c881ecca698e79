using System.Text.Json;
using Mlops.Data.Drift;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// What a model was made of and how it did, stored with its package so that a drift run needs
/// no row of that time.
/// </summary>
/// <param name="Training">The columns that the model reads and its label, over the training split.</param>
/// <param name="Prediction">
/// What it says of the holdout, which it had not seen; of the training split where there is no holdout.
/// </param>
/// <param name="Metrics">On the holdout.</param>
/// <param name="Windows">Metrics of at most ten stretches of the holdout, in the order of its rows.</param>
/// <param name="Loss">Of the rows of the holdout: 0 or 1 for classes, the absolute error for numbers.</param>
/// <param name="Importance">How much each feature matters, by falling importance.</param>
public sealed record ReferenceProfile(
    DriftReference Training,
    ColumnReference Prediction,
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<IReadOnlyList<MetricValue>> Windows,
    Moments? Loss,
    IReadOnlyList<FeatureImportance> Importance)
{
    const int MostWindows = 10;

    /// <summary>All compared columns with the prediction among them.</summary>
    internal DriftReference WithPrediction => Training with { Columns = [.. Training.Columns, Prediction] };

    /// <param name="table">With the columns that the model reads and its label.</param>
    /// <param name="redact">Columns whose values nobody is shown; null for none.</param>
    internal static ReferenceProfile Of(
        LoadedModel model, Table table, int[] trainRows, int[] holdoutRows, ModelEvaluation evaluation,
        IReadOnlyList<FeatureImportance> importance, IReadOnlyList<string>? redact = null)
    {
        var training = DriftReference.Of(
            table.Take(trainRows),
            [.. model.Details.Columns.Select(column => column.Column).Append(model.Train.Label)], redact);
        var unseen = table.Take(holdoutRows.Length == 0 ? trainRows : holdoutRows);
        var predictions = model.Scorer.Score(unseen);
        var said = ModelPerformance.AsColumn(model, predictions);
        var prediction = DriftReference.Of(
            new Table(new TableSchema([new Column(MonitorSelection.Prediction, said.Type)]), [said]),
            [MonitorSelection.Prediction]).Columns[0];
        var performance = ModelPerformance.Of(model, unseen, predictions);
        int[] all = [.. Enumerable.Range(0, unseen.RowCount)];
        var (_, losses) = performance.Losses(all);
        return new ReferenceProfile(
            training, prediction, evaluation.Metrics, Stretches(performance, all),
            losses.Length == 0 ? null : Moments.Of(losses), importance);
    }

    internal static async Task<ReferenceProfile> Read(StageContext context, Artifact artifact)
    {
        await using var stream = DiskStream.OpenRead(context.Locate(artifact));
        return (await JsonSerializer.DeserializeAsync(
            stream, LearningJson.Default.ReferenceProfile, context.Cancellation).ConfigureAwait(false))!;
    }

    static List<IReadOnlyList<MetricValue>> Stretches(ModelPerformance performance, int[] rows)
    {
        var count = Math.Min(MostWindows, rows.Length / PerformanceWindows.MinRows);
        return [.. Enumerable.Range(0, count)
            .Select(i => rows[(int)((long)i * rows.Length / count)..(int)((i + 1L) * rows.Length / count)])
            .Select(stretch => performance.On(stretch).Metrics)];
    }
}
