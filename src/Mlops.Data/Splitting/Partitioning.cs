using Mlops.Data.Tables;

namespace Mlops.Data.Splitting;

/// <summary>Divide a dataset by the values of a column, once for all cells of a matrix.</summary>
public sealed record PartitionInput(TableParts Table, string Column);

/// <param name="Cells">One per distinct value, in ordinal order of the value.</param>
/// <param name="RowsWithoutValue">Rows that are in no cell.</param>
public sealed record Partitioning(IReadOnlyList<PartitionCell> Cells, long RowsWithoutValue);

public sealed record PartitionCell(string Value, TableParts Table);
