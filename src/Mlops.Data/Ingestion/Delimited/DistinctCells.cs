namespace Mlops.Data.Ingestion;

/// <summary>
/// What stands in a column of a text's rows, trimmed, but for what is blank and rows at fault.
/// </summary>
/// <param name="LeftOut">How many rows are at fault.</param>
/// <param name="FirstLeftOut">1-based line of the first of them; 0 where none is.</param>
sealed record DistinctCells(IReadOnlySet<string> Cells, long LeftOut, long FirstLeftOut)
{
    /// <summary>Of the rows from here on.</summary>
    /// <param name="missing">Words that are no value, as blanks are none.</param>
    public static async Task<DistinctCells> Of(
        SourceRecords records, int column, string[] missing, CancellationToken ct)
    {
        var cells = new HashSet<string>(StringComparer.Ordinal);
        var (leftOut, first) = (0L, 0L);
        for (Found found; (found = await records.Next(ct)) != Found.End;)
            if (found == Found.Block)
            {
                var block = records.Block;
                for (var row = 0; row < block.Rows; row++)
                    Add(block.Decode(block.Cell(row, column)));
                foreach (var ragged in block.Ragged)
                    LeaveOut(() => records.BlockLine + block.LinesBetween(0, ragged.Start));
            }
            else if (records.Record.Fault is null && records.Record.CellCount == records.Header.Names.Count)
                Add(records.Record[column]);
            else
                LeaveOut(() => records.Record.Line);
        cells.ExceptWith([.. missing, ""]);
        return new DistinctCells(cells, leftOut, first);

        void Add(ReadOnlySpan<char> cell) => cells.Add(cell.Trim().ToString());

        void LeaveOut(Func<long> line) => first = leftOut++ == 0 ? line() : first;
    }
}
