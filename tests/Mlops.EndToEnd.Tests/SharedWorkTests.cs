namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Several machines build a share each, and one joins what they made: nothing is made twice.
/// </summary>
public sealed class SharedWorkTests : IDisposable
{
    readonly Workbench bench = new();

    [Fact]
    public void TheSharesAreTheWholeAndJoiningThemMakesNothingButThePages()
    {
        foreach (var name in new[] { "first", "second", "cells" })
            bench.WithPipeline(name, Yaml(name)).WithFile($"pipelines/{name}/data.csv", Data);

        var one = Share("1/2", "one").Executed;
        var two = Share("2/2", "two").Executed;

        // Pipelines without a matrix go one each, in their order; so do the cells of a matrix.
        one.Where(IsTrain).Order().ShouldBe(["cells[basic]/Train", "first/Train"]);
        two.Where(IsTrain).Order().ShouldBe(["cells[gold]/Train", "second/Train"]);
        Unite("one", "joined");
        Unite("two", "joined");
        var joined = Run("joined", "Report").ShouldExit(0).Executed;
        joined.ShouldAllBe(step => step.EndsWith("Report") || step == "Index");
        joined.Count(step => step.EndsWith("Report")).ShouldBe(4);
        File.ReadAllText(Path.Combine(bench.Output, "index.html")).ShouldContain("second");
        Run("joined", "Report").ShouldExit(0).Executed.ShouldBeEmpty();
    }

    [Fact]
    public void AShareThatIsNoneIsRefused() =>
        bench.Run("--partition", "3/2").ShouldExit(2).ShouldSay("--partition", "2/3");

    public void Dispose() => bench.Dispose();

    static bool IsTrain(string step) => step.EndsWith("/Train", StringComparison.Ordinal);

    BuildRun Share(string partition, string workspace) =>
        Run(workspace, "Package", "--partition", partition).ShouldExit(0);

    BuildRun Run(string workspace, params string[] arguments)
    {
        bench.Workspace = bench.PathOf(workspace);
        return bench.Run(arguments);
    }

    /// <summary>As CI servers do: one folder is laid over the other.</summary>
    void Unite(string from, string into)
    {
        foreach (var file in Directory.GetFiles(bench.PathOf(from), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(bench.PathOf(into), Path.GetRelativePath(bench.PathOf(from), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    static string Yaml(string name) => $$"""
        name: {{name}}
        {{(name == "cells" ? "matrix: { column: plan }" : "")}}
        data: { sources: "*.csv", key: [id], columns: { id: integer, age: integer, plan: text, left: boolean } }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: binary, label: left, trainer: { name: fast-tree, trees: 5, min-rows-per-leaf: 2 } }
        evaluate: { metrics: [auc], gates: [] }
        package: { version: 1.0.0 }
        """;

    static string Data => "id,age,plan,left\n" + string.Concat(Enumerable.Range(0, 400).Select(
        i => $"{i},{20 + i % 50},{(i % 3 == 0 ? "gold" : "basic")},{(i % 50 > 20 ? "true" : "false")}\n"));
}
