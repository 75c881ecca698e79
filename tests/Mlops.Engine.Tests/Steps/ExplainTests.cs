namespace Mlops.Engine.Tests.Steps;

public sealed class ExplainTests : IDisposable
{
    readonly Bench bench = new();

    [Fact]
    public void AKeyIsPrintedFieldByFieldWithWhereEachCameFrom()
    {
        bench.WriteSource("a.txt", 4);
        var workspace = bench.Open();
        var files = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var graph = new Graph();
        var first = graph.Step(new StepName("p", null, "First"), bench.Add, [], _ => new Sum("x", [], files));
        var echo = graph.Step(
            new StepName("p", null, "Second"), Echo, [first], upstream => upstream.Accepted(first));
        bench.Run(workspace, [echo]);

        var explained = Bench.Engine(workspace).Explain([echo], _ => true);

        explained.Select(step => step.Step.Stage).ShouldBe(["First", "Second"]);
        Fields(explained[0])
            .ShouldBe(["parameter \"x\" <- ", "sources[1] raw <- file a.txt", "terms [] <- "]);
        Fields(explained[1]).ShouldBe(
        [
            "judgement.accepted true <- p/First", "judgement.findings [] <- p/First",
            "text text/plain <- p/First", "value 5 <- p/First",
        ]);
        explained[1].Trace.ShouldNotBeNull().Key.ShouldBe(explained[1].Key.Digest);
    }

    [Fact]
    public void AStepWhoseKeyCannotBeKnownYetIsLeftOut()
    {
        var graph = new Graph();
        var first = graph.Step(new StepName("p", null, "First"), bench.Add, [], _ => new Sum("x", [], []));
        var second = graph.Step(
            new StepName("p", null, "Second"), Echo, [first], upstream => upstream.Accepted(first));

        var explained = Bench.Engine(bench.Open()).Explain([second], _ => true).ShouldHaveSingleItem();

        explained.Step.Stage.ShouldBe("First");
        explained.Verdict.ShouldBeOfType<Verdict.Stale>().Reasons.ShouldBe(["never built"]);
    }

    public void Dispose() => bench.Dispose();

    static Stage<Total, Total> Echo { get; } =
        new("Echo", 1, "none", NumbersJson.Default.Total,
            NumbersJson.Default.Total, (_, total) => Task.FromResult(total));

    static IEnumerable<string> Fields(Explanation explanation) =>
        explanation.Fields.Select(field => $"{field.Path} {field.Value.Split(' ')[^1]} <- {field.Origin}");
}
