namespace Mlops.Targets;

/// <summary>The targets of a build class, with their edges resolved.</summary>
/// <param name="All">In declaration order.</param>
sealed record TargetCatalog(IReadOnlyList<ExecutableTarget> All)
{
    readonly Dictionary<string, ExecutableTarget> byName = ByName(All);

    /// <exception cref="UsageException">A target refers to something that is none,
    /// or two share a name.</exception>
    public static TargetCatalog Of(TargetBuild build, IReadOnlyList<Target> defaults)
    {
        var mistakes = new List<string>();
        var declared = Declared(build);
        var byName = declared.GroupBy(one => Names.Normalize(one.Target.Name));
        foreach (var name in byName.Where(group => group.Count() > 1))
            mistakes.Add(
                $"Targets {string.Join(" and ", name.Select(one => one.Target.Name))} have one name.");

        var byFactory = new Dictionary<Delegate, ExecutableTarget>();
        foreach (var one in declared)
            byFactory.TryAdd(one.Factory, one.Target);
        foreach (var one in declared)
            Resolve(build, one, byFactory, mistakes);
        foreach (var factory in defaults)
            if (Find(factory, byFactory, () => "Execute", mistakes) is { } target)
                target.IsDefault = true;

        UsageException.ThrowIfAny(mistakes);
        return new TargetCatalog([.. declared.Select(one => one.Target)]);
    }

    public ExecutableTarget? Find(string name) => byName.GetValueOrDefault(Names.Normalize(name));

    static Dictionary<string, ExecutableTarget> ByName(IReadOnlyList<ExecutableTarget> all)
    {
        var byName = new Dictionary<string, ExecutableTarget>(all.Count, StringComparer.Ordinal);
        foreach (var target in all)
            byName.TryAdd(Names.Normalize(target.Name), target);
        return byName;
    }

    static List<Declaration> Declared(TargetBuild build)
    {
        var declared = new List<Declaration>();
        foreach (var property in TargetProperty.Of(build.GetType()))
            if (property.Factory(build) is { } factory)
                declared.Add(new(
                    new ExecutableTarget(property.Name, declared.Count, factory), factory, property));
        return declared;
    }

    static void Resolve(
        TargetBuild build, Declaration declared,
        Dictionary<Delegate, ExecutableTarget> byFactory, List<string> mistakes)
    {
        var target = declared.Target;
        var definition = new TargetDefinition(target, build, declared.Property);
        declared.Define(definition);
        mistakes.AddRange(definition.Mistakes);
        foreach (var edge in definition.Edges)
            if (Find(edge.Other, byFactory, () => $"{target.Name}: {edge.Kind}", mistakes) is { } other)
                Edges.Connect(target, edge, other);
        if (declared.Factory is Setup)
            PairWithCleanup(build, declared, byFactory);
    }

    /// <summary>
    /// A component with a setup and a cleanup: the one brings the other, which runs whatever happens.
    /// </summary>
    static void PairWithCleanup(
        TargetBuild build, Declaration setup, Dictionary<Delegate, ExecutableTarget> byFactory)
    {
        var cleanups = TargetProperty.DeclaredBy(setup.Property.Property.DeclaringType!)
            .Where(property => property.Type == typeof(Cleanup)).ToList();
        if (cleanups is not [var only] || only.Factory(build) is not { } factory
            || !byFactory.TryGetValue(factory, out var cleanup))
            return;
        cleanup.IsAssured = true;
        Edges.Connect(setup.Target, new Edge(EdgeKind.Triggers, factory), cleanup);
    }

    static ExecutableTarget? Find(
        Delegate? factory, Dictionary<Delegate, ExecutableTarget> byFactory,
        Func<string> where, List<string> mistakes)
    {
        if (factory is not null && byFactory.TryGetValue(factory, out var target))
            return target;
        mistakes.Add($"{where()} names something that is no target property of the build class.");
        return null;
    }

    sealed record Declaration(ExecutableTarget Target, Delegate Factory, TargetProperty Property)
    {
        public void Define(ITargetDefinition definition) => _ = Factory switch
        {
            Target target => target(definition),
            Setup setup => setup(definition),
            Cleanup cleanup => cleanup(definition),
            _ => throw new InvalidOperationException($"{Factory.GetType()} declares no target."),
        };
    }
}
