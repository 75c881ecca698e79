using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Mlops.Engine.Tests.Laws;

/// <summary>What a process of its own is to run.</summary>
/// <param name="Names">Of the raw files, by index.</param>
/// <param name="PauseMilliseconds">How long each body takes at least.</param>
/// <param name="OddCulture">Numbers and dates are written there as nowhere else.</param>
sealed record RunAsked(
    GraphShape Shape, StageState State, string Workspace, string Sources, Dictionary<int, string> Names,
    int Workers, int PauseMilliseconds, bool OddCulture = false);

/// <summary>What became of it there.</summary>
/// <param name="Steps">Status and digest of what was given, by name.</param>
/// <param name="Waited">Whom it waited for.</param>
sealed record RunDone(
    List<BodyRun> Bodies, Dictionary<string, (StepStatus Status, string? Text)> Steps, List<string> Waited);

/// <summary>Runs a graph over a workspace that other processes share.</summary>
static class RunningProcess
{
    public const string Name = "run-a-graph";

    /// <summary>Of the file that appears as soon as the process waits for another.</summary>
    public const string WaitsSuffix = ".waits";

    static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    public static OwnProcess Start(string file, RunAsked asked)
    {
        File.WriteAllText(file, JsonSerializer.Serialize(asked, Json));
        return new OwnProcess(Name, file);
    }

    public static async Task<RunDone> Done(OwnProcess process) =>
        JsonSerializer.Deserialize<RunDone>(await process.Output(), Json)!;

    public static async Task<int> Run(string file)
    {
        var asked = JsonSerializer.Deserialize<RunAsked>(await File.ReadAllTextAsync(file), Json)!;
        if (asked.OddCulture)
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = OddCulture.Make();
        var workspace = Workspace.Open(asked.Workspace, TimeProvider.System);
        var ended = new ConcurrentQueue<BodyRun>();
        var stages = new Arithmetic(asked.State, ended.Enqueue, () => Thread.Sleep(asked.PauseMilliseconds));
        var nodes = asked.Shape.Draw(stages.Add, World.Resolve(workspace, asked.Sources, asked.Names));
        var waiting = new Listener(file);
        var options = new EngineOptions(asked.Workers, waiting, "test", Stages: stages.All);
        var run = new BuildEngine(workspace, options).Start(nodes, CancellationToken.None);
        var result = await run.Completion;
        Console.Write(JsonSerializer.Serialize(
            new RunDone(
                [.. ended],
                result.Steps.ToDictionary(step => step.Name.ToString(), step => (step.Status, TextOf(step))),
                [.. waiting.Holders]),
            Json));
        return 0;
    }

    static string? TextOf(StepResult step) => step.Trace?.Artifacts.Single().Digest.ToString();

    sealed class Listener(string file) : IRunObserver
    {
        public ConcurrentQueue<string> Holders { get; } = new();

        public void Started(StepName step, IReadOnlyList<string> reasons)
        {
        }

        public void Progress(StepName step, string text)
        {
        }

        public void Waiting(StepName step, string holder)
        {
            Holders.Enqueue(holder);
            File.WriteAllText(file + WaitsSuffix, holder);
        }

        public void Healing(StepName step, Artifact artifact)
        {
        }

        public void Settled(StepResult result)
        {
        }
    }
}
