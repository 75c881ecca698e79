using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>
/// Package: one file with the model and its evidence, scored again in another process before it counts.
/// </summary>
public static class PackageStage
{
    const string Toolchain = $"{PackageVersions.MicrosoftML}, {PackageVersions.MicrosoftMLFastTree}, "
        + $"{PackageVersions.MicrosoftMLLightGbm}, {PackageVersions.ParquetNet}";

    /// <param name="process">What scores the package apart; no part of the key,
    /// for it may not matter.</param>
    public static Stage<PackageInput, ModelPackage> Create(ScoringProcess process) => new(
        "Package", 5, Toolchain, () => LearningJson.Default.PackageInput,
        () => LearningJson.Default.ModelPackage, (context, input) => Run(context, input, process))
    {
        Fits = (input, output) => output.FileName == NameOf(input),
    };

    static string NameOf(PackageInput input) =>
        PackageFileName.Of(input.Pipeline, input.Cell, input.Package.Version);

    static async Task<ModelPackage> Run(StageContext context, PackageInput input, ScoringProcess process)
    {
        var details = await ReadDetails(context, input.Model.Details);
        var modelPath = context.Locate(input.Model.Model);
        var table = await TableReading.Load(
            context, input.Table,
            [.. details.Columns.Select(column => column.Column).Append(input.Model.Train.Label).Distinct()]);
        var assignment = File.ReadAllBytes(context.Locate(input.Assignment));
        var holdout = RowSelection.Rows(assignment, table, RowRole.Holdout);
        var rows = GoldenRows.Choose(holdout, input.Package.GoldenRows);
        var golden = GoldenRows.WithoutValues(Inputs(table, details).Take(rows), input.Redact);
        var loaded = new LoadedModel(
            input.Model.Train, details, ModelScorer.Load(modelPath, input.Model.Train, details));
        var expected = GoldenRows.Expected(loaded.Scorer.Score(golden), rows, details.Classes);
        var profile = JsonSerializer.SerializeToUtf8Bytes(
            ReferenceProfile.Of(
                loaded, table, RowSelection.Rows(assignment, table, RowRole.Train), holdout, input.Evaluation,
                await Importance(context, input.Evaluation.Details), input.Redact),
            LearningJson.Default.ReferenceProfile);
        var entries = PackageContents.Of(input, details,
            File.ReadAllBytes(modelPath), Toolchain, profile,
            GoldenRows.Inputs(golden), expected);
        var path = Path.Combine(context.ScratchDirectory, "package.zip");
        await using (var file = DiskStream.Create(path))
            CanonicalZip.Write(file, entries);
        var scored = await process.Score(path, context.Cancellation);
        var equal = expected.Where((row, i) => IsEqual(row, scored.GetValueOrDefault(i))).Count();
        return new ModelPackage(
            await context.WriteFile("application/zip", path),
            NameOf(input),
            input.Package.Version, expected.Count, equal,
            [.. entries.Select(entry =>
                new LineageEntry("content", entry.Key, Digest.Of(entry.Value), entry.Value.Length))],
            Judge(expected.Count, equal, input.Package.GoldenRows),
            await context.Write(
                MediaTypes.Json, stream => stream.WriteAsync(profile, context.Cancellation).AsTask()));
    }

    static async Task<TrainingDetails> ReadDetails(StageContext context, Artifact details)
    {
        await using var stream = DiskStream.OpenRead(context.Locate(details));
        return (await JsonSerializer.DeserializeAsync(
            stream, LearningJson.Default.TrainingDetails, context.Cancellation))!;
    }

    static async Task<IReadOnlyList<FeatureImportance>> Importance(StageContext context, Artifact details)
    {
        await using var stream = DiskStream.OpenRead(context.Locate(details));
        return (await JsonSerializer.DeserializeAsync(
            stream, LearningJson.Default.EvaluationDetails, context.Cancellation))!.Importance;
    }

    /// <summary>What the model reads, and so without the label.</summary>
    static Table Inputs(Table table, TrainingDetails details) => new(
        new TableSchema([.. details.Columns.Select(column => table.Schema.Find(column.Column)!)]),
        [.. details.Columns.Select(column => table[column.Column])]);

    static bool IsEqual(GoldenPrediction expected, ScoredRow? scored) =>
        scored is not null && expected.Numbers.Select(number => number.Bits).SequenceEqual(scored.Bits);

    static Judgement Judge(int golden, int equal, int asked) => (golden, equal) switch
    {
        (0, _) when asked > 0 => new Judgement(false, ["The holdout has no row to score the package with."]),
        _ when equal < golden => new Judgement(false,
            [FormattableString.Invariant($"{golden - equal} of {golden} golden rows")
                + " are predicted differently in a separate process."]),
        _ => Judgement.Accept,
    };
}
