using System.Globalization;
using System.Text;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>Which of the labelled rows are held out.</summary>
/// <param name="Boundary">By time: the first value held out, as text.</param>
sealed record HeldOut(IReadOnlyCollection<int> Rows, string? Boundary = null);

/// <summary>Divides rows by each of the methods. Pure: the same rows and seed give the same division.</summary>
static class RowDivision
{
    /// <param name="rows">Rows that have a label, ascending.</param>
    public static HeldOut Random(IReadOnlyList<int> rows, double share, int seed) =>
        new([.. rows.OrderBy(row => RandomOrder.Of(seed, (ulong)row)).ThenBy(row => row).Take(Count(rows.Count, share))]);

    /// <summary>Each level of the column gives its share of rows.</summary>
    public static HeldOut Stratified(IReadOnlyList<int> rows, ColumnValues strata, double share, int seed) =>
        new([.. rows.GroupBy(row => strata.Text(row) ?? "", StringComparer.Ordinal)
            .SelectMany(level => Random([.. level], share, seed).Rows)]);

    /// <summary>Whole groups, in an order made of the seed and the group's text, until the share is reached.</summary>
    public static HeldOut Group(IReadOnlyList<int> rows, ColumnValues groups, double share, int seed)
    {
        var wanted = Count(rows.Count, share);
        var held = new List<int>();
        foreach (var group in rows.GroupBy(row => groups.Text(row) ?? "", StringComparer.Ordinal)
            .OrderBy(group => Digest.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{group.Key}")))))
        {
            if (held.Count >= wanted)
                break;
            held.AddRange(group);
        }
        return new HeldOut(held);
    }

    /// <summary>Rows at or after a value.</summary>
    public static HeldOut From(IReadOnlyList<int> rows, ColumnValues time, double at, string boundary) =>
        new([.. rows.Where(row => time.Number(row) >= at)], boundary);

    /// <summary>About the newest share of rows; rows of one time stay together.</summary>
    public static HeldOut Newest(IReadOnlyList<int> rows, ColumnValues time, double share)
    {
        int[] ordered = [.. rows.Where(row => !time.IsMissing(row)).OrderBy(time.Number).ThenBy(row => row)];
        var count = Count(ordered.Length, share);
        if (count == 0)
            return new HeldOut([]);
        var first = ordered[^count];
        return From(rows, time, time.Number(first), time.Text(first)!);
    }

    /// <summary>Every n-th row, n = round(1 / share), beginning with the n-th.</summary>
    public static HeldOut Interleaved(IReadOnlyList<int> rows, double share)
    {
        var every = Math.Max(1, (int)Math.Round(1 / share));
        return new HeldOut([.. rows.Where((_, index) => index % every == every - 1)]);
    }

    static int Count(int rows, double share) => (int)Math.Round(rows * share, MidpointRounding.AwayFromZero);
}
