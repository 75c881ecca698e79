namespace Mlops.Data.Ingestion;

/// <summary>The rows of a block that do not become rows of a table, on their way to quarantine.</summary>
/// <param name="line">1-based line where the block begins.</param>
/// <param name="columns">How many cells a row has to have.</param>
sealed class UnfitRows(CellBlock block, long line, int columns)
{
    int ragged;
    int linesUpTo;

    /// <summary>Takes, in order, all that come before a row and have not been taken.</summary>
    /// <param name="faults">Rows whose cells are at fault.</param>
    public void MoveTo(Quarantine quarantine, RowFaults faults, int upTo)
    {
        foreach (var row in faults.Rows)
        {
            MoveRagged(quarantine, block.StartOf(row));
            var (column, reason) = faults[row];
            Move(quarantine, block.StartOf(row), block.EndOf(row), column, reason);
        }
        MoveRagged(quarantine, block.StartOf(upTo));
    }

    void MoveRagged(Quarantine quarantine, int before)
    {
        for (; ragged < block.Ragged.Count && block.Ragged[ragged] is var row && row.Start < before; ragged++)
            Move(
                quarantine, row.Start, row.End, null,
                row.Fault ?? RowParser.Ragged(row.Cells, columns));
    }

    void Move(Quarantine quarantine, int start, int end, string? column, string reason)
    {
        line += block.LinesBetween(linesUpTo, start);
        linesUpTo = start;
        quarantine.Add(line, block.Text(start, end), column, reason);
    }
}
