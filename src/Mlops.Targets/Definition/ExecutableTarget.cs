namespace Mlops.Targets;

/// <summary>A target as the host plans and runs it: what was declared, and how far it came.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, int index, Delegate? factory = null)
    {
        Name = name;
        Index = index;
        Factory = factory;
    }

    public string Name { get; }

    public string? Description { get; internal set; }

    /// <summary>False for targets that <c>--help</c> keeps to itself.</summary>
    public bool Listed { get; internal set; } = true;

    /// <summary>
    /// May be changed until the target runs. A method group given to <c>Executes</c> is kept as it is, so its
    /// object can be found again as the delegate's target.
    /// </summary>
    public List<Action> Actions { get; } = [];

    public List<(string Text, Func<bool> Delegate)> StaticConditions { get; } = [];

    public List<(string Text, Func<bool> Delegate)> DynamicConditions { get; } = [];

    /// <summary>What must run before, and comes into the plan with this one.</summary>
    public IReadOnlyList<ExecutableTarget> ExecutionDependencies => DependencyList;

    /// <summary>What runs before, if it is in the plan.</summary>
    public IReadOnlyList<ExecutableTarget> OrderDependencies => OrderList;

    /// <summary>What brings this one into the plan, after itself.</summary>
    public IReadOnlyList<ExecutableTarget> TriggerDependencies => TriggerDependencyList;

    /// <summary>What this one brings into the plan, after itself.</summary>
    public IReadOnlyList<ExecutableTarget> Triggers => TriggerList;

    /// <summary>All three kinds of what runs before it, if it is in the plan; in declaration order.</summary>
    public IReadOnlyCollection<ExecutableTarget> AllDependencies => [.. Predecessors];

    /// <summary>What a server keeps of it, by glob.</summary>
    public List<string> ArtifactProducts { get; } = [];

    /// <summary>Over how many agents a server spreads it; null for one.</summary>
    public int? PartitionSize { get; internal set; }

    /// <summary>Asked for by name, or a default where no name was given.</summary>
    public bool Invoked { get; internal set; }

    public bool IsDefault { get; internal set; }

    public ExecutionStatus Status { get; set; }

    /// <summary>How long its actions took; zero until it has finished.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Why it was skipped, for instance <c>via parameter</c> or <c>because of Train</c>.</summary>
    public string? Skipped { get; set; }

    /// <summary>The source text of the conditions that did not hold.</summary>
    public string? OnlyWhen { get; set; }

    /// <summary>What the closing table notes about this target.</summary>
    public Dictionary<string, string> SummaryInformation { get; } = [];

    public override string ToString() => Name;

    internal int Index { get; }

    /// <summary>The delegate that the declaring property returns.</summary>
    internal Delegate? Factory { get; }

    /// <summary>What a server brings to it, from whom; all of it where no artifacts are named.</summary>
    internal List<(ExecutableTarget From, IReadOnlyList<string> Artifacts)> Consumed { get; } = [];

    internal List<Requirement> Requirements { get; } = [];

    internal DependencyBehavior WhenSkipped { get; set; }

    internal bool ProceedsAfterFailure { get; set; }

    internal bool IsAssured { get; set; }

    internal List<ExecutableTarget> DependencyList { get; } = [];

    /// <summary>The other side of <see cref="DependencyList"/>.</summary>
    internal List<ExecutableTarget> DependentList { get; } = [];

    internal List<ExecutableTarget> OrderList { get; } = [];

    internal List<ExecutableTarget> TriggerDependencyList { get; } = [];

    internal List<ExecutableTarget> TriggerList { get; } = [];

    /// <summary>Everything that runs before this one, if it is in the plan; in declaration order.</summary>
    internal IReadOnlyList<ExecutableTarget> Predecessors
    {
        get
        {
            List<ExecutableTarget> all =
                [.. DependencyList.Concat(OrderList).Concat(TriggerDependencyList).Distinct()];
            all.Sort((left, right) => left.Index - right.Index);
            return all;
        }
    }
}

/// <param name="Text">The source text of what is required.</param>
/// <param name="IsValue">A value that must be there, rather than a condition that must hold.</param>
sealed record Requirement(string Text, bool IsValue, Func<bool> Holds);
