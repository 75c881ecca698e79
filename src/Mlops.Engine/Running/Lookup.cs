using System.Text.Json;

namespace Mlops.Engine;

/// <summary>A call whose key has a usable trace.</summary>
sealed record Found(Trace Trace, object Output)
{
    public Settled Settled => new(OutcomeOf(Output, Trace), Output);

    public Judgement? Judgement => (Output as IJudged)?.Judgement;

    internal static StepOutcome OutcomeOf(object output, Trace trace) =>
        output is IJudged { Judgement: { Accepted: false } judgement }
            ? new StepOutcome(OutcomeState.Rejected, string.Join("; ", judgement.Findings), trace)
            : new StepOutcome(OutcomeState.Finished, null, trace);
}

/// <summary>Reads the store and the traces; runs and writes nothing.</summary>
/// <param name="stages">The stages of this build, as far as they are known.</param>
sealed class Lookup(Workspace workspace, IReadOnlyCollection<Stage> stages)
{
    readonly Dictionary<string, Stage> stages =
        stages.DistinctBy(stage => stage.Name).ToDictionary(stage => stage.Name, StringComparer.Ordinal);

    /// <returns>
    /// Null where the key has no trace, its output is no longer whole, is not the output of this build's
    /// stage, or was made with other versions of the stages that the body calls.
    /// </returns>
    public Found? Find(StageCall call)
    {
        if (workspace.Traces.Find(call.Key.Digest) is not { } trace || ChangesOfCalled(trace).Any()
            || !trace.Artifacts.All(workspace.Artifacts.Holds))
            return null;
        try
        {
            return Found(call, trace);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Found Found(StageCall call, Trace trace) =>
        new(trace, call.ReadOutput(trace.Record.Utf8));

    /// <summary>
    /// Why a step with this key has to run, compared with what the step was when it last ran.
    /// </summary>
    public IReadOnlyList<string> ReasonsFor(Node node, ActionKey key)
    {
        if (workspace.Steps.LastKeyOf(node.Name) is not { } lastKey)
            return ["never built"];
        if (lastKey == key.Digest)
            return workspace.Traces.Find(lastKey) is { } same
                && ChangesOfCalled(same).ToList() is { Count: > 0 } changes
                ? changes
                : ["output missing"];
        if (workspace.Traces.Find(lastKey) is not { } last)
            return ["no trace of its last run"];
        var reasons = new List<string>();
        if (last.Version != key.Version)
            reasons.Add($"stage {key.Stage} changed from version {last.Version} to {key.Version}");
        if (last.Toolchain != key.Toolchain)
            reasons.Add($"toolchain {last.Toolchain} → {key.Toolchain}");
        reasons.AddRange(InputChanges.Between(
            last.Input.Parse(), JsonElement.Parse(key.Input), node.Section,
            stages.GetValueOrDefault(key.Stage)?.Circumstances ?? []));
        return reasons.Count > 0 ? reasons : ["its key is made in another way"];
    }

    /// <summary>Whether the stages that the body called are those of this build.</summary>
    public bool IsOfThisBuild(Trace trace) => !ChangesOfCalled(trace).Any();

    /// <summary>What a body would call today that is not what it called then.</summary>
    IEnumerable<string> ChangesOfCalled(Trace trace)
    {
        foreach (var called in trace.Called ?? [])
            if (stages.TryGetValue(called.Name, out var now))
            {
                if (now.Version != called.Version)
                    yield return $"stage {called.Name} that it calls changed from version {called.Version} "
                        + $"to {now.Version}";
                if (now.Toolchain != called.Toolchain)
                    yield return $"toolchain of {called.Name} that it calls {called.Toolchain} → "
                        + $"{now.Toolchain}";
            }
    }
}
