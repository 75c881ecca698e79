using Mlops.Data.Splitting;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Learning.Sweeping;

/// <summary>
/// Rows to learn from and rows to measure on, both rising; positions among the rows that were divided.
/// </summary>
public sealed record Fold(int[] Learning, int[] Measured)
{
    /// <summary>Divides rows; a function of the rows and the folding alone.</summary>
    /// <param name="column">The folding's column, for these rows; null where the method needs none.</param>
    /// <exception cref="ProblemException">There are fewer rows, groups or points in time than folds need
    /// (TRAIN-011).</exception>
    public static IReadOnlyList<Fold> Of(int rowCount, ColumnValues? column, Folding folding) =>
        folding.Method == SplitMethod.Time
            ? Forward(column!, folding.Folds)
            : Across(folding.Method switch
            {
                SplitMethod.Group => Dealt(Groups(column!, folding.Seed), rowCount, folding.Folds),
                SplitMethod.Stratified => Dealt(Strata(column!, folding.Seed), rowCount, folding.Folds),
                _ =>
                    Dealt(Shuffled(Enumerable.Range(0, rowCount), folding.Seed).Select(row => new[] { row }),
                        rowCount, folding.Folds),
            }, folding);

    /// <summary>Each fold is measured once, by what was learnt from the others.</summary>
    static List<Fold> Across(int[] foldOfRow, Folding folding)
    {
        var folds = Enumerable.Range(0, folding.Folds).Select(fold => new Fold(
            [.. Rows(foldOfRow, each => each != fold)], [.. Rows(foldOfRow, each => each == fold)])).ToList();
        return folds.Any(fold => fold.Measured.Length == 0)
            ? throw TooFew(
                folding.Folds, foldOfRow.Length, folding.Method == SplitMethod.Group ? "groups" : "rows")
            : folds;
    }

    /// <summary>
    /// Rows by time in one block more than there are folds, as even as equal times allow; each block but the
    /// first is measured by what was learnt from all earlier ones. Rows without a time count as the earliest.
    /// </summary>
    static List<Fold> Forward(ColumnValues time, int folds)
    {
        var keys = Enumerable.Range(0, time.Count)
            .Select(row => TimeKeys.KeyOf(time, row) ?? long.MinValue).ToArray();
        var bounds = Bounds([.. keys.Order()], folds);
        if (bounds.Count < folds)
            throw TooFew(folds, keys.Distinct().Count(), "points in time");
        return
        [
            .. bounds.Select((from, block) => new Fold(
                [.. Rows(keys, key => key < from)],
                [.. Rows(keys, key => key >= from && (block == folds - 1 || key < bounds[block + 1]))])),
        ];
    }

    /// <summary>Where each block but the first begins: at a later key than the one before it.</summary>
    static List<long> Bounds(long[] rising, int folds)
    {
        var bounds = new List<long>();
        for (var block = 1; block <= folds; block++)
        {
            var earlier = bounds.Count > 0 ? bounds[^1] : rising.Length > 0 ? rising[0] : 0;
            var position = (int)((long)block * rising.Length / (folds + 1));
            while (position < rising.Length && rising[position] <= earlier)
                position++;
            if (position < rising.Length)
                bounds.Add(rising[position]);
        }
        return bounds;
    }

    /// <summary>
    /// Deals lists of rows out to the folds: each list whole to the fold that has the fewest rows so far.
    /// </summary>
    static int[] Dealt(IEnumerable<int[]> lists, int rowCount, int folds)
    {
        var foldOfRow = new int[rowCount];
        var sizes = new int[folds];
        foreach (var list in lists)
        {
            var smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += list.Length;
            foreach (var row in list)
                foldOfRow[row] = smallest;
        }
        return foldOfRow;
    }

    /// <summary>Rows of one group stay together; those without a group are each their own.</summary>
    static IEnumerable<int[]> Groups(ColumnValues column, int seed) => Enumerable.Range(0, column.Count)
        .GroupBy(row => column.Text(row) is { } value
            ? $"group {value}"
            : FormattableString.Invariant($"row {row}"), StringComparer.Ordinal)
        .OrderBy(group => SplitMix.Of(seed, group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.ToArray());

    /// <summary>
    /// Stratum after stratum, so that dealing them one by one gives each fold its share of each.
    /// </summary>
    static IEnumerable<int[]> Strata(ColumnValues column, int seed) => Enumerable.Range(0, column.Count)
        .GroupBy(row => column.Text(row) ?? "", StringComparer.Ordinal)
        .OrderBy(stratum => stratum.Key, StringComparer.Ordinal)
        .SelectMany(stratum => Shuffled(stratum, seed)).Select(row => new[] { row });

    static IEnumerable<int> Shuffled(IEnumerable<int> rows, int seed) =>
        rows.OrderBy(row => SplitMix.At(unchecked((ulong)seed), row)).ThenBy(row => row);

    static IEnumerable<int> Rows<T>(T[] values, Func<T, bool> fits) =>
        Enumerable.Range(0, values.Length).Where(row => fits(values[row]));

    static ProblemException TooFew(int folds, int actual, string what) => new(new Problem(
        "TRAIN-011", $"The training split cannot be divided into {folds} folds.",
        Expected: $"at least {folds + 1} {what}", Actual: FormattableString.Invariant($"{actual} {what}"),
        Next: "Lower train.sweep.folds."));
}
