namespace Mlops.Data.Ingestion;

/// <summary>What the cells of a file without a header are called.</summary>
/// <param name="Columns">In the order of the cells.</param>
/// <param name="FromPath">Those of them that the file's path gives, which its rows may have or not; null for
/// none.</param>
sealed record CellNames(IReadOnlyList<string> Columns, IReadOnlyList<string>? FromPath = null)
{
    public static CellNames Of(IReadOnlyList<ColumnDeclaration> columns, IReadOnlyList<PathValue>? path) =>
        new([.. columns.Select(column => column.Name)], path?.Select(value => value.Column).ToList());

    /// <param name="cells">How many the first row has: as many as there are columns if it has all of
    /// them.</param>
    public IReadOnlyList<string> Of(int cells) => FromPath is null || cells == Columns.Count
        ? Columns
        : [.. Columns.Except(FromPath, StringComparer.Ordinal)];
}
