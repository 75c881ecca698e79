using System.Linq.Expressions;

namespace Mlops.Targets;

/// <summary>Collects what a target's lambda says; edges stay delegates until all targets are known.</summary>
/// <param name="property">Where the lambda stands, so that what it overrides can be found.</param>
sealed partial class TargetDefinition(
    ExecutableTarget target, TargetBuild build, TargetProperty property) : ITargetDefinition
{
    readonly HashSet<TargetProperty> applying = [];
    TargetProperty applied = property;

    public List<Edge> Edges { get; } = [];

    /// <summary>What the declaration gets wrong.</summary>
    public List<string> Mistakes { get; } = [];

    public ITargetDefinition Description(string description) =>
        Change(() => target.Description = description);

    public ITargetDefinition Executes(params Action[] actions) =>
        Change(() => target.Actions.AddRange(actions));

    public ITargetDefinition Executes<T>(Func<T> action) => Executes(() =>
    {
        if (action() is Task task)
            task.GetAwaiter().GetResult();
    });

    public ITargetDefinition Executes(Func<Task> action) => Executes(() => action().GetAwaiter().GetResult());

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? text) =>
        Change(() => target.StaticConditions.Add((SourceText.BodyOf(text), condition)));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? text) =>
        Change(() => target.DynamicConditions.Add((SourceText.BodyOf(text), condition)));

    public ITargetDefinition WhenSkipped(DependencyBehavior behavior) =>
        Change(() => target.WhenSkipped = behavior);

    public ITargetDefinition ProceedAfterFailure() => Change(() => target.ProceedsAfterFailure = true);

    public ITargetDefinition AssuredAfterFailure() => Change(() => target.IsAssured = true);

    public ITargetDefinition Unlisted() => Change(() => target.Listed = false);

    public ITargetDefinition Produces(params string[] artifacts) =>
        Change(() => target.ArtifactProducts.AddRange(artifacts));

    public ITargetDefinition Partition(int size)
    {
        if (size < 2)
            Mistakes.Add($"{target.Name}: Partition needs a size of at least 2, not {size}.");
        return Change(() => target.PartitionSize = size);
    }

    public ITargetDefinition Base() => Apply(applied.Overridden);

    public ITargetDefinition Inherit(params Target[] targets) => Change(() =>
    {
        foreach (var other in targets)
        {
            if (TargetProperty.Of(build.GetType())
                .FirstOrDefault(one => other.Equals(one.Factory(build))) is { } declared)
                Apply(declared);
            else
                other(this);
        }
    });

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) => Change(() =>
    {
        foreach (var other in targets)
            Apply(TargetProperty.NamedBy(other));
    });

    TargetDefinition Apply(TargetProperty? other)
    {
        if (other is null || !applying.Add(other))
        {
            Mistakes.Add($"{target.Name}: there is no target to take over from.");
            return this;
        }
        var before = applied;
        applied = other;
        other.OwnFactory(build)?.Invoke(this);
        applied = before;
        applying.Remove(other);
        return this;
    }

    TargetDefinition Change(Action change)
    {
        change();
        return this;
    }
}
