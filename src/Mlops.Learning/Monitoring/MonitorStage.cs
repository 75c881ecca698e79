using System.Text.Json;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;

namespace Mlops.Learning.Monitoring;

/// <summary>Compares the data and the performance of a current window with a reference window.</summary>
public static class MonitorStage
{
    public static Stage<MonitorInput, MonitorResult> Value { get; } = new(
        "Monitor",
        Version: 1,
        string.Join(", ", PackageVersions.MicrosoftML, PackageVersions.MicrosoftMLFastTree,
            PackageVersions.MicrosoftMLLightGbm, PackageVersions.ParquetNet),
        LearningJson.Default.MonitorInput,
        LearningJson.Default.MonitorResult,
        Run);

    static async Task<MonitorResult> Run(StageContext context, MonitorInput input)
    {
        var selection = MonitorSelection.Of(input);
        var model = input.Model is null
            ? null
            : await LoadedModel.Open(context, input.Model).ConfigureAwait(false);
        HashSet<string> needed = [.. selection.Columns, input.Time, .. model?.Scorer.Columns ?? []];
        if (model is not null)
            needed.Add(model.Train.Label);
        List<string> columns = [.. input.Table.Schema.Columns.Select(column => column.Name).Where(needed.Contains)];
        var table = await TableReading.Load(context, input.Table, columns).ConfigureAwait(false);
        context.Progress($"{table.RowCount} rows");

        var comparison = WindowComparison.Of(
            WindowedTable.Cut(table, input.Time, selection.Reference, selection.Current),
            selection.Columns, model, input.Monitor);
        var drift = comparison.Drift;
        return new MonitorResult(
            comparison.Verdict,
            drift.Columns.Count(column => column.Verdict == DriftVerdict.Drift),
            drift.Columns.Count(column => column.Verdict != DriftVerdict.NoData),
            await Write(context, comparison.Details(input.Monitor)).ConfigureAwait(false),
            new Judgement(!(comparison.Verdict >= input.Monitor.FailOn), comparison.Findings));
    }

    static Task<Artifact> Write(StageContext context, MonitorDetails details) =>
        context.Write("application/json", stream => JsonSerializer.SerializeAsync(
            stream, details, LearningJson.Default.MonitorDetails, context.Cancellation));
}
