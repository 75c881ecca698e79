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
        readonly Dictionary<ExecutableTarget, Mark> marks = all.ToDictionary(target => target, _ => Mark.Open);
        readonly List<(ExecutableTarget Target, IEnumerator<ExecutableTarget> Predecessors)> path = [];

        public List<ExecutableTarget> Ordered { get; } = new(all.Count);

        public List<Circle> Circles { get; } = [];

        public void From(ExecutableTarget start)
        {
            if (marks[start] != Mark.Open)
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
            var mark = marks.GetValueOrDefault(target, Mark.Elsewhere);
            if (mark == Mark.Open)
                Enter(target);
            else if (mark == Mark.OnPath)
                Circles.Add(new Circle([.. path.Select(one => one.Target).SkipWhile(one => one != target), target]));
        }

        void Enter(ExecutableTarget target)
        {
            marks[target] = Mark.OnPath;
            path.Add((target, target.Predecessors.GetEnumerator()));
        }

        void Leave(ExecutableTarget target)
        {
            marks[target] = Mark.Done;
            path[^1].Predecessors.Dispose();
            path.RemoveAt(path.Count - 1);
            Ordered.Add(target);
        }
    }

    enum Mark
    {
        Open,
        OnPath,
        Done,

        /// <summary>Not among the targets to order.</summary>
        Elsewhere,
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
