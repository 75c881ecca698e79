using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Sweeping;

namespace Mlops.Learning.Training;

/// <summary>What is predicted: one of two classes, one of several, or a number.</summary>
public enum LearningTask
{
    Binary,
    Multiclass,
    Regression,
}

/// <param name="Assignment">Which row is in the training split:
/// see <see cref="Mlops.Data.Splitting.Split"/>.</param>
public sealed record TrainInput(TableParts Table, Artifact Assignment, TrainSpecification Train);

/// <param name="Label">The column to predict.</param>
/// <param name="Positive">Binary: the label that counts as positive; null picks true, 1,
/// yes or the ordinally last.</param>
/// <param name="Features">Which columns may be used.</param>
/// <param name="Sweep">Options of the trainer to choose among; null takes the trainer as it is.</param>
public sealed record TrainSpecification(
    LearningTask Task,
    string Label,
    string? Positive,
    FeatureSpecification Features,
    TrainerSpecification Trainer,
    int Seed = 1,
    SweepSpecification? Sweep = null);

/// <param name="Include">Columns to use; null takes all but the label and the excluded ones.</param>
/// <param name="Exclude">Columns never to use, such as keys and leaks.</param>
/// <param name="Categorical">Numeric columns that are codes, to be treated as categories.</param>
/// <param name="MaxLevels">A category with more levels than this in training is hashed instead of
/// one-hot encoded.</param>
/// <param name="HashBits">Size of the hash space, as a power of two.</param>
/// <param name="DateParts">What is taken out of date and timestamp columns.</param>
/// <param name="Redacted">Columns whose values nobody is shown: as categories they are hashed, however few
/// levels they have, so that the model holds none of them. Null for none.</param>
public sealed record FeatureSpecification(
    IReadOnlyList<string>? Include,
    IReadOnlyList<string> Exclude,
    IReadOnlyList<string> Categorical,
    int MaxLevels,
    int HashBits,
    IReadOnlyList<DatePart> DateParts,
    IReadOnlyList<string>? Redacted = null);

/// <summary>A number taken out of a date; weeks and days of the week as in ISO 8601.</summary>
public enum DatePart
{
    Year,
    Quarter,
    Month,
    Week,
    DayOfYear,
    DayOfMonth,
    DayOfWeek,
    Hour,

    /// <summary>Days since 1970-01-01.</summary>
    Ordinal,
}

/// <summary>
/// A trainer by name with every option that it has: defaults are written out, so that writing one into the
/// YAML changes no key; options that it does not have are null.
/// </summary>
/// <param name="Name">One of <see cref="TrainerCatalog"/>.</param>
public sealed record TrainerSpecification(
    string Name,
    int? Trees = null,
    int? Leaves = null,
    double? LearningRate = null,
    int? MinRowsPerLeaf = null,
    double? FeatureFraction = null,
    int? Iterations = null,
    double? L1 = null,
    double? L2 = null,
    int? Threads = null);
