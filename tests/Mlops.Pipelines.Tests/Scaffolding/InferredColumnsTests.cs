using Mlops.Engine;
using Mlops.Pipelines.Scaffolding;
using Mlops.Pipelines.Specification;

namespace Mlops.Pipelines.Tests.Scaffolding;

public sealed class InferredColumnsTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-inferred-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    static string Yaml(string columns = "") => $$"""
        # kept as it is
        name: shop

        data:
          sources:
            - a.csv   # raw
            - b.jsonl
        {{columns}}  # the key
          key: id

        # what is learnt
        train: { task: regression, label: price }
        package: { version: 0.1.0 }
        """;

    async Task<(InferredColumns Inferred, string Text)> Infer(string yaml, bool force = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "shop")).FullName;
        var ct = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "id,city,price\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => $"{i},{(i % 2 == 0 ? "Rome" : "Oslo")},{i * 0.5}\n")), ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "b.jsonl"), "{\"id\":40,\"city\":null,\"price\":7}\n", ct);
        var file = Path.Combine(folder, "pipeline.yaml");
        await File.WriteAllTextAsync(file, yaml, ct);
        var pipeline = PipelineFile.ReadAll(root, null, new Dictionary<string, string>(), [])
            .ShouldHaveSingleItem();
        var workspace = Workspace.Open(Path.Combine(root, ".mlops"), TimeProvider.System);
        var inferred = await InferredColumns.Write(pipeline, workspace, force, ct);
        return (inferred, await File.ReadAllTextAsync(file, ct));
    }

    [Fact]
    public async Task TheSectionComesBehindTheSourcesWithItsEvidenceAndNothingElseChanges()
    {
        var (inferred, text) = await Infer(Yaml());
        text.ShouldBe(Yaml("""
              columns:  # inferred; take this remark away when the types are yours
                id: integer  # none missing; all different; 0 to 40
                city: text  # 2.4 % missing; 2 distinct; mostly 'Oslo', 'Rome'; perhaps a category
                price: real  # none missing; 40 distinct; 0 to 19.5

            """));
        inferred.Changes.Count.ShouldBe(4);
        inferred.Changes.ShouldAllBe(line => line.StartsWith("+ "));
        PipelineFile.ReadAll(
            root, null, new Dictionary<string, string>(), [])[0].Data.Columns!.Count.ShouldBe(3);
        var (again, same) = await Infer(text);
        again.Changes.ShouldBeEmpty();
        same.ShouldBe(text);
    }

    [Fact]
    public async Task ColumnsThatAPersonDeclaredAreReplacedByForceAlone()
    {
        var own = Yaml("  columns:\n    id: text\n    price: real\n");
        (await Should.ThrowAsync<ProblemException>(() => Infer(own))).Problems
            .ShouldHaveSingleItem().Id.ShouldBe("PIPE-014");
        (await File.ReadAllTextAsync(Path.Combine(root, "shop", "pipeline.yaml"),
            TestContext.Current.CancellationToken)).ShouldBe(own);
        var (inferred, text) = await Infer(own, force: true);
        inferred.Changes.ShouldContain("-     id: text");
        text.ShouldContain("    id: integer  #");
        text.ShouldEndWith(
            "  # the key\n  key: id\n\n# what is learnt\ntrain: { task: regression, label: "
            + "price }\npackage: { version: 0.1.0 }");
    }

    [Fact]
    public async Task AFileWithoutPlaceForColumnsIsLeftAlone() =>
        (await Should.ThrowAsync<ProblemException>(() => Infer(
            "name: shop\ndata: { sources: a.csv }\ntrain: { task: regression, label: price }\npackage: "
            + "{ version: 0.1.0 }\n")))
            .Problems.ShouldHaveSingleItem().Id.ShouldBe("PIPE-015");
}
