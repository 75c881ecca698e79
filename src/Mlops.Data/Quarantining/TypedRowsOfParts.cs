using Mlops.Data.Ingestion.Typed;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>
/// Rows of sources that have no lines of text: as JSON, as they were read, with their numbers in the source.
/// </summary>
static class TypedRowsOfParts
{
    /// <param name="wanted">Which of the source's rows kept, ascending, from 0.</param>
    /// <param name="offset">The table's row that the source's first is.</param>
    /// <param name="unparsed">Rows of the source that did not become rows of the table.</param>
    public static async IAsyncEnumerable<RawRow> Read(
        StageContext context, TableParts table, IEnumerable<long> wanted, long offset, UnparsedRows unparsed)
    {
        var skipped = 0L;
        await foreach (var (kept, read, row) in Found(context, table, wanted, offset))
        {
            for (; unparsed.Current is { } fault && fault.Line <= kept + skipped + 1; unparsed.MoveNext())
            {
                skipped++;
                yield return RawRow.Of(fault);
            }
            yield return new RawRow(kept, kept + skipped + 1, null, null, RowText.Of(read, row),
                [.. Enumerable.Range(0, read.Schema.Columns.Count)
                    .Select(column => read[column].Text(row) ?? "")]);
        }
        for (; unparsed.Current is { } fault; unparsed.MoveNext())
            yield return RawRow.Of(fault);
    }

    static async IAsyncEnumerable<(long Kept, Table Read, int Row)> Found(
        StageContext context, TableParts table, IEnumerable<long> wanted, long offset)
    {
        using var next = wanted.GetEnumerator();
        var isLeft = next.MoveNext();
        var first = 0L;
        foreach (var part in table.Parts)
        {
            if (!isLeft)
                yield break;
            var end = first + part.RowCount;
            if (next.Current + offset < end)
            {
                await using var stream = DiskStream.OpenRead(context.Locate(part.File));
                await using var file = await ParquetFile.Open(stream, "", context.Cancellation);
                for (var group = 0; group < file.RowGroupCount && isLeft; group++)
                {
                    var rows = file.RowsOf(group);
                    if (next.Current + offset < first + rows)
                    {
                        var read = await file.ReadRowGroup(group, null, context.Cancellation);
                        for (; isLeft && next.Current + offset < first + rows; isLeft = next.MoveNext())
                            yield return (next.Current, read, (int)(next.Current + offset - first));
                    }
                    first += rows;
                }
            }
            first = end;
        }
    }
}
