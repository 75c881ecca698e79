using Mlops.Engine;

namespace Mlops.Data.Tables;

/// <summary>Puts tables of one schema under each other.</summary>
static class Concatenation
{
    public static Table Concatenate(IReadOnlyList<Table> tables)
    {
        if (tables.Count == 0)
            throw new ArgumentException("Nothing to concatenate.", nameof(tables));
        if (tables.Count == 1)
            return tables[0];
        var schema = tables[0].Schema;
        foreach (var table in tables)
            if (!table.Schema.Columns.SequenceEqual(schema.Columns))
                throw new ArgumentException("The tables differ in their columns.", nameof(tables));
        return new Table(
            schema, [.. schema.Columns.Select((column, i) => Column(column, [.. tables.Select(t => t[i])]))]);
    }

    /// <summary>The table of a schema without rows.</summary>
    public static Table Empty(TableSchema schema) =>
        new(schema, [.. schema.Columns.Select(column => Column(column, []))]);

    static ColumnValues Column(Column column, IReadOnlyList<ColumnValues> parts) => column.Type switch
    {
        ColumnType.Text or ColumnType.Category => Text(parts, column.Type),
        ColumnType.Real or ColumnType.Float =>
            new RealValues(Joined(parts, part => ((RealValues)part).Values), column.Type),
        _ => new WholeValues(
            column.Type, Joined(parts, part => ((WholeValues)part).Values), column.Scale ?? 0),
    };

    static TextValues Text(IReadOnlyList<ColumnValues> parts, ColumnType type)
    {
        var text = new TextBuilder(Rows(parts), type);
        foreach (var part in parts.Cast<TextValues>())
        {
            // A level gets its code when a row first uses it, so the result does not depend on unused levels.
            var recoded = new int[part.Levels.Count];
            Array.Fill(recoded, -1);
            foreach (var code in part.Codes)
            {
                if (code >= 0 && recoded[code] < 0)
                    recoded[code] = text.CodeOf(part.Levels[code]);
                text.Append(code < 0 ? -1 : recoded[code]);
            }
        }
        return text.Build();
    }

    delegate ReadOnlySpan<T> ValuesOf<T>(ColumnValues part);

    static T[] Joined<T>(IReadOnlyList<ColumnValues> parts, ValuesOf<T> valuesOf)
    {
        var joined = new T[Rows(parts)];
        var at = 0;
        foreach (var part in parts)
        {
            valuesOf(part).CopyTo(joined.AsSpan(at));
            at += part.Count;
        }
        return joined;
    }

    static int Rows(IReadOnlyList<ColumnValues> parts)
    {
        var rows = parts.Sum(part => (long)part.Count);
        return rows <= Array.MaxLength ? (int)rows : throw new ProblemException(new Problem(
            "DATA-001", $"The table has {rows} rows, more than fit in memory at once.",
            Expected: $"at most {Array.MaxLength} rows",
            Next: "Divide the data with a matrix over a column, or sample it."));
    }
}
