using CsCheck;

namespace Mlops.Engine.Tests;

/// <param name="Upstream">Indices of earlier steps.</param>
/// <param name="Sources">Indices of raw files.</param>
sealed record SumStep(int Parameter, int[] Upstream, int[] Sources);

/// <summary>A graph of sums over each other and over raw files.</summary>
sealed record SumGraph(SumStep[] Steps)
{
    public const int SourceCount = 4;

    public static Gen<SumGraph> Gen { get; } =
        from count in CsCheck.Gen.Int[1, 8]
        from steps in CsCheck.Gen.Select(
            CsCheck.Gen.Int[0, 5], CsCheck.Gen.Int[0, 100].Array[0, 3],
            CsCheck.Gen.Int[0, SourceCount - 1].Array[0, 3])
            .Array[count]
        select new SumGraph([.. steps.Select((step, index) => new SumStep(
            step.Item1,
            index == 0 ? [] : [.. step.Item2.Select(number => number % index).Distinct()],
            [.. step.Item3.Distinct()]))]);

    /// <summary>Some step gets another parameter.</summary>
    public SumGraph Changed(int step, int parameter) =>
        new([.. Steps.Select((shape, index) =>
            index == step % Steps.Length ? shape with { Parameter = parameter } : shape)]);

    public IReadOnlyList<Node<Total>> Draw(Bench bench, SourceListing sources)
    {
        var graph = new Graph();
        var nodes = new List<Node<Total>>();
        foreach (var (index, shape) in Steps.Index())
        {
            Node<Total>[] upstream = [.. shape.Upstream.Select(other => nodes[other])];
            SourceFile[] files = [.. shape.Sources.Select(source => sources.Files[source])];
            nodes.Add(graph.Step(
                new StepName("p", null, $"Step{index}"), bench.Add, upstream,
                values => new Sum(new string('a', shape.Parameter),
                    [.. upstream.Select(node => values.Accepted(node).Value)], files)));
        }
        return nodes;
    }

    /// <summary>What each step's value must be, computed from nothing.</summary>
    public IReadOnlyList<long?> Oracle(IReadOnlyList<long> sources, ISet<string> faulty)
    {
        var values = new List<(long Value, bool Accepted)?>();
        foreach (var shape in Steps)
        {
            var upstream = shape.Upstream.Select(other => values[other]).ToList();
            if (upstream.Any(value => value is not { Accepted: true })
                || faulty.Contains(new string('a', shape.Parameter)))
            {
                values.Add(null);
                continue;
            }
            var total = (upstream.Sum(value => value!.Value.Value)
                + shape.Sources.Sum(source => sources[source]) + shape.Parameter) % 10;
            values.Add((total, total >= 0));
        }
        return [.. values.Select(value => value?.Value)];
    }
}
