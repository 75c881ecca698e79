using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Scoring;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>Package: one file with the model and its evidence, scored again in another process before it counts.</summary>
public static class PackageStage
{
    const string Toolchain = $"{PackageVersions.MicrosoftML}, {PackageVersions.MicrosoftMLFastTree}, "
        + $"{PackageVersions.MicrosoftMLLightGbm}, {PackageVersions.ParquetNet}";

    /// <param name="process">What scores the package apart; no part of the key, for it may not matter.</param>
    public static Stage<PackageInput, ModelPackage> Create(ScoringProcess process) => new(
        "Package", 1, Toolchain, LearningJson.Default.PackageInput, LearningJson.Default.ModelPackage,
        (context, input) => Run(context, input, process))
    {
        Fits = (input, output) => output.FileName == NameOf(input),
    };

    static string NameOf(PackageInput input) => PackageFileName.Of(input.Pipeline, input.Cell, input.Package.Version);

    static async Task<ModelPackage> Run(StageContext context, PackageInput input, ScoringProcess process)
    {
        var details = await ReadDetails(context, input.Model.Details);
        var modelPath = context.Locate(input.Model.Model);
        var (golden, rows) = await Golden(context, input, details);
        var predictions = ModelScorer.Load(modelPath, input.Model.Train, details).Score(golden);
        var expected = GoldenRows.Expected(predictions, rows, details.Classes);
        var entries = PackageContents.Of(input, details,
            await File.ReadAllBytesAsync(modelPath, context.Cancellation), Toolchain, GoldenRows.Inputs(golden), expected);
        var path = Path.Combine(context.ScratchDirectory, "package.zip");
        await using (var file = File.Create(path))
            CanonicalZip.Write(file, entries);
        var scored = await process.Score(path, context.Cancellation);
        var equal = expected.Where((row, i) => IsEqual(row, scored.GetValueOrDefault(i))).Count();
        return new ModelPackage(
            await context.WriteFile("application/zip", path),
            NameOf(input),
            input.Package.Version, expected.Count, equal,
            [.. entries.Select(entry => new LineageEntry("content", entry.Key, Digest.Of(entry.Value), entry.Value.Length))],
            Judge(expected.Count, equal, input.Package.GoldenRows));
    }

    static async Task<TrainingDetails> ReadDetails(StageContext context, Artifact details)
    {
        await using var stream = File.OpenRead(context.Locate(details));
        return (await JsonSerializer.DeserializeAsync(stream, LearningJson.Default.TrainingDetails, context.Cancellation))!;
    }

    static async Task<(Table Golden, int[] Rows)> Golden(StageContext context, PackageInput input, TrainingDetails details)
    {
        var table = await TableReading.Load(context, input.Table, [.. details.Columns.Select(column => column.Column)]);
        var assignment = await File.ReadAllBytesAsync(context.Locate(input.Assignment), context.Cancellation);
        var rows = GoldenRows.Choose(RowSelection.Rows(assignment, table, RowRole.Holdout), input.Package.GoldenRows);
        return (table.Take(rows), rows);
    }

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
