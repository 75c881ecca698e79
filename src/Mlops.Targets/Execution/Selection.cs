namespace Mlops.Targets;

/// <summary>What the options of a run name.</summary>
/// <param name="Skip">Null where the option is not given; empty where it is given without names.</param>
/// <param name="Only">As <paramref name="Skip"/>.</param>
sealed record SelectionNames(
    IReadOnlyList<string> Asked, IReadOnlyList<string>? Skip,
    IReadOnlyList<string>? Only, IReadOnlyList<string> From);

/// <summary>What a person asked for, and what not.</summary>
/// <param name="Invoked">By name, or the defaults.</param>
/// <param name="Skipped">By name.</param>
/// <param name="OnlyInvoked">Nothing runs but what was asked for, for this reason;
/// null if all that is needed runs.</param>
/// <param name="From">What these need is taken as done.</param>
sealed record Selection(
    IReadOnlyList<ExecutableTarget> Invoked, IReadOnlyList<ExecutableTarget> Skipped, string? OnlyInvoked,
    IReadOnlyList<ExecutableTarget> From)
{
    /// <summary>A person named targets; otherwise the defaults are meant.</summary>
    public bool IsNamed { get; private init; }

    const string BySkip = "via --skip";
    const string ByOnly = "via --only";
    const string ByFrom = "via --from";

    public static Selection Of(TargetCatalog catalog, SelectionNames names, List<string> mistakes)
    {
        var named = Find(catalog, [.. names.Asked, .. names.Only ?? []], mistakes);
        var skipped = Find(catalog, names.Skip ?? [], mistakes);
        var from = Find(catalog, names.From, mistakes);
        foreach (var both in named.Intersect(skipped))
            mistakes.Add($"{both.Name} is both asked for and skipped.");
        var isNamed = names.Asked.Count > 0 || names.Only is { Count: > 0 };
        var invoked = isNamed ? named : [.. catalog.All.Where(target => target.IsDefault)];
        foreach (var target in invoked)
            target.Invoked = true;
        return new Selection(
            invoked, skipped,
            names.Only is not null ? ByOnly : names.Skip is { Count: 0 } ? BySkip : null, from)
        { IsNamed = isNamed };
    }

    /// <exception cref="UsageException">The run is to begin at a target that is not in its plan.</exception>
    public void ApplyTo(IReadOnlyList<ExecutableTarget> plan)
    {
        UsageException.ThrowIfAny([.. From.Except(plan).Select(target =>
            $"--from {target.Name}: it is not in the plan of {string.Join(" ", Invoked)}.")]);
        if (OnlyInvoked is { } reason)
            Skip(plan.Where(target => !target.Invoked), reason);
        var named = Skipped.ToHashSet();
        Skip(plan.Where(named.Contains), BySkip);
        Skip(Before(plan), ByFrom);
    }

    static void Skip(IEnumerable<ExecutableTarget> targets, string reason)
    {
        foreach (var target in targets.ToList())
            Skipping.Skip(target, reason);
    }

    /// <summary>All that the targets to begin at need, but for these themselves.</summary>
    IEnumerable<ExecutableTarget> Before(IReadOnlyList<ExecutableTarget> plan)
    {
        var needed = new HashSet<ExecutableTarget>();
        var open = new Stack<ExecutableTarget>(From);
        while (open.TryPop(out var target))
            foreach (var dependency in target.DependencyList.Where(needed.Add))
                open.Push(dependency);
        return plan.Where(target =>
            needed.Contains(target) && !From.Contains(target) && target.Status == ExecutionStatus.Scheduled);
    }

    static List<ExecutableTarget> Find(
        TargetCatalog catalog, IReadOnlyList<string> names, List<string> mistakes)
    {
        var found = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            if (catalog.Find(name) is { } target)
                found.Add(target);
            else
                mistakes.Add(
                    $"Unknown target {name}.{Names.Suggestion(name, catalog.All.Select(one => one.Name))}");
        }
        return [.. found.Distinct()];
    }
}
