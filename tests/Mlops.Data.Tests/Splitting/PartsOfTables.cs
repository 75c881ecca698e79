using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Tests.Splitting;

/// <summary>Tables put to rest in parts, and a context that finds them.</summary>
sealed class PartsOfTables : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("mlops-parts-").FullName;

    public PartsOfTables() => Context = new ScratchContext(
        directory, new Dictionary<Digest, string>(), cancellation: TestContext.Current.CancellationToken);

    public ScratchContext Context { get; }

    public async Task<TableParts> Store(Table table, int partCount = 1)
    {
        var stored = new List<TablePart>();
        for (var i = 0; i < partCount; i++)
        {
            var (from, to) = (i * table.RowCount / partCount, (i + 1) * table.RowCount / partCount);
            var part = table.Take([.. Enumerable.Range(from, to - from)]);
            var file = await Context.Write(MediaTypes.Parquet, stream => TableFile.Write(stream, part));
            stored.Add(new TablePart(file, part.RowCount));
        }
        return new TableParts(table.Schema, stored);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
