using System.Text.Json;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Data.Tests.Validation;

/// <summary>Datasets at rest in a folder of their own, and what Validate says of them.</summary>
sealed class Datasets : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-validation-").FullName;

    public Datasets() => Context = new ScratchContext(directory, Sources);

    public ScratchContext Context { get; }

    /// <summary>Where raw files lie, by digest.</summary>
    public Dictionary<Digest, string> Sources { get; } = [];

    public void Dispose() => Directory.Delete(directory, recursive: true);

    public async Task<TableParts> Write(params Table[] parts)
    {
        var written = new List<TablePart>();
        foreach (var part in parts)
            written.Add(new TablePart(
                await Context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, part)),
                part.RowCount));
        return new TableParts(parts[0].Schema, written);
    }

    public Task<Artifact> WriteBytes(byte[] bytes) =>
        Context.Write(MediaTypes.Bytes, stream => stream.WriteAsync(bytes).AsTask());

    /// <summary>A raw text file, indexed.</summary>
    public SourceFile WriteSource(string name, string text) =>
        WriteSource(name, System.Text.Encoding.UTF8.GetBytes(text));

    public SourceFile WriteSource(string name, byte[] bytes)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllBytes(path, bytes);
        var file = new SourceFile(name, Digest.Of(bytes), bytes.Length);
        Sources[file.Digest] = path;
        return file;
    }

    public async Task<(DataValidation Result, ValidationDetails Details)> Validate(
        TableParts table, ValidationRules rules, Artifact? assignment = null) =>
        await Validate(new ValidateInput(table, assignment, rules));

    public async Task<(DataValidation Result, ValidationDetails Details)> Validate(ValidateInput input)
    {
        var result = await Context.Call(ValidateStage.Value, input);
        await using var stream = File.OpenRead(Context.Locate(result.Details));
        return (result, JsonSerializer.Deserialize(stream, DataJson.Default.ValidationDetails)!);
    }

    /// <summary>The one outcome of an id, over a table in one part.</summary>
    public async Task<CheckOutcome> Outcome(Table table, ColumnRule rule, string id) =>
        (await Validate(await Write(table), Rules(rule))).Details.Checks.Single(check => check.Id == id);

    public async Task<CheckOutcome> Outcome(
        Table table, TableRule rule, string id, LearningColumns? learning = null) =>
        (await Validate(
            new ValidateInput(await Write(table), null, Rules() with { Checks = [rule] }, learning)))
            .Details.Checks.Single(check => check.Id == id);

    public static ValidationRules Rules(params ColumnRule[] columns) => new([], null, null, null, columns);

    public static CheckOutcome Single(ValidationDetails details, string id) =>
        details.Checks.Single(check => check.Id == id);
}
