using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>train</c>.</summary>
static class TrainSection
{
    static readonly Shape<LearningTask> LearningTasks = Scalars.OneOf(
        ("binary", LearningTask.Binary),
        ("multiclass", LearningTask.Multiclass),
        ("regression", LearningTask.Regression));

    static readonly Shape<DatePart> DateParts = Scalars.OneOf(
        ("year", DatePart.Year),
        ("quarter", DatePart.Quarter),
        ("month", DatePart.Month),
        ("week", DatePart.Week),
        ("day-of-year", DatePart.DayOfYear),
        ("day-of-month", DatePart.DayOfMonth),
        ("day-of-week", DatePart.DayOfWeek),
        ("hour", DatePart.Hour),
        ("ordinal", DatePart.Ordinal));

    static readonly SectionShape<FeatureSpecification> Features = new(fields => new FeatureSpecification(
        fields.Maybe("include", new ListShape<string>(Names.Column, fewest: 1, identity: name => name),
            "Columns to use; all but the label and the excluded ones when left out"),
        fields.Optional("exclude", Names.Columns, [],
            "Columns never to use, such as leaks; the key, the matrix column and, "
            + "unless date-parts are taken out of it, the time column are excluded anyway"),
        fields.Optional("categorical", Names.Columns, [], "Numeric columns that are codes"),
        fields.Optional("max-levels", Scalars.Whole(1, 100_000), 64,
            "A category with more levels than this is hashed instead of one-hot encoded"),
        fields.Optional("hash-bits", Scalars.Whole(1, 20), 10, "Size of the hash space, as a power of two"),
        fields.Optional("date-parts",
            new ListShape<DatePart>(DateParts, identity: part => DateParts.Write(part)!.ToString()), [],
            "What is taken out of date and timestamp columns, which are no features otherwise")));

    public static SectionShape<TrainSpecification> Shape { get; } = new(fields => new TrainSpecification(
        fields.Required(
            "task", LearningTasks, "What is predicted: one of two classes, one of many, or a number"),
        fields.Required("label", Names.Column, "The column to predict"),
        fields.Maybe("positive", Scalars.Literal,
            "binary: the label that counts as positive; true, 1, yes or the ordinally last when left out"),
        fields.Section("features", Features, "Which columns may be used, and how"),
        fields.Optional("trainer", TrainerShape.Any, TrainerShape.Default,
            "What learns; a name alone takes every default"),
        fields.Optional("seed", Scalars.Whole(0), 1, "Start of the random numbers"),
        fields.Maybe("sweep", SweepSection.Shape,
            "Options of the trainer to choose by cross-validation on the training split")));

    /// <summary>
    /// With what is no feature by its role excluded; the lists that mean sets are put in order.
    /// </summary>
    public static FeatureSpecification Resolve(
        FeatureSpecification features, IEnumerable<string> neverFeatures,
        IReadOnlyList<string>? redact, IReadOnlyList<ColumnDeclaration>? declared)
    {
        var resolved = Resolve(features, neverFeatures);
        var redacted = Sorted((redact ?? []).Where(column => MayBeCategory(column, resolved, declared)));
        return redacted.Count == 0 ? resolved : resolved with { Redacted = redacted };
    }

    /// <summary>What is known to be a number, or to be no feature, is fitted as without redaction.</summary>
    static bool MayBeCategory(
        string column, FeatureSpecification features, IReadOnlyList<ColumnDeclaration>? declared) =>
        !features.Exclude.Contains(column)
        && features.Include?.Contains(column) != false
        && (features.Categorical.Contains(column)
            || declared?.FirstOrDefault(each => each.Name == column)?.Type.IsText() != false);

    static FeatureSpecification Resolve(
        FeatureSpecification features, IEnumerable<string> neverFeatures) =>
        features with
        {
            Include = features.Include is null ? null : Sorted(features.Include),
            Exclude = Sorted(features.Exclude.Concat(neverFeatures)),
            Categorical = Sorted(features.Categorical),
            DateParts = [.. features.DateParts.Distinct().Order()],
        };

    static IReadOnlyList<string> Sorted(IEnumerable<string> columns) =>
        [.. columns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
