using System.Text;
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
sealed class Lookup(Workspace workspace)
{
    /// <returns>
    /// Null where the key has no trace, its output is no longer whole, or is not the output of this build's stage.
    /// </returns>
    public Found? Find(StageCall call)
    {
        if (workspace.Traces.Find(call.Key.Digest) is not { } trace || !trace.Artifacts.All(workspace.Artifacts.Holds))
            return null;
        try
        {
            return new Found(trace, call.ReadOutput(Encoding.UTF8.GetBytes(trace.Record.GetRawText())));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why a step with this key has to run, compared with what the step was when it last ran.</summary>
    public IReadOnlyList<string> ReasonsFor(Node node, ActionKey key)
    {
        if (workspace.Traces.LastKeyOf(node.Name) is not { } lastKey)
            return ["never built"];
        if (lastKey == key.Digest)
            return ["output missing"];
        if (workspace.Traces.Find(lastKey) is not { } last)
            return ["no trace of its last run"];
        var reasons = new List<string>();
        if (last.Version != key.Version)
            reasons.Add($"stage {key.Stage} changed from version {last.Version} to {key.Version}");
        if (last.Toolchain != key.Toolchain)
            reasons.Add($"toolchain {last.Toolchain} → {key.Toolchain}");
        reasons.AddRange(InputChanges.Between(last.Input, JsonElement.Parse(key.Input), node.Section));
        return reasons.Count > 0 ? reasons : ["its key is made in another way"];
    }
}
