using Mlops.Data.Splitting;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Sweeping;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>train.sweep</c>.</summary>
static class SweepSection
{
    const int DefaultFolds = 3;

    static readonly ListShape<double> Values = new(
        Scalars.AnyReal, fewest: 1, identity: value => FormattableString.Invariant($"{value:R}"));

    static readonly SectionShape<IReadOnlyList<SweptOption>> Options = new(fields =>
    [
        .. TrialGrid.Options
            .Select(option => fields.Maybe(option, Values, TrainerOptions.Describe(option)) is { } values
                ? new SweptOption(option, [.. values.Order()]) : null)
            .OfType<SweptOption>(),
    ]);

    /// <summary>
    /// The metric is empty where none was written: its default depends on what is measured.
    /// </summary>
    public static SectionShape<SweepSpecification> Shape { get; } = new(fields => new SweepSpecification(
        fields.Maybe("metric", EvaluateSection.Metric,
            "What the best trial is best by; the first of evaluate.metrics when left out") ?? "",
        fields.Required("options", Options,
            "Options of the trainer with the values to try; every combination is a trial"),
        new Folding(
            fields.Optional("folds", Scalars.Whole(2, 20), DefaultFolds,
                "Cross-validation inside the training split, in the manner of 'split': by time, "
                + "each fold is measured on later rows"),
            SplitMethod.Random, null, 0)));

    /// <summary>Folded as the holdout was told apart.</summary>
    public static SweepSpecification? Resolve(
        SweepSpecification? sweep, SplitSpecification split, EvaluateSpecification evaluate, int seed)
    {
        if (sweep is null)
            return null;
        var method = split.Method == SplitMethod.Interleaved ? SplitMethod.Random : split.Method;
        return sweep with
        {
            Metric = sweep.Metric.Length > 0 ? sweep.Metric : evaluate.Metrics[0],
            Folding = sweep.Folding with
            {
                Method = method,
                Column = method == SplitMethod.Random ? null : split.Column,
                Seed = method == SplitMethod.Time ? 0 : seed,
            },
        };
    }
}
