namespace Mlops.Engine;

/// <summary>
/// Divides long lists into groups, each to be one call that is looked up as a whole. The items themselves say
/// where a group ends, so that one that comes, goes or changes moves the borders beside it and no other.
/// </summary>
public static class Grouping
{
    /// <summary>
    /// Up to here each item is a group of its own: so few are looked up as fast one by one.
    /// </summary>
    public const int Few = 32;

    const int Largest = 128;

    /// <summary>
    /// Of 256 values of a digest's first byte, those that end a group: one item in 32 on average.
    /// </summary>
    const string LastOfEnds = "08";

    /// <returns>Consecutive groups, together all the items in their order.</returns>
    /// <param name="digest">What an item is.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> items, Func<T, Digest> digest)
    {
        if (items.Count <= Few)
            return [.. items.Select(item => new[] { item })];
        var groups = new List<IReadOnlyList<T>>();
        var group = new List<T>();
        foreach (var item in items)
        {
            group.Add(item);
            if (group.Count < Largest && string.CompareOrdinal(digest(item).ToString(), LastOfEnds) >= 0)
                continue;
            groups.Add(group);
            group = [];
        }
        if (group.Count > 0)
            groups.Add(group);
        return groups;
    }
}
