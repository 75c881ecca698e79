using Mlops.Data.Splitting;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Sweeping;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>The trials of a sweep, the best first.</summary>
static class SweepTable
{
    public static ScriptObject Of(SweepDetails details)
    {
        var sweep = details.Sweep;
        string[] options = [.. sweep.Options.Select(option => option.Name)];
        return Fields.Of(
            ("metric", sweep.Metric),
            ("summary", new Prose(Summary(sweep))),
            ("options", Fields.List(options, name => name)),
            ("folds", Fields.List(Enumerable.Range(1, sweep.Folding.Folds), fold => $"Fold {fold}")),
            ("trials", Fields.List(ByQuality(details), trial => Fields.Of(
                ("values", Fields.List(options, name => Value(trial, name))),
                ("mean", Metric(trial.Result.Mean)),
                ("folds", Fields.List(trial.Result.Folds, Metric)),
                ("chosen", trial == details.Trials[details.Chosen] ? Marks.Chip("ok", "chosen") : null)))));
    }

    static IEnumerable<Trial> ByQuality(SweepDetails details) => details.Trials
        .OrderBy(trial => trial != details.Trials[details.Chosen])
        .ThenBy(trial => trial.Result.Mean is { } mean
            ? MetricLoss.Of(details.Sweep.Metric, HigherIsBetter(details.Sweep.Metric), mean)
            : double.PositiveInfinity);

    static ScriptObject Value(Trial trial, string option)
    {
        var value = ModelSections.Options(trial.Trainer).First(each => each.Name == option).Value;
        return Show.Cell(value, Show.Brief(value));
    }

    static ScriptObject Metric(double? value) =>
        Show.Cell(value, value is null ? "undefined" : Show.Number(value));

    static string Summary(SweepSpecification sweep)
    {
        var folds = sweep.Folding.Method switch
        {
            SplitMethod.Time =>
                $"each measured on rows later by '{sweep.Folding.Column}' than those it learnt from",
            SplitMethod.Group => $"the rows of one '{sweep.Folding.Column}' kept together",
            SplitMethod.Stratified => $"each with its share of every '{sweep.Folding.Column}'",
            _ => "rows taken at random",
        };
        var best = HigherIsBetter(sweep.Metric) ? "highest" : sweep.Metric == "bias" ? "smallest" : "lowest";
        return "Every combination was cross-validated on the training split alone over "
            + $"{sweep.Folding.Folds} folds, {folds}. The one with the {best} mean {sweep.Metric} was "
            + "trained on all training rows; the holdout had no part in it.";
    }

    static bool HigherIsBetter(string metric) =>
        MetricCatalog.All.First(known => known.Name == metric).HigherIsBetter;
}
