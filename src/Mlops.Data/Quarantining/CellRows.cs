using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>Which rows of a dataset the rows of a cell of it are.</summary>
static class CellRows
{
    /// <param name="wanted">Ascending rows of the cell.</param>
    /// <returns>The rows of the dataset, in the same order.</returns>
    public static async Task<IReadOnlyList<long>> InWhole(
        StageContext context, TableParts whole, string column, string cell, IReadOnlyList<long> wanted)
    {
        var found = new List<long>(wanted.Count);
        var (offset, seen) = (0L, 0L);
        foreach (var part in whole.Parts)
        {
            if (found.Count == wanted.Count)
                break;
            var values = (await TableFile.Read(context.Locate(part.File), [column], context.Cancellation))[0];
            for (var row = 0; row < values.Count && found.Count < wanted.Count; row++)
                if (values.Text(row) == cell && seen++ == wanted[found.Count])
                    found.Add(offset + row);
            offset += part.RowCount;
        }
        return found;
    }
}
