using Mlops.Data.Statistics;
using Mlops.Data.Tables;

namespace Mlops.Data.Splitting;

/// <summary>
/// Chooses which of the rows that have a label are held out. All methods are functions of rows and seed.
/// </summary>
static class Holdout
{
    /// <summary>Exactly the share, rounded: the rows that come first in the seed's order.</summary>
    public static IEnumerable<int> Random(IReadOnlyList<int> rows, double share, int seed) =>
        InOrder(rows, seed).Take(Rounded(share * rows.Count));

    /// <summary>
    /// The share of each stratum, as near as whole rows allow (largest remainders), and never all of its
    /// rows. Rows without a value are a stratum.
    /// </summary>
    public static IEnumerable<int> Stratified(
        IReadOnlyList<int> rows, ColumnValues column, double share, int seed)
    {
        var strata = rows
            .GroupBy(row => column.Text(row) ?? "", StringComparer.Ordinal)
            .OrderBy(stratum => stratum.Key, StringComparer.Ordinal)
            .Select(stratum => stratum.ToList())
            .ToList();
        var counts = strata.Select(stratum => (int)(share * stratum.Count)).ToArray();
        var open = Rounded(share * rows.Count) - counts.Sum();
        var byRemainder = Enumerable.Range(0, strata.Count)
            .Where(i => counts[i] + 1 < strata[i].Count)
            .OrderByDescending(i => share * strata[i].Count - counts[i]);
        foreach (var i in byRemainder.Take(Math.Max(0, open)).ToList())
            counts[i]++;
        return strata.SelectMany((stratum, i) => InOrder(stratum, seed).Take(counts[i]));
    }

    /// <summary>
    /// Whole groups, in the order of their seeded digests, as long as they bring the number of rows nearer to
    /// the share. Rows without a group are trained on.
    /// </summary>
    public static IEnumerable<int> Groups(
        IReadOnlyList<int> rows, ColumnValues column, double share, int seed)
    {
        var groups = rows
            .Where(row => !column.IsMissing(row))
            .GroupBy(row => column.Text(row)!, StringComparer.Ordinal)
            .OrderBy(group => SplitMix.Of(seed, group.Key))
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        var target = share * rows.Count;
        var held = new List<int>();
        foreach (var group in groups)
        {
            var size = group.Count();
            if (Math.Abs(held.Count + size - target) >= Math.Abs(held.Count - target))
                continue;
            held.AddRange(group);
        }
        return held;
    }

    /// <summary>Row i of those given, from 0, when <c>i % n == n - 1</c> with n = round(1 / share).</summary>
    public static IEnumerable<int> Interleaved(IReadOnlyList<int> rows, double share)
    {
        var every = Rounded(1 / share);
        return rows.Where((_, i) => i % every == every - 1);
    }

    /// <summary>
    /// The least key of the newest share of rows; all rows with it or a later one are held out.
    /// </summary>
    public static long? Boundary(IEnumerable<long> keys, double share)
    {
        var newest = keys.OrderDescending().ToArray();
        var count = Rounded(share * newest.Length);
        return count == 0 ? null : newest[count - 1];
    }

    static IEnumerable<int> InOrder(IEnumerable<int> rows, int seed) =>
        rows.OrderBy(row => SplitMix.At(unchecked((ulong)seed), row)).ThenBy(row => row);

    static int Rounded(double count) => (int)Math.Round(count, MidpointRounding.AwayFromZero);
}
