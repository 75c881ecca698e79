using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>Rows of sources that have no lines of text: their cells as they were read.</summary>
static class TypedRowsOfParts
{
    /// <param name="wanted">Ascending rows of the table.</param>
    /// <returns>The texts of the cells of each, in schema order; "" is missing.</returns>
    public static async Task<IReadOnlyList<string[]>> Read(
        StageContext context, TableParts table, IReadOnlyList<long> wanted)
    {
        var found = new List<string[]>();
        var (offset, next) = (0L, 0);
        foreach (var part in table.Parts)
        {
            if (next < wanted.Count && wanted[next] < offset + part.RowCount)
            {
                var read = await TableFile.Read(context.Locate(part.File), null, context.Cancellation);
                for (; next < wanted.Count && wanted[next] < offset + part.RowCount; next++)
                    found.Add([.. Enumerable.Range(0, read.Schema.Columns.Count)
                        .Select(column => read[column].Text((int)(wanted[next] - offset)) ?? "")]);
            }
            offset += part.RowCount;
        }
        return found;
    }
}
