using System.Globalization;

namespace Mlops.Engine.Tests.Crashing;

/// <summary>
/// A small project that is built, changed and built again: steps on steps, calls inside them, raw files, and
/// an output of each step for people. What comes out is known without any engine.
/// </summary>
sealed class Project(Bench bench)
{
    public const int Versions = 3;

    static readonly SumGraph Shape = new(
    [
        new SumStep(1, [], [0, 1]), new SumStep(2, [0], [1]), new SumStep(3, [0, 1], []),
    ]);

    public string Output => Path.Combine(bench.Root, "out");

    public void WriteSources()
    {
        for (var source = 0; source < SumGraph.SourceCount; source++)
            bench.WriteSource($"{source}.txt", source + 1);
    }

    /// <summary>The versions differ in a parameter of the second step.</summary>
    static SumGraph ShapeOf(int version) => Shape.Changed(1, 2 + version % Versions);

    /// <summary>Runs a version and places what it gives; each version under file names of its own.</summary>
    /// <param name="changing">Is told before every single change on disk.</param>
    public async Task<RunResult> Build(int version, Action<string>? changing = null, int workers = 1)
    {
        var workspace = Workspace.Open(bench.WorkspaceDirectory, TimeProvider.System, changing);
        using var use = workspace.Use(() => { });
        var nodes = ShapeOf(version).Draw(bench, workspace.ResolveSources(bench.Sources, ["*.txt"]));
        var run = Bench.Engine(workspace, workers).Start(nodes, CancellationToken.None);
        var result = await run.Completion;
        var outputs = workspace.OutputsIn(Output);
        foreach (var node in nodes)
            if (run.Output(node) is { } total)
                outputs.Place(node.Name, [new OutputFile(total.Text, $"{node.Name.Stage}/{version}.txt")]);
        workspace.Remember(
            new NoteName("last"),
            System.Text.Encoding.UTF8.GetBytes(version.ToString(CultureInfo.InvariantCulture)));
        return result;
    }

    public Task<Freed> Collect(Action<string>? changing = null, int keepRuns = 1) =>
        Collector(changing, keepRuns).Collect(TimeSpan.FromMinutes(2), () => { }, CancellationToken.None);

    public Freed PlanCollection() => Collector(null, 1).Plan();

    Collector Collector(Action<string>? changing, int keepRuns)
    {
        var rules = new CollectionRules(
            keepRuns, TimeSpan.Zero, null, new HashSet<string> { "p" })
        { Grace = TimeSpan.Zero };
        return new Collector(Workspace.Open(bench.WorkspaceDirectory, TimeProvider.System, changing), rules);
    }

    /// <summary>
    /// The output folder holds exactly what the version gives, and every entry of the store is what it says.
    /// </summary>
    public void ShouldBeWholeAfter(int version)
    {
        OutputTexts().ShouldBe(Expected(version));
        EveryEntryShouldBeWhole();
        Directory.GetFileSystemEntries(Path.Combine(bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
    }

    public void EveryEntryShouldBeWhole()
    {
        foreach (var file in FilesBelow(Path.Combine(bench.WorkspaceDirectory, "cas")))
            Digest.Of(File.ReadAllBytes(file)).ToString().ShouldBe(Path.GetFileName(file));
        foreach (var folder in (string[])["traces", "notes"])
            foreach (var file in FilesBelow(Path.Combine(bench.WorkspaceDirectory, folder)))
                Sealed.Open(File.ReadAllBytes(file)).ShouldNotBeNull(file);
    }

    static IEnumerable<string> FilesBelow(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    SortedDictionary<string, string> OutputTexts()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in FilesBelow(Output))
            texts[Path.GetRelativePath(Output, file)] = File.ReadAllText(file);
        return texts;
    }

    static SortedDictionary<string, string> Expected(int version)
    {
        var values = ShapeOf(version).Oracle([1, 2, 3, 4], new HashSet<string>());
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (step, value) in values.Index())
            texts[$"Step{step}/{version}.txt"] = $"total {value}";
        return texts;
    }
}
