using System.Buffers;

namespace Mlops.Data.Tables;

/// <summary>
/// A list in memory that is used again: whoever reads one file after the other would else ask the system for
/// fresh pages, and have them cleared, for each.
/// </summary>
sealed class PooledList<T> : IDisposable
    where T : unmanaged
{
    T[] items = ArrayPool<T>.Shared.Rent(1024);

    public int Count { get; private set; }

    /// <summary>What it is in; those from <see cref="Count"/> on are anything.</summary>
    public T[] Items => items;

    public Span<T> Span => items.AsSpan(0, Count);

    /// <summary>Makes it longer.</summary>
    /// <returns>What was added, to be filled.</returns>
    public Span<T> Extend(int more)
    {
        if (items.Length - Count < more)
            Grow(Count + more);
        Count += more;
        return items.AsSpan(Count - more, more);
    }

    public void Add(T item) => Extend(1)[0] = item;

    public void Truncate(int count) => Count = count;

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(items);
        (items, Count) = ([], 0);
    }

    void Grow(int atLeast)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(atLeast, items.Length * 2));
        Span.CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
