using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Asks the remote for the traces that a plan comes to, those that do not wait for each other at the same
/// time: one answer may take as long as all other planning.
/// </summary>
sealed class PlannedTraces(Lookup lookup, RemoteStore remote)
{
    readonly ConcurrentDictionary<Node, Lazy<Task<Settled?>>> settled = new();
    readonly ConcurrentDictionary<Digest, Lazy<Task<Trace?>>> asked = new();

    /// <summary>Ends when nothing is left whose key can be known.</summary>
    public Task Ask(IReadOnlyList<Node> requested) => Task.WhenAll(requested.Select(Settle));

    /// <returns>Null where the remote has none that may be used here.</returns>
    public Task<Trace?> Find(StageCall call) => asked.GetOrAdd(
        call.Key.Digest, _ => new Lazy<Task<Trace?>>(() => AskNow(call))).Value;

    async Task<Trace?> AskNow(StageCall call) =>
        await remote.Find(call, CancellationToken.None) is { } trace && lookup.IsOfThisBuild(trace)
            ? trace
            : null;

    Task<Settled?> Settle(Node node) => settled.GetOrAdd(
        node, _ => new Lazy<Task<Settled?>>(() => Task.Run(() => SettleNow(node)))).Value;

    /// <returns>What the plan will say of the node; null where it cannot be known before a run.</returns>
    async Task<Settled?> SettleNow(Node node)
    {
        var above = await Task.WhenAll(node.Dependencies.Select(Settle));
        if (above.Contains(null))
            return null;
        try
        {
            if (node is Growth growth)
                return above[0]!.Output is { } output
                    ? await SettleGrown(growth.Grow(output))
                    : Nothing(OutcomeState.Blocked);
            if (node is not IStep step)
                return null;
            var call = step.Bind(new Upstream(other => settled[other].Value.Result!));
            return (lookup.Find(call)
                ?? (await Find(call) is { } trace ? Lookup.Found(call, trace) : null))?.Settled;
        }
        catch (BlockedException blocked)
        {
            return new Settled(new StepOutcome(OutcomeState.Blocked, blocked.Message, null), null);
        }
        catch (Exception fault)
        {
            // The plan comes to the same and says it.
            return new Settled(new StepOutcome(
                OutcomeState.Failed, Faults.ProblemsOf(node.Name, fault)[0].What, null), null);
        }
    }

    async Task<Settled?> SettleGrown(IReadOnlyList<Node> nodes) =>
        (await Task.WhenAll(nodes.Select(Settle))).Contains(null) ? null : Nothing(OutcomeState.Finished);

    static Settled Nothing(OutcomeState state) => new(new StepOutcome(state, null, null), null);
}
