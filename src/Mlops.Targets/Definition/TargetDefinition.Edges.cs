namespace Mlops.Targets;

enum EdgeKind
{
    DependsOn,
    DependentFor,
    Before,
    After,
    Triggers,
    TriggeredBy,
    Consumes,
}

/// <summary>One use of a verb that names another target.</summary>
/// <param name="Other">The other's factory: a <see cref="Target"/>,
/// <see cref="Setup"/> or <see cref="Cleanup"/>.</param>
/// <param name="Artifacts">What is consumed; null for all.</param>
sealed record Edge(EdgeKind Kind, Delegate? Other, IReadOnlyList<string>? Artifacts = null);

sealed partial class TargetDefinition
{
    public ITargetDefinition DependsOn(params Target[] targets) => Add(EdgeKind.DependsOn, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) =>
        Add(EdgeKind.DependsOn, Of(targets));

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) =>
        build is T ? DependsOn(targets) : this;

    public ITargetDefinition DependentFor(params Target[] targets) => Add(EdgeKind.DependentFor, targets);

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) =>
        Add(EdgeKind.DependentFor, Of(targets));

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) =>
        build is T ? DependentFor(targets) : this;

    public ITargetDefinition Before(params Target[] targets) => Add(EdgeKind.Before, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Add(EdgeKind.Before, Of(targets));

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) =>
        build is T ? Before(targets) : this;

    public ITargetDefinition After(params Target[] targets) => Add(EdgeKind.After, targets);

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => Add(EdgeKind.After, Of(targets));

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) =>
        build is T ? After(targets) : this;

    public ITargetDefinition Triggers(params Target[] targets) => Add(EdgeKind.Triggers, targets);

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) =>
        Add(EdgeKind.Triggers, Of(targets));

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) =>
        build is T ? Triggers(targets) : this;

    public ITargetDefinition TriggeredBy(params Target[] targets) => Add(EdgeKind.TriggeredBy, targets);

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) =>
        Add(EdgeKind.TriggeredBy, Of(targets));

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) =>
        build is T ? TriggeredBy(targets) : this;

    public ITargetDefinition Consumes(params Target[] targets) => Add(EdgeKind.Consumes, targets);

    public ITargetDefinition Consumes(Target target, params string[] artifacts) =>
        Add(EdgeKind.Consumes, [target], artifacts);

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) =>
        Add(EdgeKind.Consumes, Of(targets));

    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) =>
        Add(EdgeKind.Consumes, Of(target), artifacts);

    public ITargetDefinition Consumes<T>(params string[] artifacts) =>
        Add(EdgeKind.Consumes, Of<T>(), artifacts);

    public ITargetDefinition DependsOnContext<T>() where T : ITargetBuild
    {
        return Add(EdgeKind.DependsOn, Only<T, Setup>()).Add(EdgeKind.Before, Only<T, Cleanup>());
    }

    /// <summary>The component's targets, each named by a lambda, or its only one.</summary>
    Delegate?[] Of<T>(params Func<T, Target>[] targets)
    {
        if (build is not T component)
        {
            Mistakes.Add($"{target.Name}: the build does not implement {typeof(T).Name}.");
            return [];
        }
        return targets.Length > 0 ? [.. targets.Select(named => named(component))] : Only<T, Target>();
    }

    Delegate?[] Only<T, TFactory>() where TFactory : Delegate
    {
        var found = TargetProperty.DeclaredBy(typeof(T)).Where(one => one.Type == typeof(TFactory)).ToList();
        if (build is T && found is [var only])
            return [only.Factory(build)];
        Mistakes.Add(
            $"{target.Name}: {typeof(T).Name} has {found.Count} {typeof(TFactory).Name} properties, not one "
            + "of the build.");
        return [];
    }

    TargetDefinition Add(EdgeKind kind, Delegate?[] targets, IReadOnlyList<string>? artifacts = null)
    {
        foreach (var other in targets)
            Edges.Add(new Edge(kind, other, artifacts));
        return this;
    }
}
