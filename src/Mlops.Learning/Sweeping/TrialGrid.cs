using Mlops.Learning.Training;

namespace Mlops.Learning.Sweeping;

/// <summary>The trials of a sweep.</summary>
public static class TrialGrid
{
    /// <summary>Options of trainers that may be swept: all but how many threads fit.</summary>
    public static IReadOnlyList<string> Options { get; } =
        [.. TrainerCatalog.All.SelectMany(trainer => trainer.Options)
            .Select(option => option.Name).Where(name => name != "threads").Distinct()];

    /// <summary>Every combination of the values, the last option changing fastest.</summary>
    public static IReadOnlyList<TrainerSpecification> Of(
        TrainerSpecification trainer, IReadOnlyList<SweptOption> options) =>
        options.Aggregate(
            (IReadOnlyList<TrainerSpecification>)[trainer],
            (trials, option) => [.. trials.SelectMany(trial =>
                option.Values.Select(value => With(trial, option.Name, value)))]);

    /// <exception cref="ArgumentException">No trainer has such an option.</exception>
    static TrainerSpecification With(
        TrainerSpecification trainer, string option, double value) => option switch
        {
            "trees" => trainer with { Trees = (int)value },
            "leaves" => trainer with { Leaves = (int)value },
            "learning-rate" => trainer with { LearningRate = value },
            "min-rows-per-leaf" => trainer with { MinRowsPerLeaf = (int)value },
            "feature-fraction" => trainer with { FeatureFraction = value },
            "iterations" => trainer with { Iterations = (int)value },
            "l1" => trainer with { L1 = value },
            "l2" => trainer with { L2 = value },
            _ =>
                throw new ArgumentException($"No trainer has an option '{option}' to sweep.", nameof(option)),
        };
}
