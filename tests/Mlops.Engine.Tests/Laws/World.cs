using System.Collections.Concurrent;

namespace Mlops.Engine.Tests.Laws;

/// <summary>
/// A folder of raw files and a workspace, and everything about them that a history changes.
/// </summary>
sealed class World : IDisposable
{
    const string InMemory = "/dev/shm";

    readonly string root = Directory.CreateDirectory(Path.Combine(
        Directory.Exists(InMemory) ? InMemory : Path.GetTempPath(),
        $"mlops-laws-{Guid.NewGuid():N}")).FullName;

    int workspaces;

    public World(GraphShape shape, long[] numbers)
    {
        Shape = shape;
        Directory.CreateDirectory(Sources);
        foreach (var (index, number) in numbers.Index())
            Write(index, number, "");
    }

    public GraphShape Shape { get; set; }

    public StageState State { get; set; } = new(1, 1, "none", []);

    /// <summary>By index of the raw file, for those that are there.</summary>
    public Dictionary<int, (string Name, long Number)> Files { get; } = [];

    public IReadOnlyDictionary<int, string> Names =>
        Files.ToDictionary(file => file.Key, file => file.Value.Name);

    /// <summary>
    /// By how much the engine's clock is ahead: a little later, all files are old enough to be known.
    /// </summary>
    public TimeSpan Ahead { get; set; }

    public bool WasCancelled { get; set; }

    public string Sources => Path.Combine(root, "raw");

    public string WorkspaceDirectory =>
        Path.Combine(root, FormattableString.Invariant($"workspace-{workspaces}"));

    public ConcurrentQueue<BodyRun> Ended { get; } = new();

    public Workspace Open() => Workspace.Open(WorkspaceDirectory, new ClockAhead(Ahead));

    /// <param name="time">What the file's time is set to; null leaves it.</param>
    public void Write(int index, long number, string junk, DateTime? time = null)
    {
        var name = Files.TryGetValue(index, out var file)
            ? file.Name
            : FormattableString.Invariant($"s{index}.txt");
        var path = Path.Combine(Sources, name);
        var before = FileStamp.Of(path);
        do
        {
            // Under a clock that is ahead a second write within one tick of the file system would not be
            // seen, and on a machine that is not alone a tick may take its time.
            if (Ahead > TimeSpan.Zero)
                Thread.Sleep(12);
            File.WriteAllText(path, FormattableString.Invariant($"{number} {index}{junk}"));
            if (time is { } set)
                File.SetLastWriteTimeUtc(path, set);
        }
        while (FileStamp.Of(path) == before);
        Files[index] = (name, number);
    }

    public void Rename(int index)
    {
        if (!Files.TryGetValue(index, out var file))
            return;
        var name = file.Name.StartsWith('s') ? $"r{file.Name}" : file.Name[1..];
        File.Move(Path.Combine(Sources, file.Name), Path.Combine(Sources, name));
        Files[index] = (name, file.Number);
    }

    public void Delete(int index)
    {
        if (Files.Remove(index, out var file))
            File.Delete(Path.Combine(Sources, file.Name));
    }

    /// <summary>As on another machine: nothing is there but what is copied.</summary>
    public void MoveToAnotherWorkspace(bool copied)
    {
        var before = WorkspaceDirectory;
        workspaces++;
        if (copied && Directory.Exists(before))
            foreach (var file in Directory.EnumerateFiles(before, "*", SearchOption.AllDirectories))
            {
                var path = Path.Combine(WorkspaceDirectory, Path.GetRelativePath(before, file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, File.ReadAllBytes(file));
            }
    }

    /// <param name="names">By index of the raw file.</param>
    public static IReadOnlyDictionary<int, SourceFile> Resolve(
        Workspace workspace, string sources, IReadOnlyDictionary<int, string> names)
    {
        var listed = workspace.ResolveSources(sources, ["*.txt"]).Files
            .ToDictionary(file => file.Name, StringComparer.Ordinal);
        listed.Count.ShouldBe(names.Count);
        return names.ToDictionary(file => file.Key, file => listed[file.Value]);
    }

    /// <summary>The raw files as they really are, without the index.</summary>
    public IReadOnlyDictionary<int, SourceFile> ReallyThere() => Files.ToDictionary(file => file.Key, file =>
    {
        var bytes = File.ReadAllBytes(Path.Combine(Sources, file.Value.Name));
        return new SourceFile(file.Value.Name, Digest.Of(bytes), bytes.Length);
    });

    /// <param name="believed">Keys that have a trace.</param>
    public Oracle Oracle(IEnumerable<Digest> believed) => new Oracle(
        State, ReallyThere(), Files.ToDictionary(file => file.Key, file => file.Value.Number),
        believed.ToHashSet()).Of(Shape);

    public IReadOnlyList<Node<Total>> Draw(Workspace workspace, Action began) =>
        Shape.Draw(new Arithmetic(State, Ended.Enqueue, began).Add, Resolve(workspace, Sources, Names));

    public void Dispose() => Directory.Delete(root, recursive: true);

    sealed class ClockAhead(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
