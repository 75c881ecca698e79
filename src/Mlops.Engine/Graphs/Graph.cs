namespace Mlops.Engine;

/// <summary>Draws nodes. Acyclic by construction: a node's dependencies exist before it does.</summary>
public sealed class Graph
{
    readonly HashSet<StepName> names = [];

    /// <param name="bind">Makes the stage's input out of what is upstream, once all of it has settled.
    /// Pure.</param>
    /// <param name="section">
    /// Where a person wrote what the input record holds, if its own fields do not say so: <c>steps.clean</c>.
    /// </param>
    public Node<TOutput> Step<TInput, TOutput>(
        StepName name, Stage<TInput, TOutput> stage, IReadOnlyList<Node> dependencies,
        Func<Upstream, TInput> bind, string section = "") =>
        new StageNode<TInput, TOutput>(Own(name), stage, dependencies, bind) { Section = section };

    /// <summary>Several nodes as one that a target can ask for; it settles when all of them have.</summary>
    public Bundle Bundle(StepName name, IReadOnlyList<Node> nodes) => new(Own(name), nodes);

    /// <summary>A step that cannot even be bound, for instance because its raw files are missing.</summary>
    public Node<TOutput> Failed<TOutput>(StepName name, IReadOnlyList<Problem> problems) =>
        new FailedNode<TOutput>(Own(name), problems);

    /// <param name="grow">Called once, with the output of <paramref name="of"/>; may draw more steps.</param>
    public Growth Grow<T>(StepName name, Node<T> of, Func<T, IReadOnlyList<Node>> grow) =>
        new(Own(name), of, output => grow((T)output));

    /// <exception cref="InvalidOperationException">Two nodes of one name would share their past.</exception>
    StepName Own(StepName name)
    {
        lock (names)
            return names.Add(name)
                ? name
                : throw new InvalidOperationException($"There already is a step '{name}'.");
    }
}
