using System.Collections.Concurrent;
using System.Text.Json;

namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// Every kind of reason, and that one text stands in the plan, in what the run tells while it runs, in its
/// result and in the trace, from which logs, ledgers and reports have it.
/// </summary>
public sealed class ReasonTests : IDisposable
{
    static readonly StepName Last = new("p", null, "Second");

    readonly Bench bench = new();
    int version = 1;
    string toolchain = "Lib 1.0";
    string parameter = "x";

    public ReasonTests()
    {
        bench.WriteSource("a.txt", 4);
        bench.WriteSource("b.txt", 1);
    }

    [Fact]
    public void NeverBuilt() => First().ShouldBe(["never built"]);

    [Fact]
    public void AParameterFromWhatToWhat() =>
        AfterABuild(() => parameter = "xy").ShouldBe(["`parameter` x → xy"]);

    [Fact]
    public void AFileThatChanged() =>
        AfterABuild(() => bench.WriteSource("b.txt", 2)).ShouldBe(["`b.txt` changed"]);

    [Fact]
    public void AFileThatCame() =>
        AfterABuild(() => bench.WriteSource("c.txt", 2)).ShouldBe(["`c.txt` added"]);

    [Fact]
    public void AFileThatWent() =>
        AfterABuild(() => File.Delete(Path.Combine(bench.Sources, "a.txt"))).ShouldBe(["`a.txt` removed"]);

    [Fact]
    public void AStageOfAnotherVersion() =>
        AfterABuild(() => version = 2).ShouldBe(["stage Echo changed from version 1 to 2"]);

    [Fact]
    public void AnotherToolchain() =>
        AfterABuild(() => toolchain = "Lib 2.0").ShouldBe(["toolchain Lib 1.0 → Lib 2.0"]);

    [Fact]
    public void AnOutputThatIsGone() =>
        AfterABuild(() => Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "cas"), recursive: true))
            .ShouldBe(["output missing"]);

    [Fact]
    public void ATraceThatIsGone() =>
        AfterABuild(() => Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "traces"), recursive: true))
            .ShouldBe(["output missing"]);

    [Fact]
    public void ATraceOfTheLastRunThatIsGoneToo() => AfterABuild(() =>
    {
        Directory.Delete(Path.Combine(bench.WorkspaceDirectory, "traces"), recursive: true);
        parameter = "xy";
    }).ShouldBe(["no trace of its last run"]);

    [Fact]
    public void SeveralAtOnce() => AfterABuild(() =>
    {
        (version, parameter) = (2, "xy");
        bench.WriteSource("b.txt", 2);
    }).ShouldBe(["stage Echo changed from version 1 to 2", "`parameter` x → xy", "`b.txt` changed"]);

    /// <remarks>
    /// Until the first has run nobody knows whether its output changes: the plan names what it waits for.
    /// </remarks>
    [Fact]
    public void WhatIsUpstreamGaveAnother()
    {
        Build();
        bench.WriteSource("b.txt", 2);

        Engine().Plan([Draw(bench.Open())]).Steps.Single(step => step.Name == Last).Verdict
            .ShouldBe(new Verdict.Pending(new StepName("p", null, "First")));
        Build().Steps.Single(step => step.Name == Last).Reasons
            .ShouldBe(["upstream `text` changed", "`value` 6 → 7"]);
    }

    [Fact]
    public void ATextThatBecameANumberShowsItsQuotes() =>
        InputChanges.Between(Json("""{"x":"1"}"""), Json("""{"x":1}""")).ShouldBe(["`x` \"1\" → 1"]);

    [Theory]
    [InlineData("""[{"n":1}]""", """[{"n":1},{"n":2}]""", "`x` has 2 entries, had 1")]
    [InlineData("""[{"n":1},{"n":2}]""", """[{"n":1}]""", "`x` has 1 entry, had 2")]
    public void AListOfAnotherLengthIsSaidByItsLengths(string before, string now, string reason) =>
        InputChanges.Between(Json($$"""{"x":{{before}}}"""), Json($$"""{"x":{{now}}}""")).ShouldBe([reason]);

    [Fact]
    public void LongValuesThatBeginAlikeAreShownWhereTheyPart()
    {
        var levels = string.Join(',', Enumerable.Range(100, 80).Select(level => $"\"{level}\""));
        InputChanges.Between(
            Json($$"""{"levels":[{{levels}}]}"""), Json($$"""{"levels":[{{levels}},"new"]}"""))
            .ShouldBe([
                "`levels` …6\",\"177\",\"178\",\"179\"] → …6\",\"177\",\"178\",\"179\",\"new\"]",
            ]);

        var statement = string.Concat(Enumerable.Repeat("SELECT a,\\n", 20));
        InputChanges.Between(
            Json($$"""{"sql":"{{statement}}b"}"""), Json($$"""{"sql":"{{statement}}c"}"""))
            .ShouldBe(["`sql` …SELECT a, SELECT a, b → …SELECT a, SELECT a, c"]);
    }

    [Fact]
    public void FilesComeFirstWhereNotAllIsToldAndWhatIsSaidOfAFileHasItsName()
    {
        InputChanges.Between(Of(1, ("a.csv", 1, 5), ("b.csv", 1, 5)), Of(2, ("a.csv", 1, 4), ("c.csv", 1, 5)))
            .ShouldBe(["`c.csv` added", "`b.csv` removed", "`seen[1].n` 1 → 2", "`seen[2].n` 1 → 2",
                "`seen[3].n` 1 → 2", "and 4 more"]);
        InputChanges.Between(Of(1, ("a.csv", 1, 5)), Of(1, ("a.csv", 2, 4))).ShouldBe(["`a.csv` changed"]);
        InputChanges.Between(Of(1, ("a.csv", 1, 5)), Of(1, ("a.csv", 1, 4)))
            .ShouldBe(["`sources.a.csv.rows` 5 → 4"]);
        InputChanges.Between(Of(1, ("x.csv", 1, 5), ("x.csv", 7, 5)), Of(1, ("x.csv", 7, 5), ("x.csv", 9, 4)))
            .ShouldBe(["`x.csv` changed"], "of two files of one name");
        InputChanges.Between(
            Of(1, ("x.csv", 1, 5), ("x.csv", 2, 5), ("y.csv", 1, 5)), Of(1, ("x.csv", 3, 5), ("x.csv", 4, 5)))
            .ShouldBe(["2 files `x.csv` changed", "`y.csv` removed"]);
        InputChanges.Between(Of(1, ("x.csv", 1, 5), ("x.csv", 1, 5)), Of(1, ("x.csv", 1, 4), ("x.csv", 1, 5)))
            .ShouldBe(["`sources[1].rows` 5 → 4"]);

        static JsonElement Of(int seen, params (string Name, int Digest, int Rows)[] sources) =>
            JsonSerializer.SerializeToElement(new
            {
                seen = Enumerable.Repeat(new { n = seen }, 6),
                sources = sources.Select(source => new
                {
                    file = new { name = source.Name, digest = source.Digest },
                    rows = source.Rows,
                }),
            });
    }

    [Fact]
    public void NoCharacterIsCutInTwo() =>
        InputChanges.Between(
            Json($$"""{"note":"{{new string('a', 59)}}😀"}"""), Json("""{"note":"b"}"""))
            .ShouldBe([$"`note` {new string('a', 59)}… → b"]);

    [Fact]
    public void AnotherOrderIsSaidBesideWhateverElseChanged() =>
        InputChanges.Between(
            Json("""{"a":1,"list":[{"name":"x"},{"name":"y"}]}"""),
            Json("""{"a":2,"list":[{"name":"y"},{"name":"x"}]}"""))
            .ShouldBe(["`a` 1 → 2", "`list` has another order"]);

    [Fact]
    public void WhatIsUpstreamIsNamedAndNotHowItWasMade()
    {
        string[] circumstances = ["steps", "step"];
        var before = Json("""{"rows":1,"steps":[{"cpu":1}],"made":[{"step":{"cpu":1},"out":"x"}]}""");

        InputChanges.Between(
            before, Json("""{"rows":2,"steps":[{"cpu":2}],"made":[{"step":{"cpu":2},"out":"y"}]}"""), "",
            circumstances).ShouldBe(["`made[1].out` x → y", "`rows` 1 → 2"]);
        InputChanges.Between(
            before, Json("""{"rows":1,"steps":[{"cpu":2}],"made":[{"step":{"cpu":2},"out":"x"}]}"""), "",
            circumstances).ShouldBe(["what is upstream was made again, with the same results"]);
        InputChanges.Between(before, before, "", circumstances).ShouldBeEmpty();
        InputChanges.Between(
            Json("""{"said":["'ä' is text"]}"""), Json("""{"said":["'ö' is text"]}"""), "", circumstances)
            .ShouldBe(["`said` [\"'ä' is text\"] → [\"'ö' is text\"]"]);
    }

    public void Dispose() => bench.Dispose();

    static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonElement.Parse(text);

    /// <remarks>The body runs while the reasons are looked for.</remarks>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AStepIsToldToHaveBegunBeforeAllElseThatIsToldOfIt(bool fails)
    {
        var told = new Listening { TakesToHear = TimeSpan.FromMilliseconds(100) };
        var talking = new Stage<Total, Total>(
            "Talk", 1, "none", NumbersJson.Default.Total, NumbersJson.Default.Total, (context, total) =>
            {
                context.Progress("half");
                return fails ? throw new IOException("it fails") : Task.FromResult(total);
            });
        var step = new Graph().Step(
            Last, talking, [], _ => new Total(1, new Artifact(default, 0, "text/plain"), Judgement.Accept));

        await new BuildEngine(bench.Open(), new EngineOptions(2, told, "test"))
            .Start([step], TestContext.Current.CancellationToken).Completion;

        told.Heard.ShouldBe(["started", "half", fails ? "Failed" : "Executed"]);
    }

    IReadOnlyList<string> AfterABuild(Action change)
    {
        Build();
        change();
        return First();
    }

    /// <summary>
    /// The reasons of the first step: as planned, as told, as resulting and as kept, which are one.
    /// </summary>
    IReadOnlyList<string> First()
    {
        var began = DateTimeOffset.UtcNow;
        var workspace = bench.Open();
        var planned = Engine().Plan([Draw(workspace)]).Steps[0].Verdict
            .ShouldBeOfType<Verdict.Stale>().Reasons;
        var told = new Listening();
        var result = Build(told).Steps[0];
        told.Reasons[result.Name].ShouldBe(planned);
        result.Reasons.ShouldBe(planned);
        if (result.Trace!.StartedAt > began)
            result.Trace.Reasons.ShouldBe(planned);
        return planned;
    }

    RunResult Build(IRunObserver? observer = null)
    {
        var workspace = bench.Open();
        return new BuildEngine(workspace, new EngineOptions(2, observer ?? new NoObserver(), "test"))
            .Start([Draw(workspace)], CancellationToken.None).Completion.GetAwaiter().GetResult();
    }

    BuildEngine Engine() => Bench.Engine(bench.Open());

    Node<Total> Draw(Workspace workspace)
    {
        var echo = new Stage<Sum, Total>(
            "Echo", version, toolchain, NumbersJson.Default.Sum, NumbersJson.Default.Total, bench.Add.Body);
        var relay = new Stage<Total, Total>(
            "Relay", 1, "none", NumbersJson.Default.Total,
            NumbersJson.Default.Total, (_, total) => Task.FromResult(total));
        var graph = new Graph();
        var sources = workspace.ResolveSources(bench.Sources, ["*.txt"]).Files;
        var first = graph.Step(
            new StepName("p", null, "First"), echo, [], _ => new Sum(parameter, [], sources));
        return graph.Step(Last, relay, [first], upstream => upstream.Accepted(first));
    }

    sealed class Listening : IRunObserver
    {
        public ConcurrentDictionary<StepName, IReadOnlyList<string>> Reasons { get; } = new();

        public ConcurrentQueue<string> Heard { get; } = new();

        /// <summary>How long it takes to hear that a step has begun.</summary>
        public TimeSpan TakesToHear { get; init; }

        public void Started(StepName step, IReadOnlyList<string> reasons)
        {
            Thread.Sleep(TakesToHear);
            Reasons[step] = reasons;
            Heard.Enqueue("started");
        }

        public void Progress(StepName step, string text) => Heard.Enqueue(text);

        public void Waiting(StepName step, string holder)
        {
        }

        public void Healing(StepName step, Artifact artifact)
        {
        }

        public void Settled(StepResult result) => Heard.Enqueue(result.Status.ToString());
    }
}
