namespace Mlops.Engine;

/// <summary>Plans and runs graphs over a workspace.</summary>
public sealed class BuildEngine(Workspace workspace, EngineOptions options)
{
    /// <summary>What a run would do; executes and writes nothing.</summary>
    public Plan Plan(IReadOnlyList<Node> requested) => new Planner(new Lookup(workspace)).Plan(requested);

    public Run Start(IReadOnlyList<Node> requested, CancellationToken cancellation) =>
        new(workspace, options, new Slots(Math.Max(1, options.MaxParallelism)), requested, cancellation);
}
