using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Declared columns that the rows of a source do not have themselves: values of its path, and, where it is
/// adapted, missing ones.
/// </summary>
sealed class BesideColumns
{
    readonly IReadOnlyList<ColumnDeclaration> columns;
    readonly Dictionary<string, string?> beside = new(StringComparer.Ordinal);
    readonly IReadOnlyList<string> mayLack;
    readonly TextFormat format;

    /// <param name="found">The names of the source's own columns; null where only its rows will tell.</param>
    public BesideColumns(ParseInput input, SourceBytes source, IReadOnlyCollection<string>? found)
    {
        columns = input.Columns;
        mayLack = input.MayLack ?? [];
        format = input.Format;
        foreach (var value in source.Path ?? [])
            if (columns.Any(column => column.Name == value.Column)
                && (found?.Contains(value.Column) != true
                    || input.Partitions?.Contains(value.Column) == true))
                beside[value.Column] = value.Value.Length == 0 ? null : value.Value;
        if (found is not null)
            Judge(found, input.OnSchemaChange);
        Present = [.. columns.Where(column => !beside.ContainsKey(column.Name))];
    }

    /// <summary>The columns that the rows have.</summary>
    public IReadOnlyList<ColumnDeclaration> Present { get; private set; }

    /// <summary>Columns that the source lacks although it should have them.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>Columns that the source lacks and that are taken to be missing in it.</summary>
    public IReadOnlyList<string> Adapted { get; private set; } = [];

    /// <summary>Now that the rows have told what the source has.</summary>
    public void Judge(IReadOnlyCollection<string> found, string? onSchemaChange)
    {
        var lacking = columns.Select(column => column.Name)
            .Where(name => !beside.ContainsKey(name) && !found.Contains(name)).ToList();
        var isOther = lacking.Count == columns.Count;
        foreach (var name in isOther ? [] : lacking.Intersect(mayLack).ToList())
        {
            beside[name] = null;
            lacking.Remove(name);
        }
        if (onSchemaChange != SchemaChange.Adapt || isOther)
        {
            Lacking = lacking;
            return;
        }
        Adapted = lacking;
        foreach (var name in lacking)
            beside[name] = null;
    }

    /// <summary>With all declared columns in their order.</summary>
    /// <exception cref="SourceFaultException">A value of the path is none of its column
    /// (DATA-051).</exception>
    public Table Complete(Table table)
    {
        if (Present.Count == columns.Count)
            return table;
        return new Table(
            new TableSchema([.. columns.Select(column => column.Column())]),
            [.. columns.Select(column => table.Schema.Find(column.Name) is not null
                ? table[column.Name]
                : Same(column, table.RowCount))]);
    }

    ColumnValues Same(ColumnDeclaration column, int rows)
    {
        var value = beside[column.Name];
        var values = PathValues.Read(column, value, format, out var problem);
        if (problem is not null)
            throw new SourceFaultException(new Problem(
                "DATA-051", $"The path of the file says '{column.Name}={value}': {problem}.",
                new Place("", Field: column.Name),
                Expected: $"a folder '{column.Name}=…' with a value of type {column.Column().TypeWord}",
                Next: "Rename the folder, or declare the column as text."));
        return values.Take(new int[rows]);
    }
}

/// <summary>What becomes of a file with other columns than the declared ones.</summary>
public static class SchemaChange
{
    public const string Fail = "fail";

    /// <summary>
    /// What it lacks is missing in its rows; what it has besides is left out. Both is said.
    /// </summary>
    public const string Adapt = "adapt";
}
