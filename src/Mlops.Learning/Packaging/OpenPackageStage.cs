using System.Text.Json;
using Mlops.Data.Drift;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <param name="Label">What the model has to predict, and <paramref name="Task"/> how.</param>
public sealed record OpenPackageInput(SourceFile File, string Label, LearningTask Task);

/// <summary>What a released package holds, for whoever has nothing else of the model.</summary>
/// <param name="Profile">Its <see cref="Monitoring.ReferenceProfile"/> as JSON.</param>
/// <param name="Columns">Of the dataset that it was made of; null where the package does not say.</param>
/// <param name="Archive">Digest of the package's file.</param>
public sealed record OpenedPackage(
    TrainedModel Model, Artifact Profile, IReadOnlyList<Column>? Columns,
    string Pipeline, string? Cell, string Version, Digest Archive);

/// <summary>Takes a model and what it remembers out of a package that was released.</summary>
public static class OpenPackageStage
{
    public static Stage<OpenPackageInput, OpenedPackage> Value { get; } = new(
        "OpenPackage", Version: 3, Toolchain: "",
        () => LearningJson.Default.OpenPackageInput, () => LearningJson.Default.OpenedPackage, Run);

    static async Task<OpenedPackage> Run(StageContext context, OpenPackageInput input)
    {
        var path = Path.Combine(context.ScratchDirectory, "package.zip");
        await context.CopySource(input.File.Digest, path);
        await using var stream = DiskStream.OpenRead(path);
        var (schema, model, profile) = PackageArchive.Read(
            input.File.Name, stream, archive => (Whole(archive), archive.Model(), Profile(archive)));
        RefuseOtherModel(input, schema);
        return new OpenedPackage(
            new TrainedModel(
                await Write(context, "application/zip", model),
                await Write(context, MediaTypes.Json, JsonSerializer.SerializeToUtf8Bytes(
                    schema.Details, LearningJson.Default.TrainingDetails)),
                schema.Train, schema.TrainRows),
            await Write(context, MediaTypes.Json, profile),
            schema.Columns, schema.Pipeline, schema.Cell, schema.Version, input.File.Digest);
    }

    /// <remarks>A file of unknown origin may leave out what no package is without.</remarks>
    static PackageSchema Whole(PackageArchive archive) => archive.Schema is
    {
        Pipeline: not null, Version: not null,
        Train: { Label: not null, Trainer.Name: not null, Features: { DateParts: not null } features },
        Details: { Columns: { } columns, Baseline.ClassShares: not null } details,
    } schema && columns.All(column => column?.Column is not null)
        && Texts([features.Exclude, features.Categorical, features.Include ?? [], features.Redacted ?? []])
        && Texts([details.Classes, details.FeatureNames, details.Notes])
        && schema.Columns?.Any(column => column?.Name is null) != true
            ? schema : throw NotWhole(PackageArchive.SchemaEntry, "");

    /// <summary>Whether each list is there, and each of its texts.</summary>
    static bool Texts(IEnumerable<IReadOnlyList<string?>?> lists) =>
        lists.All(list => list?.Contains(null) == false);

    static byte[] Profile(PackageArchive archive)
    {
        if (archive.Profile is not
            {
                Training: { } training, Prediction: { } prediction, Metrics: { } metrics,
                Windows: { } windows, Importance: { } importance,
            })
            throw NotWhole(PackageArchive.ProfileEntry, "");
        if (WholeReference.FaultOf(training) is { } fault)
            throw NotWhole(PackageArchive.ProfileEntry, $": {fault}");
        if (!WholeReference.IsWhole(prediction))
            throw NotWhole(PackageArchive.ProfileEntry, ": prediction");
        if (!metrics.Concat(windows.SelectMany(window => window ?? [null!]))
                .All(metric => metric?.Name is not null)
            || importance.Any(feature => feature?.Column is null))
            throw NotWhole(PackageArchive.ProfileEntry, ": metrics");
        return archive[PackageArchive.ProfileEntry].ToArray();
    }

    static InvalidDataException NotWhole(string entry, string what) => new($"'{entry}' is not whole{what}");

    static void RefuseOtherModel(OpenPackageInput input, PackageSchema schema)
    {
        if (schema.Train.Label != input.Label || schema.Train.Task != input.Task)
            throw new ProblemException(new Problem(
                "PACK-004", "The package holds a model of something else.", new Place(input.File.Name),
                Expected: $"{Said(input.Task, input.Label)}, as train says",
                Actual: $"{Said(schema.Train.Task, schema.Train.Label)}, by pipeline '{schema.Pipeline}'",
                Next: "Name the package of this pipeline's model in monitor.reference.package."));
    }

    static string Said(LearningTask task, string label) =>
        $"{task.ToString().ToLowerInvariant()} of '{label}'";

    static Task<Artifact> Write(StageContext context, string mediaType, byte[] content) =>
        context.Write(mediaType, stream => stream.WriteAsync(content, context.Cancellation).AsTask());
}
