using Mlops.Engine;

namespace Mlops.Data.Tables;

/// <summary>Brings a table at rest into memory.</summary>
public static class TableReading
{
    /// <summary>All parts under each other in order, as one table.</summary>
    /// <param name="columns">Which columns to read, in this order; null for all of the schema.</param>
    /// <exception cref="ProblemException">A column is not in the schema (DATA-004), or a part cannot be
    /// read.</exception>
    public static async Task<Table> Load(
        StageContext context, TableParts parts, IReadOnlyList<string>? columns = null)
    {
        var schema = columns is null ? parts.Schema : Choose(parts.Schema, columns);
        var names = schema.Columns.Select(column => column.Name).ToList();
        var tables = new List<Table>();
        foreach (var part in parts.Parts)
            tables.Add(await TableFile.Read(context.Locate(part.File), names, context.Cancellation));
        return tables.Count == 0 ? Concatenation.Empty(schema) : Table.Concatenate(tables);
    }

    static TableSchema Choose(TableSchema schema, IReadOnlyList<string> columns)
    {
        var problems = columns.Where(name => schema.Find(name) is null).Select(name => new Problem(
            "DATA-004", $"The table has no column '{name}'.",
            Next: NearestNames.Suggest(name, schema.Columns.Select(column => column.Name)))).ToList();
        return problems.Count == 0
            ? new TableSchema([.. columns.Select(name => schema.Find(name)!)])
            : throw new ProblemException(problems);
    }
}
