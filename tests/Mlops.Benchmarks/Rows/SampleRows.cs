namespace Mlops.Benchmarks.Rows;

/// <summary>The sample pipelines as they come.</summary>
static class SampleRows
{
    const int Steps = 34;

    public static IEnumerable<Row> All(Playground playground)
    {
        Copy(playground, "samples");
        var pipelines = playground.Folder("samples", "pipelines");
        yield return new Row(
            "cold", "everything from nothing: two pipelines, four models, eight reports",
            [playground.Ours("samples", Steps, _ => Clear(playground))], 3);
        playground.Settle("samples");
        yield return new Row("nothing-changed", "the same again", [playground.Ours("samples", 0, null)], 15);
        yield return new Row(
            "touched", "all raw files and YAML with new times and the same bytes",
            [playground.Ours("samples", 0, _ => Playground.Touch(pipelines))], 7);
        yield return new Row(
            "outputs-deleted", "the reports and packages brought back from the store",
            [
                playground.Ours("samples", 0,
                    _ => Directory.Delete(playground.Folder("samples", "out"), recursive: true)) with
                {
                    After = () => File.Exists(Path.Combine(playground.Folder("samples", "out"), "index.html"))
                        ? null
                        : "no front page",
                },
            ], 5);
        yield return new Row(
            "back", "a parameter that was built before: `--set package.version=1.0.1` and back",
            [
                playground.Ours(
                    "samples", 0, _ => playground.Settle("samples", "--set", "package.version=1.0.1"),
                    "--set", "package.version=1.0.0"),
            ], 3);
    }

    public static void Copy(Playground playground, string name)
    {
        var from = Path.Combine(playground.Root, "pipelines");
        foreach (var folder in Directory.GetDirectories(from))
            foreach (var file in Directory.GetFiles(folder))
                File.Copy(file, Path.Combine(playground.Folder(name, "pipelines", Path.GetFileName(folder)),
                    Path.GetFileName(file)), true);
    }

    static void Clear(Playground playground)
    {
        foreach (var folder in new[] { "workspace", "out" })
            Directory.Delete(playground.Folder("samples", folder), recursive: true);
    }
}
