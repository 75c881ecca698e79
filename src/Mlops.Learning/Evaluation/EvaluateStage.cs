using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;

namespace Mlops.Learning.Evaluation;

/// <summary>Measures a model on the holdout and judges it by its gates.</summary>
public static class EvaluateStage
{
    public static Stage<EvaluateInput, ModelEvaluation> Value { get; } = new(
        "Evaluate",
        Version: 3,
        string.Join(", ", PackageVersions.MicrosoftML, PackageVersions.MicrosoftMLFastTree,
            PackageVersions.MicrosoftMLLightGbm, PackageVersions.ParquetNet),
        () => LearningJson.Default.EvaluateInput,
        () => LearningJson.Default.ModelEvaluation,
        Run);

    static async Task<ModelEvaluation> Run(StageContext context, EvaluateInput input)
    {
        var (train, evaluate) = (input.Model.Train, input.Evaluate);
        var columns = input.Table.Schema.Columns.Select(column => column.Name).ToList();
        var metrics = MetricSelection.Choose(evaluate, train.Task, columns);
        var model = await LoadedModel.Open(context, input.Model).ConfigureAwait(false);
        var champion = await Champion.Open(context, input.Champion, model).ConfigureAwait(false);

        var needed = Needed(columns, model, champion.Model, evaluate);
        var table = await TableReading.Load(context, input.Table, needed).ConfigureAwait(false);
        champion = champion.IfItFits(table);
        var holdout = Holdout.Read(context.Locate(input.Assignment), table, model);
        context.Progress($"{holdout.Table.RowCount} holdout rows");
        var comparison = new Comparison(
            model.Measure(holdout.Table),
            model.MeasureBaseline(holdout.Table),
            champion.Model?.Measure(holdout.Table));

        var values = comparison.Metrics(metrics);
        var slices = MeasureSlices(evaluate, table, holdout, comparison, metrics);
        var gates = Gates.Judge(evaluate.Gates, values, slices, champion.Absence);
        var importance = PermutationImportance.Measure(
            model, holdout.Table, metrics[0], evaluate.ImportanceRows, context.Cancellation);
        var details = Details(model, comparison.Model, slices, importance, metrics[0].Name);
        return new ModelEvaluation(
            holdout.Table.RowCount,
            values,
            gates,
            await Write(context, details).ConfigureAwait(false),
            Judge(gates, [champion.Refusal, holdout.Finding]));
    }

    static Task<Artifact> Write(StageContext context, EvaluationDetails details) =>
        context.Write("application/json", stream => JsonSerializer.SerializeAsync(
            stream, details, LearningJson.Default.EvaluationDetails, context.Cancellation));

    /// <summary>The columns that are read, in the order of the table.</summary>
    static List<string> Needed(
        List<string> columns, LoadedModel model, LoadedModel? champion, EvaluateSpecification evaluate)
    {
        HashSet<string> needed =
        [
            .. model.Scorer.Columns, .. champion?.Scorer.Columns ?? [], .. evaluate.Slices, model.Train.Label,
        ];
        return [.. columns.Where(needed.Contains)];
    }

    static List<SliceMetrics> MeasureSlices(
        EvaluateSpecification evaluate, Table table, Holdout holdout, Comparison comparison,
        IReadOnlyList<MetricDescription> metrics) =>
    [
        .. evaluate.Slices
            .SelectMany(column => Slicing.Cut(
                    column, table[column].Take(holdout.TrainRows), holdout.Table[column])
                .Select((slice, i) => evaluate.Redacted?.Contains(column) == true
                    ? slice with { Value = $"{Masking.Mask} {i + 1}" }
                    : slice))
            .Select(slice => new SliceMetrics(
                slice.Column, slice.Value, slice.Rows.Length, comparison.Take(slice.Rows).Metrics(metrics))),
    ];

    static EvaluationDetails Details(
        LoadedModel model, Outcomes outcomes, IReadOnlyList<SliceMetrics> slices,
        IReadOnlyList<FeatureImportance> importance, string metric)
    {
        var binary = outcomes as BinaryOutcomes;
        return new EvaluationDetails(
            model.Details.Classes,
            binary is null ? (outcomes as MulticlassOutcomes)?.Confusion() : Confusion(binary.Confusion),
            binary is null ? null : BinaryCurves.Roc(binary),
            binary is null ? null : BinaryCurves.PrecisionRecall(binary),
            binary is null ? null : BinaryCurves.Calibration(binary),
            outcomes is RegressionOutcomes regression ? Residuals.Summarise(regression) : null,
            slices,
            importance,
            importance.Count == 0 ? null : metric);
    }

    /// <summary>In the order of the classes: negative, then positive.</summary>
    static long[][] Confusion(BinaryConfusion counts) =>
        [[counts.TrueNegatives, counts.FalsePositives], [counts.FalseNegatives, counts.TruePositives]];

    static Judgement Judge(IReadOnlyList<GateOutcome> gates, IEnumerable<string?> notes) => new(
        gates.All(gate => gate.Passed),
        [.. gates.Where(gate => !gate.Passed).Select(gate => gate.Sentence), .. notes.OfType<string>()]);
}
