namespace Mlops.Data.Drift;

/// <summary>
/// Whether a description that was stored somewhere else is one: whoever forges it may leave out anything, and
/// nothing is to be compared with half of it.
/// </summary>
public static class WholeReference
{
    /// <returns>The first column that is not whole, or what else is not; null where all is.</returns>
    public static string? FaultOf(DriftReference reference)
    {
        if (reference.Columns is null || reference.Rows < 0)
            return "columns";
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, column) in reference.Columns.Index())
            if (!IsWhole(column) || !names.Add(column.Column))
                return column?.Column is { } name ? $"column '{name}'"
                    : FormattableString.Invariant($"column {at + 1}");
        return null;
    }

    public static bool IsWhole(ColumnReference? column) =>
        column is { Column: not null, Rows: >= 0, Missing: >= 0 } && column.Missing <= column.Rows
        && (column.Numbers is not { } numbers || IsWhole(numbers))
        && (column.Levels is not { } levels || IsWhole(levels))
        && (column.Masked is not { } masked || IsWhole(masked));

    static bool IsWhole(NumberReference numbers) =>
        IsAscending(numbers.Bounds) && AreCounts(numbers.BinCounts, numbers.Bounds.Count + 1)
        && numbers.Moments.Count > 0 && double.IsFinite(numbers.Moments.Mean)
        && numbers.Min <= numbers.Max && numbers.Quantiles is { Count: 5 }
        && numbers.Distribution is { } distribution && IsAscending(distribution.Values)
        && distribution.Values.Count > 0
        && AreCounts(distribution.AtMost, distribution.Values.Count)
        && AreCounts(distribution.Equal, distribution.Values.Count);

    static bool IsWhole(LevelReference levels) =>
        levels.Names is { } names && names.All(name => name is not null)
        && names.Distinct(StringComparer.Ordinal).Count() == names.Count
        && AreCounts(levels.Counts, names.Count) && levels is { OtherLevels: >= 0, OtherRows: >= 0 };

    static bool IsWhole(MaskedReference masked) => masked.Edges is null
        ? AreCounts(masked.Counts, MaskedReference.TextGroups)
        : IsAscending(masked.Edges) && AreCounts(masked.Counts, masked.Edges.Count + 1);

    static bool IsAscending(IReadOnlyList<double>? numbers) =>
        numbers is not null && numbers.All(double.IsFinite)
        && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);

    static bool AreCounts(IReadOnlyList<long>? counts, int count) =>
        counts is not null && counts.Count == count && counts.All(rows => rows >= 0);
}
