using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Makes artifacts again that the store lost or that were damaged, so that the run which comes upon one goes
/// on. What a trace says was made once can be made once more: its stage and its input are known.
/// </summary>
sealed class Healing(Workspace workspace, Executor executor, IReadOnlyCollection<Stage> stages)
{
    readonly ConcurrentDictionary<Digest, bool> told = new();

    /// <summary>
    /// The keys of the traces that name an artifact. Read once: what the run itself makes is whole.
    /// </summary>
    readonly Lazy<ILookup<Digest, Digest>> keys = new(() => workspace.Traces.All()
        .SelectMany(trace => trace.Artifacts, (trace, artifact) => (Artifact: artifact.Digest, trace.Key))
        .ToLookup(named => named.Artifact, named => named.Key));
    readonly ConcurrentQueue<(Caller Caller, Completed Completed)> done = new();
    readonly HealingWaits waits = new();

    /// <summary>What was executed again since this was last asked, and for whom.</summary>
    public IEnumerable<(Caller Caller, Completed Completed)> TakeDone()
    {
        while (done.TryDequeue(out var healed))
            yield return healed;
    }

    /// <returns>Whether the store has the artifact whole now.</returns>
    public async Task<bool> Heal(Artifact artifact, Caller caller)
    {
        if (told.TryAdd(artifact.Digest, true))
            caller.Healing(artifact);
        foreach (var maker in MakersOf(artifact, caller))
        {
            if (IsWhole(artifact))
                return true;
            executor.Forget(artifact);
            if (waits.Begin(caller.Keys, maker.Key.Digest) is { } wait)
                using (wait)
                    await Make(maker, caller);
        }
        return IsWhole(artifact);
    }

    async Task Make(StageCall maker, Caller caller)
    {
        try
        {
            var completed = await executor.Complete(
                maker, caller.Inside(maker.Key.Digest) with { Guess = null, IsHealing = true });
            if (completed.Executed)
                done.Enqueue((caller, completed));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Another maker may do. If none does, the step says what it lacks.
        }
    }

    bool IsWhole(Artifact artifact) => workspace.Artifacts.FindWhole(artifact.Digest) is not null;

    /// <summary>
    /// The calls that gave the artifact and did not take it. Never one that waits for the caller.
    /// </summary>
    /// <remarks>
    /// Those first that call no other of them: they write it. Of these the one that began first gave the
    /// bytes to all who ever took them, and needs nothing that was made of them; a later one may.
    /// </remarks>
    IEnumerable<StageCall> MakersOf(Artifact artifact, Caller caller) =>
        from key in keys.Value[artifact.Digest].Except(caller.Keys)
        let trace = workspace.Traces.Find(key)
        where trace is not null
        let input = trace.Input.Parse()
        where !Holds(NamedArtifacts.In(input), artifact)
            && RecordShapes.SourceFilesIn(input).All(file => file.Digest != artifact.Digest)
        let stage = stages.FirstOrDefault(stage =>
            stage.Name == trace.Stage && stage.Version == trace.Version && stage.Toolchain == trace.Toolchain)
        where stage is not null
        orderby trace.Children.Any(keys.Value[artifact.Digest].Contains), trace.StartedAt
        select stage.Call(trace.Input.Utf8.Span);

    /// <remarks>Who takes bytes as a source knows their digest alone.</remarks>
    static bool Holds(IEnumerable<Artifact> artifacts, Artifact artifact) =>
        artifacts.Any(each => each.Digest == artifact.Digest);
}
