using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Where the types of a dataset's columns come from.</summary>
static class ColumnOrigins
{
    public static IReadOnlyList<ColumnOrigin> Declared(IReadOnlyList<ColumnDeclaration> columns) =>
        [.. columns.Select(column => new ColumnOrigin(column.Name, ColumnOrigin.Declared))];

    /// <summary>For each column of the table, with those that a hook made.</summary>
    public static IReadOnlyList<ColumnOrigin> Of(
        TableSchema schema, IReadOnlyList<ColumnOrigin> known, DerivedColumnsIdentity? derive)
    {
        var byName = known.ToDictionary(origin => origin.Column, StringComparer.Ordinal);
        return [.. schema.Columns.Select(column => byName.GetValueOrDefault(column.Name)
            ?? new ColumnOrigin(column.Name, $"{ColumnOrigin.Hook} '{derive?.Name}'"))];
    }
}
