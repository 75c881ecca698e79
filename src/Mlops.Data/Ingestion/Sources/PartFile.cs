using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Writes the rows of one raw file to Parquet as they come, and describes them in the same pass; with a
/// derived-columns hook, which sees the whole part at once, when all have come.
/// </summary>
/// <param name="complete">Adds to each table what its rows do not have themselves; null where there is
/// nothing to add.</param>
sealed class PartFile(
    string path, DerivedColumns hooks, DerivedColumnsIdentity? derive,
    Func<Table, Table>? complete = null) : IAsyncDisposable
{
    readonly List<Table> waiting = [];
    DiskStream? stream;
    TableFileWriter? writer;
    PartProfile? profile;

    public long Rows { get; private set; }

    /// <summary>Whether tables are needed after they were appended.</summary>
    public bool KeepsTables => derive is not null;

    public TableSchema Schema { get; private set; } = new([]);

    public async Task Append(Table rows, StageContext context)
    {
        var table = complete is null ? rows : complete(rows);
        if (Rows == 0)
            Schema = table.Schema;
        if (table.RowCount == 0)
            return;
        Rows += table.RowCount;
        context.Progress(FormattableString.Invariant($"{Rows:N0} rows"));
        if (derive is not null)
            waiting.Add(table);
        else
            await Write(table, context.Cancellation);
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
            await Write(derived, context.Cancellation);
        }
        await Close();
        return new TablePart(
            await context.WriteFile(MediaTypes.Parquet, path),
            Rows, await PartStages.Store(context, profile!));
    }

    public async ValueTask DisposeAsync() => await Close();

    async Task Write(Table table, CancellationToken ct)
    {
        stream ??= DiskStream.Create(path);
        writer ??= await TableFileWriter.Open(stream, table.Schema, ct);
        var describing = Task.Run(() => PartProfile.Of(table), ct);
        // Of a failure too neither may leave the other reading rows that are taken back.
        await Task.WhenAll(writer.Append(table, ct), describing);
        var piece = await describing;
        profile = profile is null ? piece : profile.Merge(piece);
    }

    async Task Close()
    {
        if (writer is not null)
            await writer.DisposeAsync();
        writer = null;
        if (stream is not null)
            await stream.DisposeAsync();
        stream = null;
    }
}
