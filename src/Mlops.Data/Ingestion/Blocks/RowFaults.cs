namespace Mlops.Data.Ingestion;

/// <summary>Why rows of a block go to quarantine; of several faults of a row the first counts.</summary>
sealed class RowFaults
{
    readonly Dictionary<int, (string Column, string Reason)> byRow = [];

    /// <summary>The column that is being read.</summary>
    public string Column { get; set; } = "";

    public int Count => byRow.Count;

    public bool Has(int row) => byRow.Count > 0 && byRow.ContainsKey(row);

    public void Add(int row, string reason) => byRow.TryAdd(row, (Column, reason));

    public (string Column, string Reason) this[int row] => byRow[row];

    /// <summary>In order.</summary>
    public IReadOnlyList<int> Rows => [.. byRow.Keys.Order()];

    public void Clear() => byRow.Clear();
}
