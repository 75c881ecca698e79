using System.Text;

namespace Mlops.Engine.Tests.Programs;

/// <summary>A workspace, a folder of raw files, and programs that run over them.</summary>
sealed class ProgramBench : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-programs-").FullName;

    public ProgramBench()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are POSIX shell scripts.");
        Directory.CreateDirectory(Sources);
    }

    public string Sources => Path.Combine(root, "sources");

    public string WorkspaceDirectory { get; set => field = value; } = "";

    /// <summary>Counts executions: a file outside that programs append a line to, by its full path.</summary>
    public string Journal => Path.Combine(root, "journal");

    public Dictionary<string, string> Variables { get; } = [];

    public int Workers { get; init; } = 4;

    public string PathOf(string name) => Path.Combine(root, name);

    public IReadOnlyList<string> TakeJournal()
    {
        if (!File.Exists(Journal))
            return [];
        string[] lines = [.. File.ReadAllLines(Journal).Order(StringComparer.Ordinal)];
        File.Delete(Journal);
        return lines;
    }

    public ProgramBench WithSource(string name, string content) =>
        WithSource(name, Encoding.UTF8.GetBytes(content));

    public ProgramBench WithSource(string name, byte[] content)
    {
        var path = Path.Combine(Sources, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    public Workspace Open() => Workspace.Open(
        WorkspaceDirectory.Length > 0 ? WorkspaceDirectory : Path.Combine(root, "workspace"),
        TimeProvider.System);

    public ProgramHost Host => new(Environment.GetEnvironmentVariable("PATH")!, Variables);

    public static ProgramInput Shell(string script, params string[] outputs) => new(
        [script], true, [], [], null,
        new SortedDictionary<string, string>(StringComparer.Ordinal), [], [], outputs, null);

    public static ProgramInput Exec(string[] run, params string[] outputs) =>
        Shell("", outputs) with { Run = run, Shell = false };

    public IReadOnlyList<SourceFile> Files(Workspace workspace, params string[] globs) =>
        workspace.ResolveSources(Sources, globs).Files;

    /// <summary>Runs one step in a fresh process's view of the workspace, over raw files by glob.</summary>
    public StepResult Run(ProgramInput input, params string[] globs)
    {
        var workspace = Open();
        return RunBound(workspace, input with { Inputs = Files(workspace, globs) });
    }

    public StepResult RunUntil(ProgramInput input, CancellationToken cancellation) =>
        Execute(Open(), input, cancellation);

    public StepResult RunBound(Workspace workspace, ProgramInput bound) =>
        Execute(workspace, bound, CancellationToken.None);

    StepResult Execute(Workspace workspace, ProgramInput bound, CancellationToken cancellation)
    {
        var step = new Graph().Step(
            new StepName("p", null, "steps.s"), ProgramStage.Create(Host), [], _ => bound, "steps.s");
        return new BuildEngine(workspace, new EngineOptions(Workers, new NoObserver(), "test"))
            .Start([step], cancellation).Completion.GetAwaiter().GetResult().Steps.ShouldHaveSingleItem();
    }

    public static ProgramOutput OutputOf(StepResult result)
    {
        result.Status.ShouldBeOneOf(
            [StepStatus.Executed, StepStatus.Reused], string.Join('\n', result.Problems));
        return result.Trace!.Record.Deserialize(ProgramsJson.Default.ProgramOutput)!;
    }

    public string TextOf(StepResult result, string name) =>
        Text(OutputOf(result).Files.Single(file => file.Name == name).File);

    public string Text(Artifact? artifact) =>
        File.ReadAllText(Open().Artifacts.Locate(artifact.ShouldNotBeNull()));

    public static Problem ProblemOf(StepResult result)
    {
        result.Status.ShouldBe(StepStatus.Failed);
        return result.Problems.ShouldHaveSingleItem();
    }

    public void Dispose()
    {
        AtomicFiles.Remove(root);
    }
}
