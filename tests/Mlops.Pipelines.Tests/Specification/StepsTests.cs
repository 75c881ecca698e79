using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>The section <c>steps</c>, and pipelines that have nothing else.</summary>
public sealed class StepsTests : IDisposable
{
    const string Steps = """
        name: prep
        steps:
          clean:
            run: [python3, clean.py, --limit, "${limit}", "${each}", "${OUTSIDE}", "$${limit}"]
            inputs: [clean.py, lookups/*.csv]
            each: raw/*.csv
            parameters: { limit: 10 }
            environment: [DB_URL]
            secrets: TOKEN
            tools: { python3: 3.11, jq: }
            outputs: clean/${each_name}
            timeout: 1.5m
        """;

    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Fact]
    public void EveryKeyOfAStepIsRead()
    {
        var step = draft.Read(
            Steps, new Dictionary<string, string> { ["OUTSIDE"] = "a ${limit}" }).Steps["clean"];

        step.Run.ShouldBe(
            ["python3", "clean.py", "--limit", "${limit}", "${each}", "a $${limit}", "$${limit}"]);
        step.Inputs.ShouldBe(["clean.py", "lookups/*.csv"]);
        step.Each!.Files.ShouldBe(["raw/*.csv"]);
        step.Parameters.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("limit", "10"));
        step.Environment.ShouldBe(["DB_URL"]);
        step.Secrets.ShouldBe(["TOKEN"]);
        step.Tools.ShouldBe(
            [KeyValuePair.Create("jq", (string?)null), KeyValuePair.Create("python3", (string?)"3.11")]);
        step.Outputs.ShouldBe(["clean/${each_name}"]);
        step.TimeoutSeconds.ShouldBe(90);
    }

    [Fact]
    public void APipelineMayHaveNothingButSteps()
    {
        var pipeline = draft.Read("name: prep\nsteps: { a: { run: [true] } }");

        pipeline.Learns.ShouldBeFalse();
        pipeline.Data.Sources.ShouldBeEmpty();
        draft.Read(PipelineDraft.Smallest).Learns.ShouldBeTrue();
        draft.Problems("name: prep").ShouldContain("data.sources is missing");
    }

    [Fact]
    public void AScriptIsLeftToItsShell()
    {
        var step = draft.Read("""
            name: prep
            steps:
              a:
                shell: true
                run: |
                  for f in "$each" ${limit} $${x} ${UNSET}; do echo "$f"; done
                outputs: ${limit}.txt
                parameters: { limit: 1 }
            """).Steps["a"];

        step.Run.ShouldBe(["for f in \"$each\" ${limit} $${x} ${UNSET}; do echo \"$f\"; done\n"]);
        step.Outputs.ShouldBe(["${limit}.txt"]);
    }

    [Theory]
    [InlineData("steps.clean.parameters.limit=20", "20")]
    [InlineData("steps.clean.parameters={limit: 30}", "30")]
    public void AParameterOfAStepIsSetFromOutside(string assignment, string value) =>
        draft.Read(Steps.Replace("${OUTSIDE}", "x", StringComparison.Ordinal), null, assignment)
            .Steps["clean"].Parameters["limit"].ShouldBe(value);

    [Fact]
    public void TheOrderOfStepsAndTheirKeysMeansNothing()
    {
        var one = draft.Read(
            "name: p\nsteps: { a: { run: [x], parameters: { c: 1, b: 2 } }, b: { run: [y] } }");
        var other = draft.Read(
            "name: p\nsteps: { b: { run: y }, a: { parameters: { b: 2, c: 1 }, run: x } }");

        PipelineDraft.Json(one).ShouldBe(PipelineDraft.Json(other));
    }

    [Theory]
    [InlineData("steps.clean/*.csv", "clean", "*.csv")]
    [InlineData("steps.clean", "clean", "**")]
    [InlineData("steps.clean/", "clean", "**")]
    [InlineData("steps.a-b/c/d/*", "a-b", "c/d/*")]
    public void AReferenceNamesAStepAndItsOutputs(string text, string step, string pattern) =>
        StepReference.Of(text).ShouldBe(new StepReference(text, step, pattern));

    [Theory]
    [InlineData("raw/steps.csv")]
    [InlineData("./steps.clean/a")]
    [InlineData("stepsclean")]
    public void EverythingElseIsAGlob(string text) => StepReference.Of(text).ShouldBeNull();
}
