using System.Text.Json;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Checks;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>Compares the data and the performance of a current window with a reference window.</summary>
public static class MonitorStage
{
    public static Stage<MonitorInput, MonitorResult> Value { get; } = new(
        "Monitor",
        Version: 5,
        string.Join(", ", PackageVersions.MicrosoftML, PackageVersions.MicrosoftMLFastTree,
            PackageVersions.MicrosoftMLLightGbm, PackageVersions.ParquetNet),
        () => LearningJson.Default.MonitorInput,
        () => LearningJson.Default.MonitorResult,
        Run);

    static async Task<MonitorResult> Run(StageContext context, MonitorInput input)
    {
        var profile = input.Profile is null
            ? null
            : await ReferenceProfile.Read(context, input.Profile).ConfigureAwait(false);
        var selection = MonitorSelection.Of(input, profile);
        var model = input.Model is null
            ? null
            : await LoadedModel.Open(context, input.Model).ConfigureAwait(false);
        var table = await Load(context, input, selection, model).ConfigureAwait(false);
        context.Progress(Counted.Of(table.RowCount, "row", "rows"));

        var comparison = WindowComparison.Of(
            WindowedTable.Cut(table, input.Time, selection.Reference, selection.Current),
            selection, model, input.Monitor,
            new ComparisonBasis(
                profile, profile?.Importance ?? await Importance(context, input).ConfigureAwait(false),
                Hidden(input), input.LabelsComeLater == true),
            context.Cancellation);
        var drift = comparison.Drift;
        return new MonitorResult(
            comparison.Verdict,
            drift.Columns.Count(column => column.Verdict == DriftVerdict.Drift),
            drift.Columns.Count(column => column.Verdict != DriftVerdict.NoData),
            await Write(context, comparison.Details(input.Monitor)).ConfigureAwait(false),
            Judge(comparison, input.Monitor.FailOn));
    }

    /// <summary>Where drift would fail, what could not be compared at all does not pass.</summary>
    static Judgement Judge(WindowComparison comparison, DriftVerdict? failOn) =>
        failOn is not null && comparison.Drift.IsUntested
            ? new Judgement(false,
                [
                    .. comparison.Findings.Take(1), MonitorFindings.Unjudged(comparison.Drift),
                    .. comparison.Findings.Skip(1),
                ])
            : new Judgement(!(comparison.Verdict >= failOn), comparison.Findings);

    /// <summary>Predictions of a redacted label are values of it.</summary>
    static IReadOnlyList<string> Hidden(MonitorInput input)
    {
        var redact = input.Redact ?? [];
        return input.Model is { } model && redact.Contains(model.Train.Label)
            ? [.. redact, MonitorSelection.Prediction]
            : redact;
    }

    static async Task<Table> Load(
        StageContext context, MonitorInput input, MonitorSelection selection, LoadedModel? model)
    {
        HashSet<string> needed = [.. selection.Columns, input.Time, .. model?.Scorer.Columns ?? []];
        if (model is not null)
            needed.Add(model.Train.Label);
        List<string> columns = [.. input.Table.Schema.Columns.Select(column => column.Name)
            .Where(needed.Contains)];
        var table = await TableReading.Load(context, input.Table, columns).ConfigureAwait(false);
        if (input.TakenOut is null)
            return table;
        var taken = new RowSet(table.RowCount);
        foreach (var rows in input.TakenOut)
            taken.Add(RowNumbers.Read(context, rows));
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => !taken.Has(row))]);
    }

    static async Task<IReadOnlyList<FeatureImportance>> Importance(StageContext context, MonitorInput input)
    {
        if (input.Evaluation is null)
            return [];
        await using var stream = DiskStream.OpenRead(context.Locate(input.Evaluation));
        var details = await JsonSerializer.DeserializeAsync(
            stream, LearningJson.Default.EvaluationDetails, context.Cancellation).ConfigureAwait(false);
        return details!.Importance;
    }

    static Task<Artifact> Write(StageContext context, MonitorDetails details) =>
        context.Write("application/json", stream => JsonSerializer.SerializeAsync(
            stream, details, LearningJson.Default.MonitorDetails, context.Cancellation));
}
