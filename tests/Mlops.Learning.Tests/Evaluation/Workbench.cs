using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests.Evaluation;

/// <summary>
/// Real parts for a stage under test: a store in a temporary folder, Parquet files and fitted models.
/// </summary>
sealed class Workbench : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("mlops-evaluation-");

    public Workbench() => Context = new ScratchContext(directory.FullName, new Dictionary<Digest, string>());

    public ScratchContext Context { get; }

    public void Dispose() => directory.Delete(recursive: true);

    public async Task<TableParts> Store(Table table)
    {
        var file = await Context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, table));
        return new TableParts(table.Schema, [new TablePart(file, table.RowCount)]);
    }

    public Task<Artifact> Assign(int rows, Func<int, RowRole> role) => Context.Write(
        "application/octet-stream",
        stream =>
            stream.WriteAsync(Enumerable.Range(0, rows).Select(row => (byte)role(row)).ToArray()).AsTask());

    public async Task<TrainedModel> Fit(Table training, TrainSpecification train)
    {
        var fitted = ModelFitting.Fit(training, train);
        var model = await Context.Write(
            "application/zip", stream => stream.WriteAsync(fitted.Model).AsTask());
        var details = await Context.Write("application/json", stream => JsonSerializer.SerializeAsync(
            stream, fitted.Details, LearningJson.Default.TrainingDetails));
        return new TrainedModel(model, details, train, fitted.Rows);
    }

    /// <summary>What a package of the model would remember, evaluated on the holdout.</summary>
    public async Task<Artifact> Profile(TrainedModel model, Table table, Artifact assignment)
    {
        var parts = await Store(table);
        var evaluation = await Context.Call(EvaluateStage.Value, new EvaluateInput(
            model, parts, assignment, new EvaluateSpecification(["rmse"], [], []), null));
        var package = await PackageStage
            .Create(new ScoringProcess("true", []))
            .Body(Context, new PackageInput(
                new PackageSpecification("1.0.0", null, null, null, null, null, GoldenRows: 0), "shop", null,
                model, evaluation, parts, assignment, []));
        return package.Profile.ShouldNotBeNull();
    }

    public async Task<T> Read<T>(Artifact artifact, JsonTypeInfo<T> type) where T : class
    {
        await using var stream = File.OpenRead(Context.Locate(artifact));
        return (await JsonSerializer.DeserializeAsync(stream, type)).ShouldNotBeNull();
    }
}
