using Mlops.Data.Drift;
using Mlops.Learning.Monitoring;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The section <c>monitor</c>.</summary>
static class MonitorSection
{
    static readonly SectionShape<Window> AnyWindow = new(fields => new Window(
        fields.Maybe("from", Moments.Shape, "Rows at or after this; open when left out"),
        fields.Maybe("to", Moments.Shape, "Rows before this; open when left out")));

    static readonly SectionShape<DriftThresholds> Thresholds = new(fields => new DriftThresholds(
        fields.Optional("warn", Scalars.Share, 0.1, "Jensen–Shannon distance from which a column is a warning"),
        fields.Optional("drift", Scalars.Share, 0.2, "Jensen–Shannon distance from which a column has drifted"),
        fields.Optional("alpha", Scalars.Real(0, 1, open: true), 0.01,
            "Largest Benjamini–Hochberg adjusted p that counts as evidence"),
        fields.Optional("column-share", Scalars.Share, 0.5, "Share of drifted columns that makes the dataset drift"),
        fields.Optional("min-rows", Scalars.Whole(1), 30, "With fewer rows on a side no verdict is given")));

    static readonly Shape<DriftVerdict?> FailOn = Scalars.OneOf<DriftVerdict?>(
        ("drift", DriftVerdict.Drift), ("warning", DriftVerdict.Warning), ("never", null));

    public static SectionShape<MonitorSpecification> Shape { get; } = new(fields => new MonitorSpecification(
        fields.Required("reference", AnyWindow, "The window that was normal, by data.time"),
        fields.Required("current", AnyWindow, "The window that is watched"),
        fields.Section("thresholds", Thresholds, "When a column counts as drifted"),
        fields.Optional("exclude", Names.Columns, [],
            "Columns that are not compared; the key and the time column never are"),
        fields.Optional("fail-on", FailOn, DriftVerdict.Drift, "The verdict from which the Monitor target fails"),
        fields.MaybeValue("performance-drop", Scalars.Real(0),
            "Relative loss of the first metric from reference to current that fails; not compared when left out")));
}
