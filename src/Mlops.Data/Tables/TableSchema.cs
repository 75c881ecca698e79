namespace Mlops.Data.Tables;

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

/// <param name="Precision">Digits of a decimal in all, 1 to 18; null for other types.</param>
/// <param name="Scale">Digits of a decimal behind the point, 0 to the precision; null for other
/// types.</param>
public sealed record Column(string Name, ColumnType Type, int? Precision = null, int? Scale = null)
{
    /// <summary>The type as a pipeline's YAML writes it.</summary>
    public string TypeWord => new DeclaredType(Type, Precision, Scale).ToString();
}
