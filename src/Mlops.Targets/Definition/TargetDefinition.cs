namespace Mlops.Targets;

enum EdgeKind
{
    DependsOn,
    DependentFor,
    Before,
    After,
    Triggers,
    TriggeredBy,
}

/// <summary>Collects what a target's lambda says; edges stay delegates until all targets are known.</summary>
sealed class TargetDefinition(ExecutableTarget target) : ITargetDefinition
{
    public List<Edge> Edges { get; } = [];

    public ITargetDefinition Description(string description) => Change(() => target.Description = description);

    public ITargetDefinition Executes(params Action[] actions) => Change(() => target.Actions.AddRange(actions));

    public ITargetDefinition Executes<T>(Func<T> action) => Executes(() =>
    {
        if (action() is Task task)
            task.GetAwaiter().GetResult();
    });

    public ITargetDefinition Executes(Func<Task> action) => Executes(() => action().GetAwaiter().GetResult());

    public ITargetDefinition DependsOn(params Target[] targets) => Add(EdgeKind.DependsOn, targets);

    public ITargetDefinition DependentFor(params Target[] targets) => Add(EdgeKind.DependentFor, targets);

    public ITargetDefinition Before(params Target[] targets) => Add(EdgeKind.Before, targets);

    public ITargetDefinition After(params Target[] targets) => Add(EdgeKind.After, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Add(EdgeKind.Triggers, targets);

    public ITargetDefinition TriggeredBy(params Target[] targets) => Add(EdgeKind.TriggeredBy, targets);

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? text) =>
        Change(() => target.StaticConditions.Add((BodyOf(text), condition)));

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? text) =>
        Change(() => target.DynamicConditions.Add((BodyOf(text), condition)));

    public ITargetDefinition WhenSkipped(DependencyBehavior behavior) =>
        Change(() => target.WhenSkipped = behavior);

    public ITargetDefinition Requires(Func<bool> condition, string? text) =>
        Change(() => target.Requirements.Add(new(BodyOf(text), IsValue: false, condition)));

    public ITargetDefinition Requires<T>(Func<T?> value, string? text) where T : class =>
        Change(() => target.Requirements.Add(new(BodyOf(text), IsValue: true, () => HasValue(value()))));

    public ITargetDefinition Requires<T>(Func<T?> value, string? text) where T : struct =>
        Change(() => target.Requirements.Add(new(BodyOf(text), IsValue: true, () => value().HasValue)));

    public ITargetDefinition ProceedAfterFailure() => Change(() => target.ProceedsAfterFailure = true);

    public ITargetDefinition AssuredAfterFailure() => Change(() => target.IsAssured = true);

    public ITargetDefinition Unlisted() => Change(() => target.Listed = false);

    static bool HasValue(object? value) => value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null;

    /// <summary>The source text of a lambda without its arrow.</summary>
    static string BodyOf(string? lambda)
    {
        var text = (lambda ?? "").Trim();
        return text.StartsWith("() =>", StringComparison.Ordinal) ? text["() =>".Length..].TrimStart() : text;
    }

    TargetDefinition Add(EdgeKind kind, Target[] targets)
    {
        foreach (var other in targets)
            Edges.Add(new Edge(kind, other));
        return this;
    }

    TargetDefinition Change(Action change)
    {
        change();
        return this;
    }
}

/// <summary>One use of a verb that names another target.</summary>
sealed record Edge(EdgeKind Kind, Target Other);
