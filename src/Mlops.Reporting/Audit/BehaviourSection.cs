using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>Curves, confusion and residuals: where the model is right and where it is not.</summary>
static class BehaviourSection
{
    /// <summary>More classes than this are told by their worst confusions instead of a matrix.</summary>
    const int MatrixClasses = 14;

    public static ScriptObject Of(EvaluationDetails details, ModelEvaluation? evaluation)
    {
        double? Metric(string name) =>
            evaluation?.Metrics.FirstOrDefault(metric => metric.Name == name)?.Value;
        return Fields.Of(
            ("charts", Fields.List(Charts(details, Metric), chart => Fields.Of(
                ("drawing", chart.Drawing), ("caption", new Prose(chart.Caption))))),
            ("calibration", details.Calibration is null ? null : Fields.List(details.Calibration, Bin)),
            ("groups", details.Residuals is null ? null : Fields.List(details.Residuals.ByPrediction, Group)),
            ("confusion", details.Confusion is { Count: > 0 } matrix
                ? Confusion(details.Classes, matrix) : null));
    }

    static IEnumerable<(Markup Drawing, string Caption)> Charts(EvaluationDetails details,
        Func<string, double?> metric)
    {
        if (details.Roc is { Count: > 0 } roc)
            yield return (Curves.Roc(roc, metric("auc")),
                $"ROC curve. Area {Show.Number(metric("auc"))}; the dashed diagonal (0.5) is chance.");
        if (details.PrecisionRecall is { Count: > 0 } precision)
            yield return (Curves.PrecisionRecall(precision, Prevalence(details), metric("auprc")),
                $"Precision–recall. Average precision {Show.Number(metric("auprc"))}; "
                    + $"the dashed line is the prevalence {Show.Number(Prevalence(details))}.");
        if (details.Calibration is { Count: > 0 } calibration)
            yield return (Curves.Calibration(calibration, metric("ece")),
                "Calibration with 95 % Wilson intervals; bars at the foot are row counts. "
                + $"ECE {Show.Number(metric("ece"))}.");
        if (details.Residuals is not { } residuals)
            yield break;
        if (residuals.Histogram.Count > 0)
            yield return (
                Bars.Histogram(
                    residuals.Histogram, residuals.Min, residuals.Max, "predicted − actual",
                    $"Residuals from {Show.Number(residuals.Min)} to {Show.Number(residuals.Max)}"),
                "Residuals (predicted − actual), "
                + $"from {Show.Number(residuals.Min)} to {Show.Number(residuals.Max)}.");
        if (residuals.ByPrediction.Count > 0)
            yield return (Curves.PredictedActual(residuals.ByPrediction),
                "Mean actual against mean predicted, groups of equal size; "
                + "on the dashed line the model is right on average.");
    }

    static double? Prevalence(EvaluationDetails details) => details.Confusion is [var negative, var positive]
        ? Show.Share(positive.Sum(), negative.Sum() + positive.Sum()) : null;

    static ScriptObject Group(CurvePoint group) => Fields.Of(
        ("predicted", Show.Cell(group.X)), ("actual", Show.Cell(group.Y)),
        ("difference", Show.Cell(group.X - group.Y, Show.Signed(group.X - group.Y))));

    static ScriptObject Bin(CalibrationBin bin)
    {
        var (low, high) = bin is { Count: > 0, PositiveShare: { } share }
            ? Curves.Interval(share, bin.Count) : (0, 0);
        return Fields.Of(
            ("range", $"{Show.Brief(bin.From)} – {Show.Brief(bin.To)}"),
            ("rows", Show.Cell(bin.Count)),
            ("predicted", Show.Cell(bin.MeanPredicted)),
            ("observed", Show.Cell(bin.PositiveShare)),
            ("interval", bin.Count > 0 && bin.PositiveShare is not null
                ? $"{Show.Number(low, 3)} – {Show.Number(high, 3)}" : "—"));
    }

    static ScriptObject Confusion(IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<long>> matrix)
    {
        string Name(int i) => i < classes.Count ? classes[i] : $"class {i + 1}";
        var size = matrix.Count;
        return Fields.Of(
            ("classes", Fields.List(Enumerable.Range(0, size), i => Name(i))),
            ("rows", size > MatrixClasses ? null : Fields.List(Enumerable.Range(0, size), i => Fields.Of(
                ("name", Name(i)),
                ("cells", Fields.List(Enumerable.Range(0, size), j => Cell(matrix[i], i, j)))))),
            ("worst", Fields.List(Worst(matrix).Take(20), pair => Fields.Of(
                ("actual", Name(pair.Actual)), ("predicted", Name(pair.Predicted)),
                ("rows", Show.Cell(pair.Rows)),
                ("share", Show.Percent(Show.Share(pair.Rows, matrix[pair.Actual].Sum())))))),
            ("per_class", Fields.List(Enumerable.Range(0, size), i => PerClass(Name(i), matrix, i))));
    }

    static ScriptObject Cell(IReadOnlyList<long> row, int actual, int predicted)
    {
        var share = Show.Share(row[predicted], row.Sum());
        var heat = share is null or 0 ? 0 : 1 + (int)Math.Min(4, share.Value * 5);
        return Fields.Of(
            ("rows", Counted.Of(row[predicted])), ("share", Show.Percent(share)),
            ("look", $"h{heat}{(actual == predicted ? " right" : "")}"));
    }

    static IEnumerable<(int Actual, int Predicted, long Rows)> Worst(
        IReadOnlyList<IReadOnlyList<long>> matrix) =>
        matrix.SelectMany((row, actual) => row.Select((rows, predicted) => (actual, predicted, rows)))
            .Where(cell => cell.actual != cell.predicted && cell.rows > 0)
            .OrderByDescending(cell => cell.rows).ThenBy(cell => cell.actual).ThenBy(cell => cell.predicted);

    static ScriptObject PerClass(string name, IReadOnlyList<IReadOnlyList<long>> matrix, int i)
    {
        var (actual, predicted, right) = (matrix[i].Sum(), matrix.Sum(row => row[i]), matrix[i][i]);
        return Fields.Of(
            ("name", name), ("actual", Show.Cell(actual)), ("predicted", Show.Cell(predicted)),
            ("recall", Show.Cell(Show.Share(right, actual))),
            ("precision", Show.Cell(Show.Share(right, predicted))));
    }
}
