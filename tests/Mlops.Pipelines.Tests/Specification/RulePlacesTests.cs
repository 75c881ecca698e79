using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Specification;

/// <summary>Whoever is told that a rule was broken is led to the line that asks it.</summary>
public sealed class RulePlacesTests : IDisposable
{
    const string Yaml = """
        name: p
        data:
          sources: "*.csv"
          key: [id]
        validate:
          rows: { min: 10 }
          columns:
            price:
              above: 0
              missing-max-share: 0.1
              quantiles: { 0.95: { max: 3 } }
            mail:
              - { max-length: 80 }
              - { pii: email }
            "item #2": { min: 1 }
          checks:
            - price <= list
            - { rule: net + tax = total, severity: warn }
            - { unique: [day, store] }
          leakage: { label: error }
        train: { task: regression, label: price }
        evaluate:
          metrics: [rmse, mae]
          gates:
            - { metric: rmse, max: 3 }
            - { metric: mae, max: 3 }
            - { metric: mae, max: 2 }
        """;

    readonly string folder = Directory.CreateTempSubdirectory("mlops-places-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("range:price", 9)]
    [InlineData("missing:price", 10)]
    [InlineData("quantile-0.95:price", 11)]
    [InlineData("type:price", 8)]
    [InlineData("length:mail", 13)]
    [InlineData("pii:mail#2", 14)]
    [InlineData("range:item #2", 15)]
    [InlineData("range:item #2#2", 15)]
    [InlineData("row-count", 6)]
    [InlineData("rule:price <= list", 17)]
    [InlineData("rule:net + tax = total", 18)]
    [InlineData("unique:day+store", 19)]
    [InlineData("key-complete:id", 4)]
    [InlineData("label-leakage", 20)]
    [InlineData("overlap", null)]
    [InlineData("constant-columns", null)]
    public void ACheckIsLedToItsRule(string id, int? line) => (Read().OfCheck(id)?.Line).ShouldBe(line);

    [Fact]
    public void AGateIsLedToItsLineOrToTheGates()
    {
        Read().OfGate("rmse")!.Line.ShouldBe(25);
        Read().OfGate("mae")!.Line.ShouldBe(24);
        Read().OfGate("r2")!.Line.ShouldBe(24);
    }

    [Theory]
    [InlineData("Train", 21)]
    [InlineData("Evaluate", 22)]
    [InlineData("Ingest", 2)]
    [InlineData("Split", null)]
    [InlineData("Monitor", null)]
    public void AStepIsLedToItsSection(string stage, int? line) =>
        (Read().OfStage(stage)?.Line).ShouldBe(line);

    RulePlaces Read()
    {
        var path = Path.Combine(folder, "pipeline.yaml");
        File.WriteAllText(path, Yaml);
        return PipelineFile.Read(path, new Dictionary<string, string>(), []).Places!;
    }
}
