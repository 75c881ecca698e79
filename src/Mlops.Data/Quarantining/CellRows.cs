using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>Which rows of a dataset the rows of a cell of it are.</summary>
static class CellRows
{
    /// <param name="wanted">Ascending rows of the cell.</param>
    /// <returns>The rows of the dataset, in the same order.</returns>
    public static async IAsyncEnumerable<long> InWhole(
        StageContext context, TableParts whole, string column, string cell, IEnumerable<long> wanted)
    {
        using var next = wanted.GetEnumerator();
        var isLeft = next.MoveNext();
        var (offset, seen) = (0L, 0L);
        foreach (var part in whole.Parts)
        {
            if (!isLeft)
                yield break;
            var values = (await TableFile.Read(context.Locate(part.File), [column], context.Cancellation))[0];
            for (var row = 0; row < values.Count && isLeft; row++)
                if (values.Text(row) == cell && seen++ == next.Current)
                {
                    yield return offset + row;
                    isLeft = next.MoveNext();
                }
            offset += part.RowCount;
        }
    }
}
