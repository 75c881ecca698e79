using CsCheck;

namespace Mlops.Engine.Tests.Laws;

/// <summary>How a step takes what is upstream.</summary>
enum Taking
{
    Accepted,
    Finished,
    OrNothing,
}

/// <param name="Upstream">Indices of earlier steps.</param>
/// <param name="ReadsText">It reads the artifacts of what is upstream, not only their numbers.</param>
/// <param name="Sources">Indices of raw files.</param>
/// <param name="Grows">Cells stand on it, as many as its value says, and one step on all cells.</param>
sealed record StepShape(
    int Parameter, int[] Upstream, Taking Taking, bool ReadsText, int[] Sources, bool Grows)
{
    public string ParameterText => new('a', Parameter);
}

/// <summary>A random graph, some steps of which are twins: they have the same key.</summary>
sealed record GraphShape(StepShape[] Steps)
{
    public const int SourceCount = 4;
    public const int LargestParameter = 5;

    public static Gen<GraphShape> Gen { get; } =
        from count in CsCheck.Gen.Int[1, 8]
        from steps in CsCheck.Gen.Select(
            CsCheck.Gen.Int[0, LargestParameter], CsCheck.Gen.Int[0, 100].Array[0, 3],
            CsCheck.Gen.Enum<Taking>(), CsCheck.Gen.Bool,
            CsCheck.Gen.Int[0, SourceCount - 1].Array[0, 3], CsCheck.Gen.Int[0, 9]).Array[count]
        select new GraphShape(Twinned([.. steps.Select((step, index) => new StepShape(
            step.Item1,
            index == 0 ? [] : [.. step.Item2.Select(number => number % index).Distinct()],
            step.Item3, step.Item4, [.. step.Item5.Distinct()], step.Item6 < 2))]));

    public GraphShape With(int step, int parameter) =>
        new([.. Steps.Select((shape, index) =>
            index == step % Steps.Length ? shape with { Parameter = parameter } : shape)]);

    /// <summary>Every fourth step is as the one before it.</summary>
    static StepShape[] Twinned(StepShape[] steps)
    {
        for (var index = 3; index < steps.Length; index += 4)
            steps[index] = steps[index - 1] with { Grows = false };
        return steps;
    }

    /// <param name="files">By index of the raw file; those that are not there are left out.</param>
    public IReadOnlyList<Node<Total>> Draw(
        Stage<Adding, Total> add, IReadOnlyDictionary<int, SourceFile> files)
    {
        var graph = new Graph();
        var nodes = new List<Node<Total>>();
        var requested = new List<Node<Total>>();
        foreach (var (index, shape) in Steps.Index())
        {
            Node<Total>[] upstream = [.. shape.Upstream.Select(other => nodes[other])];
            SourceFile[] sources = [.. shape.Sources.Where(files.ContainsKey)
                .Select(source => files[source])];
            var step = graph.Step(NameOf(index), add, upstream, values =>
                Bind(shape, [.. upstream.Select(node => Take(values, node, shape.Taking))], sources));
            nodes.Add(step);
            requested.Add(step);
            if (shape.Grows)
                requested.Add(Grow(graph, index, step, add));
        }
        return requested;
    }

    public static StepName NameOf(int index) => new("p", null, FormattableString.Invariant($"Step{index}"));

    public static StepName CellOf(int index, int cell) =>
        new("p", FormattableString.Invariant($"{cell}"), FormattableString.Invariant($"Cell{index}"));

    public static StepName LastOf(int index) => new("p", null, FormattableString.Invariant($"Last{index}"));

    public static long CellsOf(long value) => Math.Abs(value) % 4;

    public static Adding Cell(int cell, Total origin) => new($"c{cell % 2}", [origin.Value + cell], [], []);

    public static Adding Last(IEnumerable<Total> cells) =>
        new("last", [.. cells.Select(cell => cell.Value)], [], []);

    public static Adding Bind(
        StepShape shape, IReadOnlyList<Total?> upstream, IReadOnlyList<SourceFile> sources) => new(
        shape.ParameterText, [.. upstream.Select(total => total?.Value ?? 0)],
        shape.ReadsText ? [.. upstream.OfType<Total>().Select(total => total.Text)] : [], sources);

    static Total? Take(Upstream values, Node<Total> node, Taking taking) => taking switch
    {
        Taking.Accepted => values.Accepted(node),
        Taking.Finished => values.Finished(node),
        _ => values.FinishedOrNull(node),
    };

    static Node<Total> Grow(Graph graph, int index, Node<Total> origin, Stage<Adding, Total> add)
    {
        var cells = new List<Node<Total>>();
        var growth = graph.Grow(
            new StepName("p", "*", FormattableString.Invariant($"Cells{index}")), origin, total =>
            {
                for (var cell = 0; cell < CellsOf(total.Value); cell++)
                {
                    var number = cell;
                    cells.Add(graph.Step(CellOf(index, cell), add, [origin],
                        upstream => Cell(number, upstream.Finished(origin))));
                }
                return cells;
            });
        return graph.Step(LastOf(index), add, [origin, growth], upstream =>
        {
            upstream.Finished(origin);
            return Last(cells.Select(upstream.Accepted));
        });
    }
}
