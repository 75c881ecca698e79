using System.Collections.Concurrent;
using System.Globalization;

namespace Mlops.Engine.Tests;

/// <summary>
/// A workspace in a folder of its own, stages that add numbers, and a record of what really ran.
/// </summary>
sealed class Bench : IDisposable
{
    readonly string root;

    /// <param name="folder">An existing one to work in; null for a fresh one.</param>
    public Bench(string? folder = null)
    {
        root = folder ?? Directory.CreateTempSubdirectory("mlops-engine-").FullName;
        ParseSource = new Stage<Digest, long>(
            "ParseSource", 1, "none", NumbersJson.Default.Digest, NumbersJson.Default.Int64, ParseSourceBody);
        Add = new Stage<Sum, Total>(
            "Add", 1, "none", NumbersJson.Default.Sum, NumbersJson.Default.Total, AddBody);
    }

    public string Root => root;

    public string Sources => Directory.CreateDirectory(Path.Combine(root, "sources")).FullName;

    public string WorkspaceDirectory => Path.Combine(root, "workspace");

    /// <summary>Bodies that ran, as "Add:a" and "ParseSource:&lt;number&gt;".</summary>
    public ConcurrentQueue<string> Ran { get; } = new();

    /// <summary>Parameters of sums that end in a fault.</summary>
    public HashSet<string> Faulty { get; } = [];

    /// <summary>Whether a body that runs at all is an error.</summary>
    public bool Sabotaged { get; set; }

    public Stage<Digest, long> ParseSource { get; }

    public Stage<Sum, Total> Add { get; }

    public Workspace Open() => Workspace.Open(WorkspaceDirectory, TimeProvider.System);

    public void WriteSource(string name, long value)
    {
        var path = Path.Combine(Sources, name);
        File.WriteAllText(path, value.ToString(CultureInfo.InvariantCulture));
        // Old enough not to be racy.
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    public RunResult Run(Workspace workspace, IReadOnlyList<Node> nodes, int workers = 4) =>
        Engine(workspace, workers).Start(nodes, CancellationToken.None).Completion.GetAwaiter().GetResult();

    public static BuildEngine Engine(Workspace workspace, int workers = 4) =>
        new(workspace, new EngineOptions(workers, new NoObserver(), "test"));

    public IReadOnlyList<string> TakeRan()
    {
        var ran = Ran.Order(StringComparer.Ordinal).ToList();
        Ran.Clear();
        return ran;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    async Task<long> ParseSourceBody(StageContext context, Digest source)
    {
        using var reader = new StreamReader(context.OpenSource(source));
        var value = long.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
        Note($"ParseSource:{value}");
        return value;
    }

    /// <remarks>
    /// Negative totals are rejected; only the sign and the last digit of a total leave the stage, so that
    /// different inputs often give equal output.
    /// </remarks>
    async Task<Total> AddBody(StageContext context, Sum input)
    {
        Note($"Add:{input.Parameter}");
        if (Faulty.Contains(input.Parameter))
            throw new IOException($"{input.Parameter} is faulty");
        var parsed = await context.CallAll(ParseSource, input.Sources.Select(source => source.Digest));
        var total = (input.Terms.Sum() + parsed.Sum() + input.Parameter.Length) % 10;
        var text = await context.Write(
            "text/plain",
            stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"total {total}")).AsTask());
        return new Total(total, text, total < 0 ? new Judgement(false, ["negative"]) : Judgement.Accept);
    }

    void Note(string what)
    {
        if (Sabotaged)
            throw new InvalidOperationException($"{what} ran although its key has a trace");
        Ran.Enqueue(what);
    }
}
