using Mlops.Learning.Evaluation;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;

namespace Mlops.Pipelines.Specification.Consistency;

/// <summary>A sweep tries what its trainer has, and not more than can be meant.</summary>
static class SweepChecks
{
    const int MostTrials = 1000;

    public static void Run(PipelineSpecification pipeline, CrossChecks checks)
    {
        if (pipeline.Train.Sweep is not { } sweep)
            return;
        if (sweep.Options.Count == 0)
            checks.Contradiction(
                "train.sweep.options", "There is nothing to try", "at least one option with values", "none");
        foreach (var option in sweep.Options)
            CheckOption(pipeline.Train.Trainer.Name, option, checks);
        var trials = sweep.Options.Aggregate(
            1L, (product, option) => Math.Min(int.MaxValue, product * option.Values.Count));
        if (trials > MostTrials)
            checks.Contradiction("train.sweep.options", "There are too many combinations to try",
                $"at most {MostTrials} trials",
                FormattableString.Invariant($"{trials}"), "try fewer values at once");
        string[] known = [.. MetricCatalog.Of(pipeline.Train.Task).Select(metric => metric.Name)];
        if (checks.IsSound("train.task") && checks.IsSound("evaluate.metrics")
            && !known.Contains(sweep.Metric))
            checks.Unknown("train.sweep.metric",
                $"'{sweep.Metric}' does not measure a "
                + $"{pipeline.Train.Task.ToString().ToLowerInvariant()} task",
                known, sweep.Metric);
    }

    static void CheckOption(string trainer, SweptOption swept, CrossChecks checks)
    {
        var path = $"train.sweep.options.{swept.Name}";
        if (!checks.IsSound("train.trainer") || TrainerCatalog.Find(trainer) is not { } description)
            return;
        if (description.Options.FirstOrDefault(option => option.Name == swept.Name) is not { } known)
            checks.Unknown(path, $"Trainer {trainer} has no option '{swept.Name}'",
                description.Options.Select(option => option.Name).Intersect(TrialGrid.Options), swept.Name);
        else if (swept.Values.Where(value => !Allows(known, value)).ToList() is { Count: > 0 } wrong)
            checks.Contradiction(path, $"{swept.Name} cannot be {string.Join(", ", wrong.Select(Text))}",
                $"{(known.Whole ? "whole numbers" : "numbers")} from {Text(known.Min)} to {Text(known.Max)}");
    }

    static bool Allows(TrainerOption option, double value) =>
        value >= option.Min && value <= option.Max && (!option.Whole || value == Math.Truncate(value));

    static string Text(double value) => FormattableString.Invariant($"{value:R}");
}
