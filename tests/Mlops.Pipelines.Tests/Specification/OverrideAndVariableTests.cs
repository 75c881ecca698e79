namespace Mlops.Pipelines.Tests.Specification;

public sealed class OverrideAndVariableTests : IDisposable
{
    readonly PipelineDraft draft = new();

    public void Dispose() => draft.Dispose();

    [Theory]
    [InlineData("train.trainer.leaves=64", "trainer: { name: fast-tree, leaves: 64 }")]
    [InlineData("train.trainer=sdca", "trainer: sdca")]
    [InlineData("train.trainer={ name: light-gbm, trees: 7 }", "trainer: { name: light-gbm, trees: 7 }")]
    [InlineData("train.features.exclude=[a, b]", "features: { exclude: [a, b] }")]
    [InlineData("train.positive=\"1\"", "positive: '1'")]
    public void AnOverrideIsAsIfItHadBeenWritten(string assignment, string written)
    {
        var yaml = PipelineDraft.Smallest + "\n  trainer: fast-tree";
        var expected = yaml.Replace("trainer: fast-tree", written, StringComparison.Ordinal);

        PipelineDraft.Json(draft.Read(yaml, null, assignment))
            .ShouldBe(PipelineDraft.Json(draft.Read(expected)));
    }

    [Fact]
    public void TheLastOverrideWinsAndNothingMeansTheDefault()
    {
        draft.Read(PipelineDraft.Smallest, null, "train.seed=2", "train.seed=3").Train.Seed.ShouldBe(3);
        draft.Read(PipelineDraft.Smallest + "\n  seed: 2", null, "train.seed=").Train.Seed.ShouldBe(1);
    }

    [Fact]
    public void AnOverrideReachesIntoListsAndQuotedNames()
    {
        var yaml = PipelineDraft.Smallest + """

            evaluate:
              gates: [{ metric: auc, min: 0.5 }]
            """;
        var pipeline = draft.Read(
            yaml, null, "evaluate.gates[0].min=0.9", "evaluate.gates[1]={ metric: f1, min: 0.1 }",
            "validate.columns.\"unit.price\".min=3");

        pipeline.Evaluate.Gates.ShouldBe([new("auc", 0.9), new("f1", 0.1)]);
        pipeline.Validate.Columns.ShouldBe([new("unit.price", Min: 3)]);
    }

    [Fact]
    public void VariablesStandForTheirValues()
    {
        var variables = new Dictionary<string, string>
        {
            ["FOLDER"] = "/data",
            ["TREES"] = "12",
            ["ODD"] = "a: [${FOLDER}",
        };
        var pipeline = draft.Read(
            PipelineDraft.Smallest + "\n  trainer: { name: fast-tree, trees: \"${TREES}\" }", variables,
            "data.sources=['${FOLDER}/${TREES}.csv', '$${FOLDER}', '${ODD}', 'a$b']");

        pipeline.Train.Trainer.Trees.ShouldBe(12);
        pipeline.Data.Sources.ShouldBe(["/data/12.csv", "${FOLDER}", "a: [${FOLDER}", "a$b"]);
    }
}
