using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Training;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>monitor</c>.</summary>
static class MonitorSection
{
    static readonly SectionShape<Window> AnyWindow = new(ReadWindow);

    static readonly SectionShape<ReferenceChoice> Reference = new(
        fields => new ReferenceChoice(
            fields.Optional("kind", Scalars.OneOf(("window", false), ("package", true)), false,
                "A window of the data, or what the model's package remembers of its "
                + "training and holdout rows"),
            fields.Maybe("package", Scalars.Text,
                "The file of a released package, relative to the pipeline's folder, in place of the one that "
                + "the pipeline makes: no row and no step of the model is needed then"),
            ReadWindow(fields)),
        shorthand: "kind");

    static readonly SectionShape<ClassifierSpecification?> Classifier = new(ReadClassifier, shorthand: "run");

    static readonly Shape<DriftVerdict?> FailOn = Scalars.OneOf<DriftVerdict?>(
        ("drift", DriftVerdict.Drift), ("warning", DriftVerdict.Warning), ("never", null));

    public static SectionShape<MonitorSpecification> Shape { get; } = new(fields =>
    {
        var reference = fields.Required("reference", Reference,
            "What was normal: a window by data.time, "
            + "or package for the profile stored with the model's package");
        var sources = fields.Maybe("sources", SourcesShape.All,
            "Files of rows that were scored, named as in data.sources, with the same columns but for the "
            + "label, which may come later; the pipeline's own data are watched when left out");
        var downloads = (sources ?? []).Select(source => source.Download).OfType<RemoteFile>().ToList();
        var current = fields.Maybe("current", AnyWindow,
            "The window that is watched; of sources all rows when left out") ?? new Window(null, null);
        var thresholds = fields.Section(
            "thresholds", ThresholdShapes.Thresholds, "When a column counts as drifted");
        var columns = fields.Maybe("columns", ThresholdShapes.Columns,
            "Columns that go by a statistic or thresholds of their own; "
            + "(prediction) is the model's prediction");
        return new MonitorSpecification(
            reference.Window,
            current,
            ThresholdShapes.With(thresholds, columns ?? []),
            fields.Optional("exclude", Names.Columns, [],
                "Columns that are not compared; the key and the time column never are, the label always is"),
            fields.Optional(
                "fail-on", FailOn, DriftVerdict.Drift,
                "The verdict from which the Monitor target fails; unless never, it also fails where nothing "
                + "could be compared, as with a window without rows (one that is too small passes)"),
            fields.MaybeValue("performance-drop", Scalars.Real(0),
                "Relative loss of the first metric from reference to current that is drift, where the "
                + "windows' 95 % intervals say that it is not chance; not compared when left out"),
            reference.IsPackage,
            fields.Section("classifier", Classifier,
                "Learns to tell rows of both windows apart, "
                + "which finds what no column shows alone; true or false is short for run"),
            fields.MaybeValue("window-rows", Scalars.Whole(200),
                "Performance is told in windows of so many rows; by calendar month, "
                + "quarter or year when left out"),
            sources is null ? null : [.. sources.Select(source => source.Glob).OfType<string>()],
            downloads.Count == 0 ? null : downloads,
            reference.Package);
    });

    static Window ReadWindow(Fields fields) => new(
        fields.Maybe("from", PointInTime.Shape, "Rows at or after this; open when left out"),
        fields.Maybe("to", PointInTime.Shape, "Rows before this; open when left out"));

    static ClassifierSpecification? ReadClassifier(Fields fields)
    {
        var run = fields.MaybeValue(
            "run", Scalars.Boolean, "Whether it runs; true where any of the others is written");
        var trainer = fields.Maybe(
            "trainer", TrainerShape.Any, "What learns; fast-tree with 50 trees when left out");
        var folds = fields.MaybeValue(
            "folds", Scalars.Whole(2, 20), "Folds of the cross-validation; 5 when left out");
        var rows = fields.MaybeValue("rows", Scalars.Whole(100, 1_000_000),
            "Most rows taken of each window, drawn by the seed; 5000 when left out");
        var seed = fields.MaybeValue(
            "seed", Scalars.Whole(0), "Start of the random numbers; 1 when left out");
        var drift = fields.MaybeValue("drift", Scalars.Share,
            "Drift where the lower end of the AUC's 95 % interval is above this; 0.55 when left out");
        return run ?? (trainer, folds, rows, seed, drift) != (null, null, null, null, null)
            ? new ClassifierSpecification(
                trainer
                ?? TrainerCatalog.WithDefaults(new TrainerSpecification("fast-tree", Trees: 50, Leaves: 15)),
                folds ?? 5, rows ?? 5000, seed ?? 1, drift ?? 0.55)
            : null;
    }

    sealed record ReferenceChoice(bool IsKind, string? Package, Window Window)
    {
        public bool IsPackage => IsKind || Package is not null;
    }
}
