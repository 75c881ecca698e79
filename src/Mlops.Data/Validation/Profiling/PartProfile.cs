using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Profiling;

/// <summary>A part described, mergeable with the descriptions of other parts of its schema.</summary>
public sealed record PartProfile(long Rows, IReadOnlyList<ColumnSketch> Columns,
    CorrelationSketch Correlations)
{
    /// <summary>
    /// Rows are taken in pieces of a row group each, so that a table read at once, or one group after the
    /// other, gives the same to the last bit.
    /// </summary>
    public static PartProfile Of(Table table)
    {
        PartProfile? profile = null;
        for (var start = 0; start < table.RowCount || profile is null; start += TableFileWriter.RowGroupRows)
        {
            var piece = PieceProfile.Of(
                table, start, Math.Min(TableFileWriter.RowGroupRows, table.RowCount - start));
            profile = profile is null ? piece : profile.Merge(piece);
        }
        return profile;
    }

    /// <summary>In part order: the last bits of a mean depend on it.</summary>
    public PartProfile Merge(PartProfile other)
    {
        var limits = SketchLimits.Of(Columns.Count);
        return new(
            Rows + other.Rows,
            [.. Columns.Select((column, i) => column.Merge(other.Columns[i], limits))],
            Correlations.Merge(other.Correlations));
    }
}
