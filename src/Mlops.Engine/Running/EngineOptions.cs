namespace Mlops.Engine;

/// <param name="MaxParallelism">How many stage bodies may run at once; at least 1.</param>
/// <param name="Observer">Is told what happens while it happens.</param>
/// <param name="Command">What the person asked for, for the ledger.</param>
/// <param name="StepCommand">
/// A command for the system's shell that executes one step by its key, <c>{key}</c>, over the same store;
/// null executes steps in this process.
/// </param>
/// <param name="Prices">What computing costs, for the ledger; null says nothing of it.</param>
/// <param name="Stages">The stages of this build: what can make an artifact again that the
/// store lost.</param>
public sealed record EngineOptions(
    int MaxParallelism, IRunObserver Observer, string Command, string? StepCommand = null,
    Prices? Prices = null, IReadOnlyCollection<Stage>? Stages = null)
{
    /// <summary>A store that machines share; null uses this one's alone.</summary>
    public RemoteOptions? Remote { get; init; }
}

/// <summary>Watches a run. Called from several threads at once.</summary>
public interface IRunObserver
{
    void Started(StepName step, IReadOnlyList<string> reasons);

    void Progress(StepName step, string text);

    /// <summary>Another process is making the same; its result will be taken.</summary>
    /// <param name="holder">Which process: <c>process 4711</c>.</param>
    void Waiting(StepName step, string holder);

    /// <summary>
    /// The store no longer has an artifact that the step needs, or has other bytes: it is made again.
    /// </summary>
    void Healing(StepName step, Artifact artifact);

    void Settled(StepResult result);

    /// <summary>A collection is under way: the run begins when it has ended, in a moment.</summary>
    void WaitingForCollection()
    {
    }

    /// <summary>Something is not as it should be, but the run goes on. Each kind is told of once.</summary>
    void Noticed(Problem problem)
    {
    }
}

/// <summary>Watches nothing.</summary>
public sealed class NoObserver : IRunObserver
{
    public void Started(StepName step, IReadOnlyList<string> reasons)
    {
    }

    public void Progress(StepName step, string text)
    {
    }

    public void Waiting(StepName step, string holder)
    {
    }

    public void Healing(StepName step, Artifact artifact)
    {
    }

    public void Settled(StepResult result)
    {
    }
}
