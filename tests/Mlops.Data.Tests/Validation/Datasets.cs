using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Tests.Validation;

/// <summary>Datasets at rest in a folder of their own, and what Validate says of them.</summary>
sealed class Datasets : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-validation-").FullName;

    public Datasets() => Context = new ScratchContext(directory, new Dictionary<Digest, string>());

    public ScratchContext Context { get; }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    public async Task<TableParts> Write(params Table[] parts)
    {
        var written = new List<TablePart>();
        foreach (var part in parts)
            written.Add(new TablePart(
                await Context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, part)), part.RowCount));
        return new TableParts(parts[0].Schema, written);
    }

    public Task<Artifact> WriteBytes(byte[] bytes) =>
        Context.Write(MediaTypes.Bytes, stream => stream.WriteAsync(bytes).AsTask());

    public async Task<(DataValidation Result, ValidationDetails Details)> Validate(
        TableParts table, ValidationRules rules, Artifact? assignment = null)
    {
        var result = await Context.Call(ValidateStage.Value, new ValidateInput(table, assignment, rules));
        await using var stream = File.OpenRead(Context.Locate(result.Details));
        return (result, JsonSerializer.Deserialize(stream, DataJson.Default.ValidationDetails)!);
    }

    public static ValidationRules Rules(params ColumnRule[] columns) => new([], null, null, null, columns);
}
