namespace Mlops.Data.Tables;

/// <summary>A table in memory, column by column; all columns have the same number of rows.</summary>
public sealed class Table
{
    readonly IReadOnlyList<ColumnValues> columns;

    public Table(TableSchema schema, IReadOnlyList<ColumnValues> columns)
    {
        if (schema.Columns.Count != columns.Count || columns.Any(column => column.Count != columns[0].Count))
            throw new ArgumentException("A table has one list of values per column, all of one length.",
                nameof(columns));
        Schema = schema;
        this.columns = columns;
    }

    public TableSchema Schema { get; }

    public int RowCount => columns.Count == 0 ? 0 : columns[0].Count;

    public ColumnValues this[int column] => columns[column];

    /// <exception cref="KeyNotFoundException">No column has that name.</exception>
    public ColumnValues this[string name] => Schema.IndexOf(name) is var i and >= 0
        ? columns[i]
        : throw new KeyNotFoundException($"The table has no column '{name}'.");

    /// <summary>
    /// Tables of one schema under each other, at least one; text levels in order of first use.
    /// </summary>
    /// <exception cref="ArgumentException">There are none, or their columns differ.</exception>
    public static Table Concatenate(IReadOnlyList<Table> tables) => Concatenation.Concatenate(tables);

    /// <summary>The given rows, in the given order.</summary>
    public Table Take(int[] rows) => new(Schema, [.. columns.Select(column => column.Take(rows))]);
}
