using System.Globalization;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>How the model was made and how good it is.</summary>
static class ModelSections
{
    const int SlotsShown = 500;
    const int SlicesShown = 500;

    public static ScriptObject Method(TrainedModel model, TrainingDetails? details, SweepDetails? sweep)
    {
        var train = model.Train;
        return Fields.Of(
            ("facts", Fields.List(Facts(model, details), fact => Fields.Of(
                ("label", fact.Label), ("text", Prose.OrNull(fact.Text))))),
            ("options", Fields.List(Options(train.Trainer), option => Fields.Of(
                ("name", option.Name), ("value", Show.Cell(option.Value, Show.Brief(option.Value)))))),
            ("model", Show.Digest(model.Model.Digest)),
            ("model_size", Show.Size(model.Model.LengthBytes)),
            ("columns", Fields.List(FeatureSlots.Of(details), pair => Fields.Of(
                ("name", pair.Column.Column), ("type", pair.Column.Type.ToString().ToLowerInvariant()),
                ("encoding",
                    Encoding(pair.Column.Kind) + (pair.Gaps > 0 ? ", and whether it is missing" : "")),
                ("slots", Show.Cell(pair.Column.Slots + pair.Gaps))))),
            ("slots", Counted.Of(details?.FeatureNames.Count ?? 0, "feature slot", "feature slots")),
            ("slot_names", new Prose(string.Join(" · ", (details?.FeatureNames ?? []).Take(SlotsShown)
                .Select(name => Bars.Short(name, 80))))),
            ("slots_left_out", Math.Max(0, (details?.FeatureNames.Count ?? 0) - SlotsShown)),
            ("notes", Fields.Sentences(details?.Notes ?? [])),
            ("sweep", sweep is null ? null : SweepTable.Of(sweep)),
            ("excluded", Fields.Sentences(train.Features.Exclude)));
    }

    static IEnumerable<(string Label, string? Text)> Facts(TrainedModel model, TrainingDetails? details)
    {
        var train = model.Train;
        yield return ("Kind of learning", train.Task.ToString().ToLowerInvariant());
        yield return ("Label", train.Label);
        if (details is { Classes.Count: > 0 })
            yield return ("Classes", string.Join(", ", details.Classes.Zip(
                details.Baseline.ClassShares.Concat(Enumerable.Repeat(double.NaN, details.Classes.Count)),
                (name, share) => double.IsNaN(share)
                    ? name : $"{name} ({Show.Percent(share)} of training)")));
        if (train.Task == LearningTask.Binary)
            yield return ("Positive class", details is { Classes: [_, var positive] }
                ? positive : train.Positive);
        yield return ("Trainer", TrainerCatalog.Find(train.Trainer.Name) is { } known
            ? $"{known.Name}: {known.Description}" : train.Trainer.Name);
        yield return ("Training rows", Counted.Of(model.TrainRows));
        yield return ("Seed", train.Seed.ToString(CultureInfo.InvariantCulture));
        if (details is not null)
            yield return ("Naive baseline", details.Baseline.MajorityClass is { } majority
                ? $"always says '{majority}'" : $"always says {Show.Number(details.Baseline.Mean)}");
    }

    public static IEnumerable<(string Name, double Value)> Options(TrainerSpecification trainer) =>
        new (string, double?)[]
        {
            ("trees", trainer.Trees), ("leaves", trainer.Leaves), ("learning-rate", trainer.LearningRate),
            ("min-rows-per-leaf", trainer.MinRowsPerLeaf), ("feature-fraction", trainer.FeatureFraction),
            ("iterations", trainer.Iterations), ("l1", trainer.L1), ("l2", trainer.L2),
            ("threads", trainer.Threads),
        }.Where(option => option.Item2 is not null).Select(option => (option.Item1, option.Item2!.Value));

    static string Encoding(FeatureKind kind) => kind switch
    {
        FeatureKind.Number => "number as it is",
        FeatureKind.OneHot => "one slot per level",
        FeatureKind.Hash => "levels hashed",
        _ => "parts of the date",
    };

    public static ScriptObject Performance(ModelEvaluation evaluation, TrainedModel? model) => Fields.Of(
        ("rows", Counted.Of(evaluation.HoldoutRows)),
        ("champion", evaluation.Metrics.Any(metric => metric.Champion is not null)),
        ("metrics", Fields.List(evaluation.Metrics, metric => Metric(metric, model?.Train.Task))),
        ("gates", Fields.List(evaluation.Gates.OrderBy(gate => gate.Passed), gate => Fields.Of(
            ("metric", gate.Metric),
            ("chip", Marks.Chip(gate)),
            ("sentence", new Prose(gate.Sentence))))));

    public static ScriptObject Metric(MetricValue metric, LearningTask? task) => Fields.Of(
        ("name", metric.Name),
        ("better", metric.HigherIsBetter ? "higher" : metric.Name == "bias" ? "closer to 0" : "lower"),
        ("value", Show.Cell(metric.Value, metric.Value is null ? "undefined" : Show.Number(metric.Value))),
        ("baseline", Show.Cell(metric.Baseline)),
        ("champion", Show.Cell(metric.Champion)),
        ("gain", Show.Cell(metric.Value - metric.Champion, Show.Signed(metric.Value - metric.Champion))),
        ("direction", Direction(metric)),
        ("definition", MetricCatalog.All.FirstOrDefault(known =>
            known.Name == metric.Name && (task is null || known.Task == task))?.Definition));

    static string Direction(MetricValue metric)
    {
        if (metric is not { Value: { } value, Champion: { } champion } || metric.Name == "bias"
            || value == champion)
            return "";
        return value > champion == metric.HigherIsBetter ? "better" : "worse";
    }

    public static ScriptObject Slices(EvaluationDetails details, ModelEvaluation? evaluation)
    {
        var first = evaluation is { Metrics: [var headline, ..] } ? headline : null;
        var shown = details.Slices.Take(SlicesShown).ToArray();
        var names = shown.SelectMany(slice => slice.Metrics).Select(metric => metric.Name).Distinct().Take(6)
            .ToArray();
        var scale = Scale.Around(shown.SelectMany(slice => slice.Metrics.Take(1))
            .Select(metric => metric.Value ?? 0).Append(0), 0);
        return Fields.Of(
            ("names", Fields.List(names, name => name)),
            ("first", first?.Name),
            ("overall", first is null ? null : Show.Number(first.Value)),
            ("left_out", details.Slices.Count - shown.Length),
            ("slices", Fields.List(shown, slice => Fields.Of(
                ("column", slice.Column), ("value", slice.Value), ("rows", Show.Cell(slice.Rows)),
                ("metrics", Fields.List(names, name => Show.Cell(
                    slice.Metrics.FirstOrDefault(metric => metric.Name == name)?.Value))),
                ("bar", slice.Metrics is [{ Value: { } value } metric, ..] && double.IsFinite(value)
                    ? Bars.Value(value, 0, scale, $"{metric.Name} {Show.Number(value)}") : null)))));
    }

    public static ScriptObject Importance(EvaluationDetails details)
    {
        var scale = Scale.Around(details.Importance.SelectMany(feature => new[]
        {
            0, feature.Drop - feature.StandardDeviation, feature.Drop + feature.StandardDeviation,
        }), 0.02);
        return Fields.Of(
            ("metric", details.ImportanceMetric),
            ("features", Fields.List(details.Importance, feature => Fields.Of(
                ("column", feature.Column),
                ("drop", Show.Cell(feature.Drop, Show.Number(feature.Drop, 3))),
                ("deviation", Show.Cell(feature.StandardDeviation,
                    Show.Number(feature.StandardDeviation, 3))),
                ("bar", Bars.Value(feature.Drop, feature.StandardDeviation, scale,
                    $"drop {Show.Number(feature.Drop)} ± {Show.Number(feature.StandardDeviation)}"))))));
    }
}
