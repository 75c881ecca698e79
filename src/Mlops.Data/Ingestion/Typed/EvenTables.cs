using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Cuts tables of any length into ones of one length, so that equal rows make equal parts.</summary>
sealed class EvenTables(int rows)
{
    readonly List<Table> waiting = [];
    int count;

    /// <summary>What is full with these rows.</summary>
    public IEnumerable<Table> Add(Table table)
    {
        for (var at = 0; at < table.RowCount;)
        {
            var taken = Math.Min(rows - count, table.RowCount - at);
            waiting.Add(taken == table.RowCount ? table : table.Take([.. Enumerable.Range(at, taken)]));
            (at, count) = (at + taken, count + taken);
            if (count == rows)
                yield return Rest()!;
        }
    }

    /// <returns>Null where no row waits.</returns>
    public Table? Rest()
    {
        if (waiting.Count == 0)
            return null;
        var whole = Table.Concatenate(waiting);
        waiting.Clear();
        count = 0;
        return whole;
    }
}
