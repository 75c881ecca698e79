using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>The columns of text that are numbers whose digits come in groups.</summary>
sealed record GroupedColumns(IReadOnlyDictionary<string, GroupedNumbers> ByName, TextFormat Format)
{
    public int Count => ByName.Count;

    /// <param name="table">All rows, or the first of them.</param>
    public static GroupedColumns Of(Table table, TextFormat format)
    {
        var found = new Dictionary<string, GroupedNumbers>(StringComparer.Ordinal);
        foreach (var (i, column) in table.Schema.Columns.Index())
            if (column.Type == ColumnType.Text && table[i] is TextValues { Levels: var levels }
                && GroupedNumbers.Find(
                    [.. levels.Select(cell => cell.Trim()).Where(cell => cell.Length > 0)],
                    format.DecimalSeparator[0]) is { } grouped)
                found[column.Name] = grouped;
        return new GroupedColumns(found, format);
    }

    public GroupedNumbers? Of(string column) => ByName.GetValueOrDefault(column);

    public GroupedColumns Without(IEnumerable<string> columns) => this with
    {
        ByName = ByName.ExceptBy(columns, pair => pair.Key).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>To read the same with these columns as numbers.</summary>
    public IngestInput Declared(IngestInput input, TableSchema schema) => input with
    {
        Columns = [.. schema.Columns.Select(column =>
            Of(column.Name)?.Declare(column.Name, Format) ?? ColumnDeclaration.Of(column))],
    };
}
