namespace Mlops.Engine.Tests.Scheduling;

public sealed class UrgencyTests : IDisposable
{
    readonly Bench bench = new();

    /// <remarks>Fit, then measure stand on read; the page stands on the file only.</remarks>
    [Fact]
    public void TheLongestPathThatStandsOnAStepIsItsUrgency()
    {
        var durations = bench.Open().Durations;
        durations.Save([(Name("Read"), 1), (Name("Fit"), 10), (Name("Measure"), 2), (Name("Page"), 4)]);
        var graph = new Graph();
        var read = Step(graph, "Read");
        var fit = Step(graph, "Fit", read);
        var measure = Step(graph, "Measure", fit);
        var page = Step(graph, "Page", read);

        var urgency = new Urgency(bench.Open().Durations, [measure, page]);

        urgency.Of(read).ShouldBe(13);
        urgency.Of(fit).ShouldBe(12);
        urgency.Of(measure).ShouldBe(2);
        urgency.Of(page).ShouldBe(4);
    }

    [Fact]
    public void AStepThatNeverRanIsExpectedToTakeAsLongAsOthersOfItsStage()
    {
        var durations = bench.Open().Durations;
        durations.Save([(new StepName("p", "a", "Fit"), 4), (new StepName("p", "b", "Fit"), 8)]);

        durations.Expected(new StepName("p", "c", "Fit")).ShouldBe(6);
        durations.Expected(new StepName("p", "c", "Page")).ShouldBe(1);
    }

    [Fact]
    public void AFileOfDurationsThatIsGarbageIsOnlyAWorseGuess()
    {
        File.WriteAllText(Path.Combine(
            Directory.CreateDirectory(bench.WorkspaceDirectory).FullName, "durations.index"), "garbage\n\0");

        bench.Open().Durations.Expected(Name("Fit")).ShouldBe(1);
    }

    public void Dispose() => bench.Dispose();

    static StepName Name(string stage) => new("p", null, stage);

    Node<Total> Step(Graph graph, string stage, params Node[] upstream) =>
        graph.Step(Name(stage), bench.Add, upstream, _ => new Sum("", [], []));
}
