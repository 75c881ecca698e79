using System.Text.Json.Serialization;
using Mlops.Engine;

namespace Mlops.Learning.Evaluation;

/// <summary>What Evaluate measured on the holdout.</summary>
/// <param name="Metrics">Asked-for metrics first, then the others of the task.</param>
/// <param name="Details">An <see cref="EvaluationDetails"/> as JSON: slices, curves, importance.</param>
public sealed record ModelEvaluation(
    long HoldoutRows,
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<GateOutcome> Gates,
    Artifact Details,
    Judgement Judgement) : IJudged;

/// <param name="Value">Null where the metric is not defined on these rows.</param>
/// <param name="Baseline">The same metric of the naive baseline.</param>
/// <param name="Champion">The same metric of the champion on the same rows; null without one.</param>
public sealed record MetricValue(
    string Name, double? Value, double? Baseline, double? Champion, bool HigherIsBetter);

/// <param name="Passed">Whether the model may be packaged as far as this gate goes.</param>
/// <param name="Sentence">What was asked and what was found: "auc 0.8312 ≥ 0.80".</param>
/// <param name="NotRun">True where there was nothing to judge, however it ended: that there is no champion
/// stops no model, that the metric is not defined does. Null where it was judged.</param>
public sealed record GateOutcome(string Metric, bool Passed, string Sentence, bool? NotRun = null)
{
    /// <summary>Judged and passed: a gate that could judge nothing is none that was passed.</summary>
    [JsonIgnore]
    public bool IsMet => Passed && NotRun != true;
}

/// <param name="Confusion">Rows are actual classes, columns predicted ones, in the order of Classes.</param>
/// <param name="Roc">At most 200 points (false positive rate, true positive rate), binary only.</param>
/// <param name="PrecisionRecall">At most 200 points (recall, precision), binary only.</param>
/// <param name="Calibration">Ten bins of predicted probability, binary only.</param>
/// <param name="Residuals">Regression only.</param>
/// <param name="Importance">By falling importance.</param>
public sealed record EvaluationDetails(
    IReadOnlyList<string> Classes,
    IReadOnlyList<IReadOnlyList<long>>? Confusion,
    IReadOnlyList<CurvePoint>? Roc,
    IReadOnlyList<CurvePoint>? PrecisionRecall,
    IReadOnlyList<CalibrationBin>? Calibration,
    ResidualSummary? Residuals,
    IReadOnlyList<SliceMetrics> Slices,
    IReadOnlyList<FeatureImportance> Importance,
    string? ImportanceMetric);

public sealed record CurvePoint(double X, double Y);

/// <summary>Rows whose probability lies in [From, To); in the last bin it may be 1.</summary>
/// <param name="MeanPredicted">Mean probability; null without rows.</param>
/// <param name="PositiveShare">Share of positives in [0, 1]; null without rows.</param>
public sealed record CalibrationBin(
    double From, double To, long Count, double? MeanPredicted, double? PositiveShare);

/// <param name="Histogram">Counts of (predicted - actual) over equal-width bins from Min to Max.</param>
/// <param name="ByPrediction">Twenty groups of equal size by rising prediction:
/// mean predicted and mean actual.</param>
public sealed record ResidualSummary(
    double Min, double Max, IReadOnlyList<long> Histogram, IReadOnlyList<CurvePoint> ByPrediction);

/// <param name="Value">A value of the column, a range of it as <c>(3.2, 4.1]</c>,
/// <c>(other)</c> or <c>(missing)</c>.</param>
public sealed record SliceMetrics(string Column, string Value, long Rows, IReadOnlyList<MetricValue> Metrics)
{
    /// <summary>Fewer rows than this say little: numbers are given, no gate judges them.</summary>
    public const int MinRows = 30;

    [JsonIgnore]
    public bool IsSmall => Rows < MinRows;
}

/// <param name="Drop">By how much the first metric gets worse when the column is shuffled, in the metric's
/// unit; mean over repeats. Below 0 where the model does better without.</param>
/// <param name="StandardDeviation">Over the repeats, n - 1.</param>
public sealed record FeatureImportance(string Column, double Drop, double StandardDeviation);
