namespace Mlops.Targets;

/// <summary>The targets of a build class, with their edges resolved.</summary>
/// <param name="All">In declaration order.</param>
sealed record TargetCatalog(IReadOnlyList<ExecutableTarget> All)
{
    /// <exception cref="UsageException">A target refers to something that is none, or two share a name.</exception>
    public static TargetCatalog Of(TargetBuild build, IReadOnlyList<Target> defaults)
    {
        var mistakes = new List<string>();
        var declared = Declared(build);
        foreach (var name in declared.GroupBy(one => Names.Normalize(one.Target.Name)).Where(group => group.Count() > 1))
            mistakes.Add($"Targets {string.Join(" and ", name.Select(one => one.Target.Name))} have one name.");

        var byFactory = new Dictionary<Target, ExecutableTarget>();
        foreach (var one in declared)
            byFactory.TryAdd(one.Factory, one.Target);
        foreach (var one in declared)
            Resolve(one.Target, one.Factory, byFactory, mistakes);
        foreach (var factory in defaults)
            if (Find(factory, byFactory, () => "Execute", mistakes) is { } target)
                target.IsDefault = true;

        UsageException.ThrowIfAny(mistakes);
        return new TargetCatalog([.. declared.Select(one => one.Target)]);
    }

    public ExecutableTarget? Find(string name)
    {
        var normalized = Names.Normalize(name);
        return All.FirstOrDefault(target => Names.Normalize(target.Name) == normalized);
    }

    static List<Declaration> Declared(TargetBuild build)
    {
        var declared = new List<Declaration>();
        foreach (var property in Members.Properties(build.GetType()))
            if (property.PropertyType == typeof(Target) && property.GetValue(build) is Target factory)
                declared.Add(new Declaration(new ExecutableTarget(property.Name, declared.Count), factory));
        return declared;
    }

    static void Resolve(
        ExecutableTarget target, Target factory, Dictionary<Target, ExecutableTarget> byFactory, List<string> mistakes)
    {
        var definition = new TargetDefinition(target);
        factory(definition);
        foreach (var edge in definition.Edges)
            if (Find(edge.Other, byFactory, () => $"{target.Name}: {edge.Kind}", mistakes) is { } other)
                Connect(target, edge.Kind, other);
    }

    static ExecutableTarget? Find(
        Target? factory, Dictionary<Target, ExecutableTarget> byFactory, Func<string> where, List<string> mistakes)
    {
        if (factory is not null && byFactory.TryGetValue(factory, out var target))
            return target;
        mistakes.Add($"{where()} names something that is no target property of the build class.");
        return null;
    }

    static void Connect(ExecutableTarget target, EdgeKind kind, ExecutableTarget other)
    {
        switch (kind)
        {
            case EdgeKind.DependsOn: Depend(target, other); break;
            case EdgeKind.DependentFor: Depend(other, target); break;
            case EdgeKind.After: AddOnce(target.OrderList, other); break;
            case EdgeKind.Before: AddOnce(other.OrderList, target); break;
            case EdgeKind.Triggers: Trigger(target, other); break;
            case EdgeKind.TriggeredBy: Trigger(other, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind));
        }

        static void Depend(ExecutableTarget dependent, ExecutableTarget dependency)
        {
            AddOnce(dependent.DependencyList, dependency);
            AddOnce(dependency.DependentList, dependent);
        }

        static void Trigger(ExecutableTarget source, ExecutableTarget triggered)
        {
            AddOnce(source.TriggerList, triggered);
            AddOnce(triggered.TriggerDependencyList, source);
        }

        static void AddOnce(List<ExecutableTarget> list, ExecutableTarget item)
        {
            if (!list.Contains(item))
                list.Add(item);
        }
    }

    sealed record Declaration(ExecutableTarget Target, Target Factory);
}
