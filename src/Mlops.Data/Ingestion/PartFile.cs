using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Writes the rows of one raw file to Parquet as they come; with a derived-columns hook, which sees the whole part
/// at once, when all have come.
/// </summary>
sealed class PartFile(string path, DerivedColumns hooks, DerivedColumnsIdentity? derive) : IAsyncDisposable
{
    readonly List<Table> waiting = [];
    FileStream? stream;
    TableFileWriter? writer;

    public long Rows { get; private set; }

    public TableSchema Schema { get; private set; } = new([]);

    public async Task Append(Table table, StageContext context)
    {
        if (Rows == 0)
            Schema = table.Schema;
        if (table.RowCount == 0)
            return;
        Rows += table.RowCount;
        context.Progress(FormattableString.Invariant($"{Rows:N0} rows"));
        if (derive is not null)
            waiting.Add(table);
        else
            await Write(table, context.Cancellation).ConfigureAwait(false);
    }

    /// <returns>Null where no row came.</returns>
    public async Task<TablePart?> Store(StageContext context)
    {
        if (Rows == 0)
            return null;
        if (derive is not null)
        {
            var derived = hooks.Apply(derive.Name, Table.Concatenate(waiting));
            waiting.Clear();
            Schema = derived.Schema;
            await Write(derived, context.Cancellation).ConfigureAwait(false);
        }
        await Close().ConfigureAwait(false);
        return new TablePart(await context.WriteFile(MediaTypes.Parquet, path).ConfigureAwait(false), Rows);
    }

    public async ValueTask DisposeAsync() => await Close().ConfigureAwait(false);

    async Task Write(Table table, CancellationToken ct)
    {
        stream ??= File.Create(path);
        writer ??= await TableFileWriter.Open(stream, table.Schema, ct).ConfigureAwait(false);
        await writer.Append(table, ct).ConfigureAwait(false);
    }

    async Task Close()
    {
        if (writer is not null)
            await writer.DisposeAsync().ConfigureAwait(false);
        writer = null;
        if (stream is not null)
            await stream.DisposeAsync().ConfigureAwait(false);
        stream = null;
    }
}
