using System.Globalization;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Sessions;

/// <summary>What a person can ask of single steps.</summary>
sealed partial class Build
{
    [Parameter(
        "Steps by name, as churn/Train, or all of a stage, as Train. Without a target: "
        + "one step by its key, executed alone")]
    readonly string[] Step = [];

    /// <summary>Everything that a pipeline has.</summary>
    static readonly Func<PipelineGraph, Node?>[] AllNodes =
    [
        graph => graph.Steps, graph => graph.Dataset, graph => graph.Validation, graph => graph.Model,
        graph => graph.Evaluation, graph => graph.Package, graph => graph.Monitor,
        graph => graph.Audit, graph => graph.DriftReport, graph => graph.Index,
    ];

    Target ExecuteStep => _ => _
        .Unlisted()
        .Description("Execute one step, given nothing but its key and the store")
        .Executes(ExecuteStepByKey);

    Target Explain => _ => _
        .Description("Print the whole key of each --step, field by field, and where each came from")
        .Executes(ExplainSteps);

    Target Reproduce => _ => _
        .Description(
            "Make what is up to date again from nothing, and compare; --step for some of it; "
            + "fails if anything differs")
        .Executes(ReproduceSteps);

    async Task ExecuteStepByKey()
    {
        foreach (var key in Step)
        {
            if (!Digest.TryParse(key, out var digest))
                throw PersonsMistake(Refused(new ProblemException(new Problem(
                    "BUILD-001", $"'{key}' is no key.",
                    Expected: "64 lowercase hexadecimal digits, as --plan --format json gives them",
                    Next: "To name steps, name a target too: ./build.sh Explain --step churn/Train"))));
            try
            {
                var result = await PipelineSession.Execute(
                    Options(), digest, TimeProvider.System, Observer(), Stop);
                var word = result.Rejected ? "rejected" : result.Status.ToString().ToLowerInvariant();
                Console.WriteLine($"  {word,-10} {result.Name} {StepLog.Seconds(result.Duration)}");
            }
            catch (ProblemException problem)
            {
                Assert.Fail(problem.Message);
            }
        }
    }

    void ExplainSteps()
    {
        var explained = SessionOverAll().Explain(SelectedSteps());
        if (explained.Count == 0)
            Assert.Fail(
                "Nothing to explain: the keys of these steps are known only when what is upstream has run.");
        foreach (var explanation in explained)
            ExplanationText.Write(explanation, Console.Out);
    }

    async Task ReproduceSteps()
    {
        var (equal, artifacts) = (0, 0);
        var all = await SessionOverAll().Reproduce(SelectedSteps(), step =>
        {
            equal += step.IsEqual ? 1 : 0;
            artifacts += step.Artifacts;
            Console.WriteLine(
                $"  {(step.IsEqual ? "equal" : step.Remade is null ? "failed" : "differs"),-10} {step.Step} "
                + $"{step.Recorded.Short}");
            foreach (var difference in step.Differences)
                Console.WriteLine($"    - {difference.ReplaceLineEndings("\n      ")}");
        }, Stop);
        if (all.Count == 0)
            Assert.Fail("Nothing to reproduce: none of these steps is up to date. Build them first.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {equal} of {Counted.Plain(all.Count, "step", "steps")} gave the recorded record, "
            + $"with {Counted.Plain(artifacts, "artifact", "artifacts")}"));
        if (equal < all.Count)
            Assert.Fail($"{all.Count - equal} of {Counted.Plain(all.Count, "step", "steps")} "
                + "did not give again what is recorded.");
    }

    PipelineSession SessionOverAll()
    {
        var opened = OpenSession();
        opened.Request(AllNodes);
        return opened;
    }

    /// <remarks>None named: all of them.</remarks>
    Predicate<StepName> SelectedSteps() =>
        step => Step.Length == 0 || Step.Contains(step.ToString()) || Step.Contains(step.Stage);
}
