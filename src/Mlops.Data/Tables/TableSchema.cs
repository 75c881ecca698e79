namespace Mlops.Data.Tables;

public enum ColumnType
{
    Boolean,
    Integer,
    Real,
    Text,
    Date,
    Timestamp,
}

public sealed record Column(string Name, ColumnType Type);

/// <summary>The columns of a table in order; names are unique and compared exactly.</summary>
public sealed record TableSchema(IReadOnlyList<Column> Columns)
{
    /// <returns>The column's index, or -1.</returns>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == name)
                return i;
        return -1;
    }

    public Column? Find(string name) => IndexOf(name) is var i and >= 0 ? Columns[i] : null;
}
