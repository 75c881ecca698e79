using System.Globalization;

namespace Mlops.Targets;

/// <summary>
/// One of several agents that share the work of a target: <c>--partition 2/3</c> is the second of three.
/// </summary>
public sealed record Partition
{
    Partition(int part, int total) => (Part, Total) = (part, total);

    /// <summary>All of the work.</summary>
    public static Partition Single { get; } = new(1, 1);

    /// <summary>From 1 to <see cref="Total"/>.</summary>
    public int Part { get; }

    /// <summary>At least 1.</summary>
    public int Total { get; }

    /// <param name="item">Which agent's turn it is, counted round and round from 1.</param>
    public bool IsIn(int item) => (item - 1) % Total == Part - 1;

    /// <summary>This agent's share, dealt out like cards.</summary>
    public IEnumerable<T> GetCurrent<T>(IEnumerable<T> items) =>
        items.Index().Where(one => one.Index % Total == Part - 1).Select(one => one.Item);

    public override string ToString() => $"{Part}/{Total}";

    /// <returns>Null if it is not two numbers with a slash, the first from 1 to the second.</returns>
    internal static Partition? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && int.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(
                text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            && part >= 1 && part <= total ? new Partition(part, total) : null;
    }
}
