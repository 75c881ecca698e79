namespace Mlops.Targets;

/// <summary>What a person asked for, and what not.</summary>
/// <param name="Invoked">By name, or the defaults.</param>
/// <param name="SkipAll">Skip whatever was not asked for.</param>
sealed record Selection(
    IReadOnlyList<ExecutableTarget> Invoked, IReadOnlyList<ExecutableTarget> Skipped, bool SkipAll)
{
    public static Selection Of(
        TargetCatalog catalog, IReadOnlyList<string> names, IReadOnlyList<string>? skipNames, List<string> mistakes)
    {
        var named = Find(catalog, names, mistakes);
        var skipped = Find(catalog, skipNames ?? [], mistakes);
        foreach (var both in named.Intersect(skipped))
            mistakes.Add($"{both.Name} is both asked for and skipped.");
        var invoked = names.Count > 0 ? named : [.. catalog.All.Where(target => target.IsDefault)];
        foreach (var target in invoked)
            target.Invoked = true;
        return new Selection(invoked, skipped, skipNames is { Count: 0 });
    }

    public void ApplySkips(IReadOnlyList<ExecutableTarget> plan)
    {
        var skipped = plan.Where(target => SkipAll ? !target.Invoked : Skipped.Contains(target)).ToList();
        foreach (var target in skipped)
            plan.Skip(target, "via parameter");
    }

    static List<ExecutableTarget> Find(TargetCatalog catalog, IReadOnlyList<string> names, List<string> mistakes)
    {
        var found = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            if (catalog.Find(name) is { } target)
                found.Add(target);
            else
                mistakes.Add($"Unknown target {name}.{Names.Suggestion(name, catalog.All.Select(one => one.Name))}");
        }
        return [.. found.Distinct()];
    }
}
