using Mlops.Data.Ingestion;
using Mlops.Data.Tables;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>The columns of text that are numbers whose digits come in groups, or dates not in ISO 8601.</summary>
sealed record CellForms(IReadOnlyDictionary<string, CellForm> ByName, TextFormat Format)
{
    public int Count => ByName.Count;

    /// <param name="table">All rows, or the first of them.</param>
    public static CellForms Of(Table table, TextFormat format)
    {
        var found = new Dictionary<string, CellForm>(StringComparer.Ordinal);
        foreach (var (i, column) in table.Schema.Columns.Index())
            if (column.Type == ColumnType.Text && table[i] is TextValues { Levels: var levels }
                && CellForm.Find(
                    [.. levels.Select(cell => cell.Trim()).Where(cell => cell.Length > 0)], format)
                    is { } form)
                found[column.Name] = form;
        return new CellForms(found, format);
    }

    public CellForm? Of(string column) => ByName.GetValueOrDefault(column);

    public CellForms Without(IEnumerable<string> columns) => this with
    {
        ByName = ByName.ExceptBy(columns, pair => pair.Key).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>To read the same with these columns as what they are.</summary>
    public IngestInput Declared(IngestInput input, TableSchema schema) => input with
    {
        Columns = [.. schema.Columns.Select(column =>
            Of(column.Name)?.Declare(column.Name, Format) ?? ColumnDeclaration.Of(column))],
    };
}
