namespace Mlops.Pipelines.Graphs;

/// <summary>
/// One machine's share of the work, dealt out like cards: pipelines without a matrix one by one, and of each
/// matrix its cells, in their order. What is upstream of the cells belongs to every share.
/// </summary>
/// <param name="Part">From 1 to <paramref name="Total"/>.</param>
public sealed record Share(int Part, int Total)
{
    public static Share All { get; } = new(1, 1);

    public IEnumerable<T> Of<T>(IEnumerable<T> items) => items.Where((_, index) => index % Total == Part - 1);
}
