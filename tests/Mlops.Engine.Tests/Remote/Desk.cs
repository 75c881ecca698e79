using System.Collections.Concurrent;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// One machine: a workspace, raw files and a graph over them, and what it was told about the remote.
/// </summary>
sealed class Desk : IRunObserver, IDisposable
{
    /// <summary>Four steps, two of them over raw files, one over two others.</summary>
    public static SumGraph Shape { get; } = new(
    [
        new SumStep(1, [], [0, 1]), new SumStep(2, [0], []),
        new SumStep(3, [0, 1], [2]), new SumStep(4, [2], []),
    ]);

    static readonly long[] Values = [4, 3, 2, 1];

    /// <summary>What a server holds after one machine has built everything and stored it.</summary>
    static readonly Lazy<Dictionary<string, byte[]>> Warm = new(() =>
    {
        using var server = new RemoteServer();
        using var ci = new Desk();
        ci.Run(Options(server.Url, writes: true));
        ci.Noticed.ShouldBeEmpty();
        return server.Entries.ToDictionary();
    });

    public Desk() => Write(Values);

    public Bench Bench { get; } = new();

    public ConcurrentQueue<Problem> Noticed { get; } = new();

    public RemoteTraffic? Traffic { get; private set; }

    public static RemoteServer WarmServer()
    {
        var server = new RemoteServer();
        foreach (var (path, content) in Warm.Value)
            server.Entries[path] = content;
        return server;
    }

    public void Write(IReadOnlyList<long> values)
    {
        foreach (var (source, value) in values.Index())
            Bench.WriteSource(FormattableString.Invariant($"{source}.txt"), value);
    }

    public static RemoteOptions Options(Uri url, bool writes, double patienceSeconds = 20) =>
        new(url, writes, () => 0.5)
        {
            Patience = TimeSpan.FromSeconds(patienceSeconds),
            Pause = TimeSpan.FromMilliseconds(1),
        };

    public RunResult Run(RemoteOptions? remote, SumGraph? shape = null) =>
        Run(remote, shape ?? Shape, out _, out _);

    public RunResult Run(
        RemoteOptions? remote, SumGraph shape, out IReadOnlyList<Node<Total>> nodes, out Run run)
    {
        using var engine = Engine(Bench.Open(), remote, shape, out nodes);
        run = engine.Start(nodes, CancellationToken.None);
        var result = run.Completion.GetAwaiter().GetResult();
        Traffic = engine.Traffic;
        return result;
    }

    public Plan Plan(RemoteOptions? remote, SumGraph? shape = null)
    {
        using var engine = Engine(Bench.Open(), remote, shape ?? Shape, out var nodes);
        return engine.Plan(nodes);
    }

    public StageCall CallOf(int step)
    {
        var workspace = Bench.Open();
        var nodes = Shape.Draw(Bench, workspace.ResolveSources(Bench.Sources, ["*.txt"]));
        return nodes[step].Bind(
            new Upstream(_ => throw new InvalidOperationException("The first step stands on nothing.")));
    }

    /// <summary>
    /// The values of all steps, by a run without any remote in which nothing may execute;
    /// the store read whole.
    /// </summary>
    public IReadOnlyList<long?> KeptValues(SumGraph? shape = null)
    {
        Bench.Sabotaged = true;
        var result = Run(null, shape ?? Shape, out var nodes, out var run);
        Bench.Sabotaged = false;
        result.Steps.ShouldAllBe(step =>
            step.Status == StepStatus.Reused || step.Status == StepStatus.Blocked);
        var artifacts = Path.Combine(Bench.WorkspaceDirectory, "cas");
        foreach (var file in Directory.GetFiles(artifacts, "*", SearchOption.AllDirectories))
            Digest.Of(File.ReadAllBytes(file)).ToString().ShouldBe(Path.GetFileName(file));
        Directory.GetFileSystemEntries(Path.Combine(Bench.WorkspaceDirectory, "tmp")).ShouldBeEmpty();
        return [.. nodes.Select(node => run.Output(node)?.Value)];
    }

    public static IReadOnlyList<long?> RightValues => Shape.Oracle(Values, new HashSet<string>());

    /// <summary>Nothing was said twice.</summary>
    public void ShouldHaveBeenToldOnce() => Noticed.Select(problem => problem.Id).ShouldBeUnique();

    public void Dispose() => Bench.Dispose();

    BuildEngine Engine(
        Workspace workspace, RemoteOptions? remote, SumGraph shape, out IReadOnlyList<Node<Total>> nodes)
    {
        nodes = shape.Draw(Bench, workspace.ResolveSources(Bench.Sources, ["*.txt"]));
        return new BuildEngine(workspace,
            new EngineOptions(4, this, "test", Stages: [Bench.Add, Bench.ParseSource]) { Remote = remote });
    }

    void IRunObserver.Started(StepName step, IReadOnlyList<string> reasons)
    {
    }

    void IRunObserver.Progress(StepName step, string text)
    {
    }

    void IRunObserver.Waiting(StepName step, string holder)
    {
    }

    void IRunObserver.Healing(StepName step, Artifact artifact)
    {
    }

    void IRunObserver.Settled(StepResult result)
    {
    }

    void IRunObserver.Noticed(Problem problem) => Noticed.Enqueue(problem);
}
