using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;

namespace Mlops.Learning.Sweeping;

/// <summary>What a sweep found, for those who read about it.</summary>
/// <param name="Chosen">Position among the trials, from 0.</param>
public sealed record SweepDetails(SweepSpecification Sweep, IReadOnlyList<Trial> Trials, int Chosen);

public sealed record Trial(TrainerSpecification Trainer, TrialResult Result);

/// <summary>
/// Chooses trainer options by cross-validation on the training split; the holdout is not looked at.
/// </summary>
static class Sweep
{
    /// <summary>Runs or looks up every trial, and takes the best; of equal ones the first.</summary>
    /// <exception cref="ProblemException">The metric is defined on no trial (TRAIN-010).</exception>
    public static async Task<SweepDetails> Run(
        StageContext context, TrainInput input, SweepSpecification sweep)
    {
        var trainers = TrialGrid.Of(input.Train.Trainer, sweep.Options);
        var single = input.Train with { Sweep = null };
        var results = await context.CallAll(TrialStage.Value, trainers.Select(trainer => new TrialInput(
            input.Table, input.Assignment, single with { Trainer = trainer }, sweep.Folding, sweep.Metric)));
        return new SweepDetails(
            sweep, [.. trainers.Zip(results, (trainer, result) => new Trial(trainer, result))],
            Best(results, MetricCatalog.Of(input.Train.Task).First(metric => metric.Name == sweep.Metric)));
    }

    public static Task<Artifact> Write(StageContext context, SweepDetails details) =>
        context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
            stream, details, LearningJson.Default.SweepDetails, context.Cancellation));

    static int Best(IReadOnlyList<TrialResult> results, MetricDescription metric)
    {
        var losses = results.Select(result => result.Mean is { } mean && double.IsFinite(mean)
            ? MetricLoss.Of(metric.Name, metric.HigherIsBetter, mean) : double.PositiveInfinity).ToArray();
        return losses.Min() is var least && double.IsFinite(least)
            ? Array.IndexOf(losses, least)
            : throw new ProblemException(
                new Problem("TRAIN-010", $"'{metric.Name}' is not defined on the folds of any trial.",
                    Next: "Choose another train.sweep.metric, or fewer folds."));
    }
}
