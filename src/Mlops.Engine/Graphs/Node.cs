namespace Mlops.Engine;

/// <summary>Something that a target can ask for: a step, or a set of steps known only later.</summary>
public abstract class Node(StepName name, IReadOnlyList<Node> dependencies)
{
    public StepName Name { get; } = name;

    /// <summary>What has to settle, in whatever way, before this node can.</summary>
    public IReadOnlyList<Node> Dependencies { get; } = dependencies;

    /// <summary>
    /// Put before the fields of the step's input record where they are told of; empty for none.
    /// </summary>
    public string Section { get; init; } = "";

    public override string ToString() => Name.ToString();
}

/// <summary>Several nodes that are asked for as one.</summary>
public sealed class Bundle(StepName name, IReadOnlyList<Node> nodes) : Node(name, nodes);

/// <summary>A step whose output is a <typeparamref name="TOutput"/>.</summary>
public abstract class Node<TOutput>(StepName name, IReadOnlyList<Node> dependencies)
    : Node(name, dependencies), IStep
{
    StageCall IStep.Bind(Upstream upstream) => Bind(upstream);

    internal abstract StageCall Bind(Upstream upstream);
}

/// <summary>A node that has work of its own.</summary>
interface IStep
{
    /// <exception cref="BlockedException">An upstream step did not give what this one needs.</exception>
    /// <exception cref="ProblemException">The step cannot be bound at all.</exception>
    StageCall Bind(Upstream upstream);
}

sealed class StageNode<TInput, TOutput>(
    StepName name, Stage<TInput, TOutput> stage,
    IReadOnlyList<Node> dependencies, Func<Upstream, TInput> bind)
    : Node<TOutput>(name, dependencies)
{
    internal override StageCall Bind(Upstream upstream) => StageCall.Of(stage, bind(upstream));
}

/// <summary>A step that is known beforehand not to be possible.</summary>
sealed class FailedNode<TOutput>(StepName name, IReadOnlyList<Problem> problems) : Node<TOutput>(name, [])
{
    internal override StageCall Bind(Upstream upstream) => throw new ProblemException(problems);
}

/// <summary>
/// A set of nodes known only when another node has finished: the cells of a matrix that are found in the
/// data. It settles when all of them have.
/// </summary>
public sealed class Growth : Node
{
    readonly Func<object, IReadOnlyList<Node>> grow;
    readonly Lock growing = new();

    internal Growth(StepName name, Node of, Func<object, IReadOnlyList<Node>> grow)
        : base(name, [of]) => this.grow = grow;

    /// <summary>The nodes that this one stands for; null until they are known.</summary>
    public IReadOnlyList<Node>? Nodes { get; private set; }

    internal IReadOnlyList<Node> Grow(object output)
    {
        lock (growing)
            return Nodes ??= grow(output);
    }
}
