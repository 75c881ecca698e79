using System.Text.Json;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Learning.Tests;

/// <summary>A table at rest and its split in a folder of their own, for running whole stages.</summary>
sealed class PipelineFixture : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-learning-");

    public PipelineFixture() =>
        Context = new ScratchContext(folder.FullName, new Dictionary<Digest, string>());

    public ScratchContext Context { get; }

    public string FileOf(string name) => Path.Combine(folder.FullName, name);

    public async Task<TrainInput> TrainInput(Table table, TrainSpecification train)
    {
        var half = table.RowCount / 2;
        TablePart[] parts =
        [
            await Part(table.Take([.. Enumerable.Range(0, half)])),
            await Part(table.Take([.. Enumerable.Range(half, table.RowCount - half)])),
        ];
        var assignment = Enumerable.Range(0, table.RowCount)
            .Select(row => (byte)(row % 5 == 4
                ? RowRole.Holdout
                : row == 0 ? RowRole.Excluded : RowRole.Train)).ToArray();
        return new TrainInput(new TableParts(table.Schema, parts), await Bytes(assignment), train);
    }

    public async Task<PackageInput> PackageInput(Table table, TrainSpecification train, string? cell = null)
    {
        var input = await TrainInput(table, train);
        var model = await TrainStage.Value.Body(Context, input);
        var metric = new MetricValue("auc", 0.8125, 0.5, null, true);
        var evaluation = new ModelEvaluation(
            80, [metric], [new GateOutcome("auc", true, "auc 0.8125 ≥ 0.8")],
            await Details(), Judgement.Accept);
        return new PackageInput(
            new PackageSpecification("1.2.0", "MIT", "Sort calls | by risk", null, null, null),
            "churn", cell, model, evaluation, input.Table, input.Assignment,
            [new LineageEntry("model", "model.zip", model.Model.Digest, model.Model.LengthBytes)]);
    }

    Task<Artifact> Details() => Context.Write(MediaTypes.Json, stream => JsonSerializer.SerializeAsync(
        stream, new EvaluationDetails([], null, null, null, null, null, [], [new("x", 0.25, 0.01)], "auc"),
        LearningJson.Default.EvaluationDetails));

    public void Dispose() => folder.Delete(recursive: true);

    async Task<TablePart> Part(Table table) => new(
        await Context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, table)), table.RowCount);

    Task<Artifact> Bytes(byte[] content) =>
        Context.Write(MediaTypes.Bytes, stream => stream.WriteAsync(content).AsTask());
}
