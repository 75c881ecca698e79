using Mlops.Engine;

namespace Mlops.Data.Tables;

/// <summary>
/// A table at rest: Parquet parts in order, all of one schema. This is what downstream keys hold, so two
/// datasets with equal bytes are one input, whatever files they came from.
/// </summary>
public sealed record TableParts(TableSchema Schema, IReadOnlyList<TablePart> Parts)
{
    public long RowCount => Parts.Sum(part => part.RowCount);

    /// <summary>Consecutive parts that are asked together where there are many.</summary>
    public IReadOnlyList<IReadOnlyList<TablePart>> Groups() => Grouping.Of(Parts, part => part.File.Digest);
}

/// <param name="File">Parquet, <c>application/vnd.apache.parquet</c>.</param>
/// <param name="Profile">
/// A <see cref="Validation.Profiling.PartProfile"/>, made while the rows were written; null where they
/// are to be read again for one.
/// </param>
public sealed record TablePart(Artifact File, long RowCount, Artifact? Profile = null);
