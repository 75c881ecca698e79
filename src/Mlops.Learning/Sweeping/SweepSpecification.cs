using Mlops.Data.Splitting;

namespace Mlops.Learning.Sweeping;

/// <summary>Trainer options to try, all combinations of their values, and how a trial is judged.</summary>
/// <param name="Metric">One of the task's metrics; the trial that is best by it is trained on all
/// training rows.</param>
public sealed record SweepSpecification(string Metric, IReadOnlyList<SweptOption> Options, Folding Folding);

/// <param name="Name">An option of the trainer: <c>leaves</c>.</param>
/// <param name="Values">Rising, each once.</param>
public sealed record SweptOption(string Name, IReadOnlyList<double> Values);

/// <summary>
/// How the training split is divided for cross-validation: in the manner in which the holdout was told apart,
/// so that a trial is judged on rows that are as foreign to it as the holdout is to the model.
/// </summary>
/// <param name="Folds">At least 2.</param>
/// <param name="Method">
/// Group keeps the values of the column together, time measures each fold on rows later than those it learns
/// from, stratified keeps the shares of the column's values; any other takes rows at random.
/// </param>
/// <param name="Column">Null only where the method needs none.</param>
public sealed record Folding(int Folds, SplitMethod Method, string? Column, int Seed);
