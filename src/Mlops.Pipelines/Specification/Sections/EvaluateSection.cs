using Mlops.Learning.Evaluation;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>evaluate</c>.</summary>
static class EvaluateSection
{
    /// <summary>A metric of any task; whether it suits the pipeline's is checked later.</summary>
    public static Shape<string> Metric { get; } = Scalars.OneOf(
        MetricCatalog.All.Select(metric => metric.Name).Distinct(StringComparer.Ordinal));

    static readonly SectionShape<Gate> AnyGate = new(fields => new Gate(
        fields.Required("metric", Metric, "A metric of evaluate.metrics"),
        fields.MaybeValue("min", Scalars.AnyReal, "Lowest acceptable value"),
        fields.MaybeValue("max", Scalars.AnyReal, "Highest acceptable value"),
        fields.Optional(
            "beats-baseline", Scalars.Boolean, false,
            "It must be better than the naive baseline; not run, which stops no model, where that has none"),
        fields.MaybeValue("champion-tolerance", Scalars.Real(0),
            "It may be worse than the model packaged before by at most this much, in the metric's unit; "
            + "not run, which stops no model, where there is none to compare with"),
        fields.Optional(
            "every-slice", Scalars.Boolean, false,
            "min and max hold for each slice of 30 rows or more too; "
            + "where no slice can be judged the gate fails")));

    /// <summary>
    /// The metrics are empty where none were written: their default depends on what is learnt.
    /// </summary>
    public static SectionShape<EvaluateSpecification> Shape { get; } = new(fields =>
        new EvaluateSpecification(
            fields.Maybe("metrics", new ListShape<string>(Metric, fewest: 1, identity: name => name),
                "What is measured on the holdout, the most important first; "
                    + "all that suit train.task when left out") ?? [],
            fields.Optional(
                "slices", Names.Columns, [], "Columns whose values the metrics are also told apart by"),
            fields.Optional(
                "gates", new ListShape<Gate>(AnyGate), [], "What a model must reach to be packaged"),
            fields.Optional("importance-rows", Scalars.Whole(0), 5000,
                "Most holdout rows used for permutation importance; 0 leaves it out")));

    public static EvaluateSpecification Resolve(EvaluateSpecification evaluate, LearningTask learnt) =>
        evaluate.Metrics.Count > 0
            ? evaluate
            : evaluate with { Metrics = [.. MetricCatalog.Of(learnt).Select(metric => metric.Name)] };
}
