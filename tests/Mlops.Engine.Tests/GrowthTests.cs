namespace Mlops.Engine.Tests;

/// <summary>Steps that are known only when another has finished.</summary>
public sealed class GrowthTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void AGrowthIsPendingUntilItsOriginHasFinishedAndUpToDateAfterwards()
    {
        Bench.Engine(bench.Open())
            .Plan(Draw(3)).Steps.Select(step => (step.Name.ToString(), step.Verdict.GetType().Name))
            .ShouldBe([("p/Origin", "Stale"), ("p[*]/Cells", "Pending"), ("p/Last", "Pending")]);

        var run = bench.Run(bench.Open(), Draw(3));

        run.Steps.Select(step => step.Name.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(["p/Last", "p/Origin", "p[0]/Cell", "p[1]/Cell", "p[2]/Cell"]);
        Bench.Engine(bench.Open()).Plan(Draw(3)).Steps.ShouldAllBe(step => step.Verdict is Verdict.UpToDate);
    }

    [Fact]
    public void OneMoreCellRunsAlone()
    {
        bench.Run(bench.Open(), Draw(3));
        bench.TakeRan();

        bench.Run(bench.Open(), Draw(4));

        // The origin, the new cell, and what stands on all cells.
        bench.TakeRan().ShouldBe(["Add:cell", "Add:last", "Add:oooo"]);
    }

    [Fact]
    public void AFaultOfTheOriginBlocksWhatStandsOnItsCells()
    {
        bench.Faulty.Add("oo");
        var run = bench.Run(bench.Open(), Draw(2));

        run.Steps.Select(step => (step.Name.ToString(), step.Status))
            .ShouldBe([("p/Origin", StepStatus.Failed), ("p/Last", StepStatus.Blocked)]);
    }

    public void Dispose() => bench.Dispose();

    /// <summary>As many cells as the origin's value.</summary>
    IReadOnlyList<Node> Draw(int cells)
    {
        var graph = new Graph();
        var drawn = new List<Node<Total>>();
        var origin = graph.Step(
            new StepName("p", null, "Origin"), bench.Add, [], _ => new Sum(new string('o', cells), [], []));
        var growth = graph.Grow(new StepName("p", "*", "Cells"), origin, total =>
        {
            for (var cell = 0; cell < total.Value; cell++)
            {
                var term = cell;
                drawn.Add(graph.Step(new StepName("p", $"{cell}", "Cell"),
                    bench.Add, [origin], _ => new Sum("cell", [term], [])));
            }
            return drawn;
        });
        return
        [
            graph.Step(
                new StepName("p", null, "Last"), bench.Add, [origin, growth],
                upstream =>
                {
                    upstream.Accepted(origin);
                    return new Sum("last", [.. drawn.Select(cell => upstream.Accepted(cell).Value)], []);
                }),
        ];
    }
}
