using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;
using Mlops.Learning.Sweeping;

namespace Mlops.Learning.Training;

/// <summary>Train: fits a pipeline's model on its training split.</summary>
public static class TrainStage
{
    public static Stage<TrainInput, TrainedModel> Value { get; } = new(
        "Train", 1,
        $"{PackageVersions.MicrosoftML}, {PackageVersions.MicrosoftMLFastTree}, "
            + $"{PackageVersions.MicrosoftMLLightGbm}, {PackageVersions.LightGBM}, "
            + $"{PackageVersions.ParquetNet}",
        () => LearningJson.Default.TrainInput, () => LearningJson.Default.TrainedModel, Run)
    {
        Cores = input => input.Train.Trainer.Threads ?? 1,
        Calls = () => [TrialStage.Value],
    };

    static async Task<TrainedModel> Run(StageContext context, TrainInput input)
    {
        TrainingChecks.CheckSchema(input.Table.Schema, input.Train);
        if (input.Train.Sweep is not { } sweep)
            return await Fit(context, input);
        var swept = await Sweep.Run(context, input, sweep);
        var chosen = input.Train with { Trainer = swept.Trials[swept.Chosen].Trainer, Sweep = null };
        var fitted = await Fit(context, input with { Train = chosen });
        return fitted with { Sweep = await Sweep.Write(context, swept) };
    }

    static async Task<TrainedModel> Fit(StageContext context, TrainInput input)
    {
        var train = input.Train;
        var columns = FeatureChoice.Candidates(input.Table.Schema, train).Select(column => column.Name);
        var table = await TableReading.Load(context, input.Table, [.. columns, train.Label]);
        var rows = RowSelection.Rows(
            File.ReadAllBytes(context.Locate(input.Assignment)),
            table, RowRole.Train);
        context.Progress(FormattableString.Invariant($"{train.Trainer.Name} on {rows.Length:N0} rows"));
        var fitted = ModelFitting.FitChecked(table.Take(rows), train, context.Cancellation);
        return new TrainedModel(
            await context.Write(
                "application/zip", stream => stream.WriteAsync(fitted.Model, context.Cancellation).AsTask()),
            await context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
                stream, fitted.Details, LearningJson.Default.TrainingDetails, context.Cancellation)),
            train, fitted.Rows);
    }
}
