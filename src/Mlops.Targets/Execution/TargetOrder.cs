namespace Mlops.Targets;

/// <summary>Targets, each after its predecessors among them, and where that cannot be.</summary>
sealed record TargetOrder(List<ExecutableTarget> Targets, IReadOnlyList<Circle> Circles)
{
    public static TargetOrder Of(IReadOnlyList<ExecutableTarget> all)
    {
        var walk = new Walk(all);
        foreach (var target in all)
            walk.From(target);
        return new TargetOrder(walk.Ordered, walk.Circles);
    }

    /// <summary>Depth first without recursion: a chain of targets may be long.</summary>
    sealed class Walk(IReadOnlyList<ExecutableTarget> all)
    {
        readonly HashSet<ExecutableTarget> open = [.. all];
        readonly HashSet<ExecutableTarget> onPath = [];
        readonly List<(ExecutableTarget Target, IEnumerator<ExecutableTarget> Predecessors)> path = [];

        public List<ExecutableTarget> Ordered { get; } = new(all.Count);

        public List<Circle> Circles { get; } = [];

        public void From(ExecutableTarget start)
        {
            if (!open.Contains(start))
                return;
            Enter(start);
            while (path.Count > 0)
            {
                var (target, predecessors) = path[^1];
                if (predecessors.MoveNext())
                    Meet(predecessors.Current);
                else
                    Leave(target);
            }
        }

        void Meet(ExecutableTarget target)
        {
            if (open.Contains(target))
                Enter(target);
            else if (onPath.Contains(target))
                Circles.Add(
                    new Circle([.. path.Select(one => one.Target).SkipWhile(one => one != target), target]));
        }

        void Enter(ExecutableTarget target)
        {
            open.Remove(target);
            onPath.Add(target);
            path.Add((target, target.Predecessors.GetEnumerator()));
        }

        void Leave(ExecutableTarget target)
        {
            onPath.Remove(target);
            path[^1].Predecessors.Dispose();
            path.RemoveAt(path.Count - 1);
            Ordered.Add(target);
        }
    }
}

/// <summary>Targets of which each must run after the next.</summary>
/// <param name="Targets">The first one again at the end.</param>
sealed record Circle(IReadOnlyList<ExecutableTarget> Targets)
{
    /// <summary>The way round, and then each edge as it was declared.</summary>
    public string Text => $"Targets go in a circle, each after the next: {string.Join(" → ", Targets)}"
        + $" ({string.Join(", ", Targets.Zip(Targets.Skip(1), Edge))}).";

    static string Edge(ExecutableTarget target, ExecutableTarget next) =>
        target.DependencyList.Contains(next) ? $"{target} depends on {next}"
        : target.TriggerDependencyList.Contains(next) ? $"{target} is triggered by {next}"
        : $"{target} comes after {next}";
}
