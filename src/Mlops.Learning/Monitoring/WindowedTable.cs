using Mlops.Data.Tables;

namespace Mlops.Learning.Monitoring;

/// <summary>
/// All rows from the first to the last one of either window, and which of them lie in which.
/// </summary>
/// <param name="Table">Rows with a time, in the order of the dataset.</param>
/// <param name="Reference">Rows of <paramref name="Table"/> in the reference window.</param>
/// <param name="RowsWithoutTime">Rows of the dataset that belong nowhere.</param>
sealed record WindowedTable(
    Table Table, WholeValues Time, int[] Reference, int[] Current, int RowsWithoutTime)
{
    public static WindowedTable Cut(Table table, string timeColumn, TimeRange reference, TimeRange current)
    {
        var time = (WholeValues)table[timeColumn];
        int[] inWindows = [.. reference.Rows(time), .. current.Rows(time)];
        var (first, last) = inWindows.Length == 0
            ? (long.MaxValue, long.MinValue)
            : (inWindows.Min(row => time.Values[row]), inWindows.Max(row => time.Values[row]));
        var spanned = table.Take([.. Enumerable.Range(0, time.Count)
            .Where(row => !time.IsMissing(row) && time.Values[row] >= first && time.Values[row] <= last)]);
        var spannedTime = (WholeValues)spanned[timeColumn];
        return new WindowedTable(
            spanned, spannedTime, reference.Rows(spannedTime), current.Rows(spannedTime),
            Enumerable.Range(0, time.Count).Count(time.IsMissing));
    }

    public int OverlappingRows => Reference.Intersect(Current).Count();

    /// <summary>All rows by time; those of one time in the order of the dataset.</summary>
    public int[] InOrder()
    {
        var times = Time.Values.ToArray();
        return [.. Enumerable.Range(0, times.Length).OrderBy(row => times[row])];
    }

    public WindowedTable With(string column, ColumnValues values) => this with
    {
        Table = new Table(
            new TableSchema([.. Table.Schema.Columns, new Column(column, values.Type)]),
            [.. Table.Schema.Columns.Select(other => Table[other.Name]), values]),
    };
}
