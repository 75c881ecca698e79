using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Training;

/// <summary>What Train made.</summary>
/// <param name="Model">ML.NET's zip in canonical form: the same key gives the same bytes.</param>
/// <param name="Details">A <see cref="TrainingDetails"/> as JSON.</param>
/// <param name="Train">With the trainer that was fitted: of a sweep the one that was chosen.</param>
/// <param name="Sweep">A <see cref="Sweeping.SweepDetails"/> as JSON; null where nothing was swept.</param>
public sealed record TrainedModel(
    Artifact Model, Artifact Details, TrainSpecification Train, long TrainRows, Artifact? Sweep = null)
{
    /// <summary>The model alone: for whoever uses it, however it was chosen.</summary>
    public TrainedModel WithoutSweep() => Sweep is null ? this : this with { Sweep = null };
}

/// <summary>How raw columns become the model's input, and what was fitted on the training split.</summary>
/// <param name="Classes">Labels in the order of the scores; for binary negative then positive;
/// empty for regression.</param>
/// <param name="Baseline">What a model that ignores its input would say:
/// the majority class or the mean of the training labels.</param>
/// <param name="FeatureNames">The slots of the feature vector, in order.</param>
/// <param name="Notes">What was left out or turned into something else, in words ("'id' dropped:
/// constant").</param>
public sealed record TrainingDetails(
    IReadOnlyList<FeatureColumn> Columns,
    IReadOnlyList<string> Classes,
    NaiveBaseline Baseline,
    IReadOnlyList<string> FeatureNames,
    IReadOnlyList<string> Notes);

/// <summary>How a column becomes slots of the feature vector.</summary>
public enum FeatureKind
{
    /// <summary>One slot, the number itself.</summary>
    Number,

    /// <summary>One slot for each level of the training split.</summary>
    OneHot,

    /// <summary>Levels share as many slots as the hash has values.</summary>
    Hash,

    /// <summary>One slot for each part of the date that is asked for.</summary>
    DateParts,
}

/// <param name="Type">In training; scoring asks for one that fits it.</param>
/// <param name="Slots">How many its values take of the feature vector; that a number is missing has a slot of
/// its own, see <see cref="FeatureSlots"/>.</param>
public sealed record FeatureColumn(string Column, ColumnType Type, FeatureKind Kind, int Slots);

/// <param name="ClassShares">Share of each class in training, in the order of the classes;
/// empty for regression.</param>
public sealed record NaiveBaseline(string? MajorityClass, double? Mean, IReadOnlyList<double> ClassShares);
