using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// Cuts tables of any length into ones of one length, so that equal rows make equal parts; into shorter ones
/// where columns are very many or texts very long, so that few wait.
/// </summary>
sealed class EvenTables(int columns)
{
    /// <summary>What waits: cells, and characters of the texts that differ within a table.</summary>
    const int MaxCells = 16 << 20;
    const int MaxChars = 16 << 20;

    readonly int rows = Math.Clamp(MaxCells / Math.Max(1, columns), 1, TableFileWriter.RowGroupRows);
    readonly List<Table> waiting = [];
    int count;
    long chars;

    /// <summary>What is full with these rows.</summary>
    public IEnumerable<Table> Add(Table table)
    {
        chars += table.Schema.Columns.Select((_, i) => table[i]).OfType<TextValues>()
            .Sum(text => text.Levels.Sum(level => (long)level.Length));
        for (var at = 0; at < table.RowCount;)
        {
            var taken = Math.Min(rows - count, table.RowCount - at);
            waiting.Add(taken == table.RowCount ? table : table.Take([.. Enumerable.Range(at, taken)]));
            (at, count) = (at + taken, count + taken);
            if (count == rows)
                yield return Rest()!;
        }
        if (chars >= MaxChars && Rest() is { } early)
            yield return early;
    }

    /// <returns>Null where no row waits.</returns>
    public Table? Rest()
    {
        if (waiting.Count == 0)
            return null;
        var whole = Table.Concatenate(waiting);
        waiting.Clear();
        (count, chars) = (0, 0);
        return whole;
    }
}
