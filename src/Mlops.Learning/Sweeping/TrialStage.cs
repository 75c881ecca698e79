using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Sweeping;

/// <param name="Train">With the trainer to try, and without the sweep that it is part of.</param>
/// <param name="Assignment">The trial sees the training split alone.</param>
public sealed record TrialInput(
    TableParts Table, Artifact Assignment, TrainSpecification Train, Folding Folding, string Metric);

/// <param name="Folds">The metric on each fold; null where it is not defined on its rows.</param>
/// <param name="Mean">Over the folds; null if it is not defined on one of them.</param>
public sealed record TrialResult(IReadOnlyList<double?> Folds, double? Mean);

/// <summary>One trial of a sweep, cross-validated on the training split: memoised by itself.</summary>
public static class TrialStage
{
    public static Stage<TrialInput, TrialResult> Value { get; } = new(
        "Train.Trial", 1, TrainStage.Value.Toolchain,
        () => LearningJson.Default.TrialInput, () => LearningJson.Default.TrialResult, Run)
    {
        Cores = input => input.Train.Trainer.Threads ?? 1,
    };

    static async Task<TrialResult> Run(StageContext context, TrialInput input)
    {
        var rows = await Rows(context, input);
        var column = input.Folding.Column is { } name ? rows[name] : null;
        var measured = new List<double?>();
        foreach (var fold in Fold.Of(rows.RowCount, column, input.Folding))
        {
            context.Progress(
                FormattableString.Invariant($"fold {measured.Count + 1} of {input.Folding.Folds}"));
            measured.Add(Measure(rows, fold, input, context.Cancellation));
        }
        return new TrialResult(
            measured, measured.All(value => value is not null) ? measured.Average() : null);
    }

    /// <summary>The labelled rows of the training split.</summary>
    static async Task<Table> Rows(StageContext context, TrialInput input)
    {
        var used = FeatureChoice.Candidates(input.Table.Schema, input.Train).Select(column => column.Name)
            .Append(input.Train.Label).Append(input.Folding.Column).ToHashSet(StringComparer.Ordinal);
        var table = await TableReading.Load(
            context, input.Table,
            [.. input.Table.Schema.Columns.Select(column => column.Name).Where(used.Contains)]);
        var assignment = File.ReadAllBytes(context.Locate(input.Assignment));
        var label = table[input.Train.Label];
        return table.Take([.. RowSelection.Rows(assignment, table, RowRole.Train)
            .Where(row => !label.IsMissing(row))]);
    }

    static double? Measure(Table rows, Fold fold, TrialInput input, CancellationToken cancellation)
    {
        var fitted = ModelFitting.FitChecked(rows.Take(fold.Learning), input.Train, cancellation);
        var model = new LoadedModel(
            input.Train, fitted.Details,
            ModelScorer.Load(new MemoryStream(fitted.Model), input.Train, fitted.Details));
        var held = rows.Take(fold.Measured);
        return model.Measure(held.Take(model.MeasurableRows(held))).Metric(input.Metric);
    }
}
