using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

public sealed class PipelineFolderTests : IDisposable
{
    static readonly Dictionary<string, string> NoVariables = [];

    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Fact]
    public void PipelinesComeInOrderOfTheirNames()
    {
        Write("zebra", folder: "a");
        Write("ant", folder: "b");
        Directory.CreateDirectory(Path.Combine(draft.Folder, "no-pipeline"));

        Names(null).ShouldBe(["ant", "zebra"]);
        Names(["zebra"]).ShouldBe(["zebra"]);
    }

    [Fact]
    public void AMistakeInAPipelineThatNobodyAskedForDoesNotMatter()
    {
        Write("ant", folder: "a");
        draft.Write(PipelineDraft.Smallest + "\nodd: 1", "b");

        Names(["ant"]).ShouldBe(["ant"]);
        draft.Problems(() => Names(null)).ShouldStartWith("b/pipeline.yaml(7,1) [odd]: YAML-005");
    }

    [Fact]
    public void AllMistakesOfAllFilesAreSaidAtOnce()
    {
        draft.Write("name: a", "a");
        draft.Write("name: [b", "b");
        var problems = draft.Problems(() => Names(null));

        problems.ShouldContain("a/pipeline.yaml(1,1) [train.label]: YAML-006");
        problems.ShouldContain("b/pipeline.yaml(2,1): YAML-002");
    }

    [Fact]
    public void AMistakeOfTheCommandLineIsSaidOnce()
    {
        Write("ant", folder: "a");
        Write("bee", folder: "b");

        draft.Problems(() => PipelineFile.ReadAll(draft.Folder, null, NoVariables, ["train.sed=3"]))
            .ShouldBe("""
            --set [train.sed]: YAML-005: 'sed' is not a key of train
              expected one of task, label, positive, features, trainer, seed, sweep
              next     did you mean 'seed'?
            """);
    }

    [Fact]
    public void AnUnknownNameIsToldTheNearest()
    {
        Write("churn", folder: "a");
        Write("demand", folder: "b");

        draft.Problems(() => Names(["chrun", "x"]))
            .Replace(draft.Folder, "pipelines", StringComparison.Ordinal).ShouldBe("""
            pipelines: YAML-012: There is no pipeline 'chrun'
              expected one of churn, demand
              next     did you mean 'churn'?
            pipelines: YAML-012: There is no pipeline 'x'
              expected one of churn, demand
            """);
    }

    [Fact]
    public void TwoPipelinesOfOneNameAreRefused()
    {
        Write("churn", folder: "a");
        Write("churn", folder: "b");

        draft.Problems(() => Names(null)).ShouldBe("""
            b/pipeline.yaml [name]: YAML-012: Two pipelines are called 'churn'
              expected a name of its own for each pipeline
              actual   also in a/pipeline.yaml
              next     rename one of them
            """);
    }

    [Fact]
    public void AnEmptyOrAbsentFolderIsSaid()
    {
        draft.Problems(() => Names(null)).ShouldContain("YAML-012: There are no pipelines");
        draft.Problems(() => PipelineFile.ReadAll(Path.Combine(draft.Folder, "none"), null, NoVariables, []))
            .ShouldContain("none: YAML-012: There are no pipelines");
        draft.Problems(() => PipelineFile.Read(Path.Combine(draft.Folder, "x.yaml"), NoVariables, []))
            .ShouldBe("""
            x.yaml: YAML-001: The file cannot be read
              expected a readable file
              actual   there is no such file
            """);
    }

    void Write(string name, string folder) =>
        draft.Write(PipelineDraft.Smallest.Replace(
            "name: churn\n", $"name: {name}\n", StringComparison.Ordinal), folder);

    IEnumerable<string> Names(IReadOnlyList<string>? names) =>
        PipelineFile.ReadAll(draft.Folder, names, NoVariables, []).Select(pipeline => pipeline.Name);
}
