using System.Text;
using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Ingestion.Typed;
using Mlops.Engine;

namespace Mlops.Data.Tests.Ingestion;

/// <summary>Raw files in a folder of their own, and Ingest run over them from nothing.</summary>
sealed class Workspace : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-ingest-").FullName;
    readonly Dictionary<Digest, string> paths = [];
    readonly List<SourceFile> sources = [];

    /// <summary>Files of equal bytes are written too.</summary>
    int written;

    public Dictionary<string, Func<DataFrame, DataFrame>> Hooks { get; } = [];

    public ScratchContext Context { get; private set; } = null!;

    public Workspace With(string name, byte[] bytes)
    {
        var path = Path.Combine(directory, $"source-{written++}");
        File.WriteAllBytes(path, bytes);
        sources.Add(new SourceFile(name, Digest.Of(bytes), bytes.Length));
        paths[Digest.Of(bytes)] = path;
        return this;
    }

    public Workspace With(string text, string name = "data.csv") => With(name, Encoding.UTF8.GetBytes(text));

    public IngestInput Input(
        TextFormat? format = null, IReadOnlyList<ColumnDeclaration>? columns = null, string? derive = null,
        double maxShare = 0) =>
        new(sources, format ?? new TextFormat(), columns,
            derive is null ? null : new DerivedColumnsIdentity(derive, Digest.Of("code"u8)), maxShare);

    /// <param name="maxPieceBytes">Files longer than this are cut into pieces,
    /// of a third of it at least.</param>
    public Task<Dataset> Ingest(IngestInput input, long maxPieceBytes = CutSource.MaxBytes)
    {
        var store = Directory.CreateDirectory(Path.Combine(directory, "store")).FullName;
        Context = new ScratchContext(store, paths, cancellation: TestContext.Current.CancellationToken);
        return Context.Call(IngestStage.Create(Hooks, maxPieceBytes / 3, maxPieceBytes), input);
    }

    /// <summary>Replaces a file's text; its name stays.</summary>
    public Workspace Change(string name, string text)
    {
        var at = sources.FindIndex(source => source.Name == name);
        With(text, name);
        sources[at] = sources[^1];
        sources.RemoveAt(sources.Count - 1);
        return this;
    }

    public async Task<Table> Table(IngestInput input)
    {
        var dataset = await Ingest(input);
        return await Load(dataset);
    }

    public Task<Table> Load(Dataset dataset) => TableReading.Load(Context, dataset.Table);

    /// <summary>A column's cells, with bars between them and a dash for none.</summary>
    public async Task<string> Cells(Dataset dataset, string column) =>
        TypedFiles.Cells(await Load(dataset), column);

    /// <summary>What Ingest refuses its input for.</summary>
    public async Task<IReadOnlyList<Problem>> Problems(IngestInput input) =>
        (await Should.ThrowAsync<ProblemException>(() => Ingest(input))).Problems;

    public string Text(Artifact artifact) => File.ReadAllText(Context.Locate(artifact));

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
