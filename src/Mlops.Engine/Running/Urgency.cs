namespace Mlops.Engine;

/// <summary>
/// How many seconds of work are expected to stand on a step, itself included, along the longest path: steps
/// on the critical path go first (list scheduling by highest level; Hu 1961). Learned from what
/// steps took before.
/// </summary>
sealed class Urgency(Durations durations, IReadOnlyList<Node> requested)
{
    readonly Lock computing = new();
    readonly List<Node> roots = [.. requested];
    Dictionary<Node, double>? levels;

    public double Of(Node node)
    {
        lock (computing)
            return (levels ??= Levels()).GetValueOrDefault(node);
    }

    /// <summary>More nodes are known: those that a growth has drawn.</summary>
    public void Add(IReadOnlyList<Node> grown)
    {
        lock (computing)
        {
            roots.AddRange(grown);
            levels = null;
        }
    }

    Dictionary<Node, double> Levels()
    {
        var order = new List<Node>();
        var visited = new HashSet<Node>();
        foreach (var root in roots)
            Visit(root, visited, order);
        var above = new Dictionary<Node, double>();
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            var level = above[node] = above.GetValueOrDefault(node) + durations.Expected(node.Name);
            foreach (var dependency in node.Dependencies)
                above[dependency] = Math.Max(above.GetValueOrDefault(dependency), level);
        }
        return above;
    }

    /// <remarks>What is upstream first.</remarks>
    static void Visit(Node node, HashSet<Node> visited, List<Node> order)
    {
        if (!visited.Add(node))
            return;
        foreach (var dependency in node.Dependencies)
            Visit(dependency, visited, order);
        order.Add(node);
    }
}
