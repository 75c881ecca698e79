using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Pipelines.Tests.Specification;

public sealed class JsonSchemaTests
{
    static readonly string SchemaFile = Path.Combine(RepositoryRoot.Path, "pipelines/pipeline.schema.json");

    public static TheoryData<string> Samples => [.. Directory
        .EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "pipelines"))
        .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheCommittedSchemaIsFresh()
    {
        var received = Path.Combine(AppContext.BaseDirectory, "pipeline.schema.json");
        File.WriteAllText(received, PipelineFile.JsonSchema());

        (File.ReadAllText(SchemaFile) == PipelineFile.JsonSchema())
            .ShouldBeTrue($"The declarations changed: copy {received} over {SchemaFile}");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ASampleIsValidForReaderAndSchema(string pipeline)
    {
        var file = Path.Combine(RepositoryRoot.Path, "pipelines", pipeline, "pipeline.yaml");

        PipelineFile.Read(file, new Dictionary<string, string>(), []).Name.ShouldBe(pipeline);
        (await Faults(File.ReadAllText(file))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "data: { sources: a, columns: { y: int32, b: 'decimal(12, 2)', c: { type: timestamp with zone, zone: "
        + "UTC }, d: { type: category, levels: [x, 1] } } }")]
    [InlineData("data: { sources: [a, b], format: tsv, columns: { day: date, y: { type: real } } }")]
    [InlineData("data: { sources: a, format: { thousands: \" \", dates: [d.M.yyyy] }, columns: { "
        + "d: { type: date, format: [d/M/yyyy, M/d/yyyy] }, "
        + "y: { type: real, thousands: \"\", missing: [], decimal: \",\" } } }")]
    [InlineData("split:\n  holdout-share: ${SHARE}")]
    [InlineData("name: console")]
    [InlineData("name: aux-1")]
    [InlineData("matrix: market")]
    [InlineData("matrix: { column: market, values: [1, true, north] }")]
    [InlineData("train: { task: binary, label: y, trainer: lbfgs, positive: 1 }")]
    [InlineData("train: { task: binary, label: y, trainer: { leaves: 3 } }")]
    [InlineData("train: { task: binary, label: y, trainer: { name: sdca, l1: 0.5 } }")]
    [InlineData(
        "steps: { a: { run: [x, 1], each: raw/*.csv, inputs: steps.b, outputs: y, timeout: 90s, parameters: "
        + "{ limit: 10 } }, b: { run: x, outputs: [z/] } }")]
    [InlineData(
        "steps: { a: { run: 'x | y', shell: true, each: { matrix: { m: [1, b] } }, tools: { jq: , dbt: "
        + "1.8 }, secrets: TOKEN } }")]
    public async Task WhatTheReaderTakesTheSchemaTakes(string section)
    {
        using var draft = new PipelineDraft();
        var yaml = Complete(section);

        draft.Read(yaml, new Dictionary<string, string> { ["SHARE"] = "0.3" });
        (await Faults(yaml)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("split: { method: straified }")]
    [InlineData("split: { holdout-share: 1 }")]
    [InlineData("split: { metod: time }")]
    [InlineData("package: { version: 1.0 }")]
    [InlineData("monitor: {}")]
    [InlineData("data: { sources: [] }")]
    [InlineData("data: { format: tsv }")]
    [InlineData("data: { sources: a, columns: { x: number } }")]
    [InlineData("train: { task: binary, label: y, trainer: { name: sdca, leaves: 3 } }")]
    [InlineData("train: { task: binary, label: y, trainer: { trees: 0 } }")]
    [InlineData("train: { task: binary, label: y, features: { date-parts: [weekday] } }")]
    [InlineData("steps: { a: { runs: x } }")]
    [InlineData("steps: { A: { run: x } }")]
    [InlineData("steps: { nul: { run: x } }")]
    [InlineData("name: com1")]
    [InlineData("steps: { a: { run: x, timeout: 5 minutes } }")]
    [InlineData("steps: { a: { run: x, parameters: { 1st: 2 } } }")]
    [InlineData("steps: { a: { run: x, outputs: /y } }")]
    public async Task WhatTheSchemaRefusesTheReaderRefuses(string section)
    {
        using var draft = new PipelineDraft();

        draft.Problems(Complete(section)).ShouldNotBeEmpty();
        (await Faults(Complete(section))).ShouldNotBeEmpty();
    }

    static string Complete(string section)
    {
        var lines = new[] { "name: churn", "data: { sources: a.csv }", "train: { task: binary, label: y }" };
        var key = section[..section.IndexOf(':')];
        return string.Join(
            '\n', lines.Where(line => !line.StartsWith(key, StringComparison.Ordinal)).Append(section));
    }

    static async Task<IEnumerable<string>> Faults(string yaml)
    {
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(PipelineFile.JsonSchema());
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return schema.Validate(Json(stream.Documents[0].RootNode)!.ToJsonString())
            .Select(fault => fault.ToString());
    }

    /// <summary>As an editor sees it: YAML 1.2's core schema.</summary>
    static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode { Value: "true" or "false" } boolean => JsonValue.Create(boolean.Value == "true"),
        YamlScalarNode { Value: "" or "~" or "null" or null } => null,
        YamlScalarNode scalar when long.TryParse(
            scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole,
        YamlScalarNode scalar when double.TryParse(
            scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException(node.GetType().Name),
    };
}
