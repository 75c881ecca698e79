namespace Mlops.Engine;

public enum OutcomeState
{
    Finished,
    /// <summary>Finished with a value that says no.</summary>
    Rejected,
    /// <summary>Not allowed to run, because of what is upstream.</summary>
    Blocked,
    Failed,
}

/// <param name="Note">Why it was rejected, blocked or failed.</param>
/// <param name="Trace">Of finished and rejected steps.</param>
public sealed record StepOutcome(OutcomeState State, string? Note, Trace? Trace);

/// <summary>What has settled so far, as a binding step sees it.</summary>
public sealed class Upstream
{
    readonly Func<Node, Settled> find;

    internal Upstream(Func<Node, Settled> find) => this.find = find;

    /// <summary>
    /// The node's value. Where it was rejected or is not there, the step that asks is blocked by it.
    /// </summary>
    public T Accepted<T>(Node<T> node) =>
        find(node) is { Outcome.State: OutcomeState.Finished, Output: T output }
            ? output
            : throw Blocked(node);

    /// <summary>The same, of a value that this run may refuse though it says yes itself.</summary>
    /// <param name="refusal">What is wrong with it, as <c>has warnings</c>; null where nothing is.</param>
    public T Accepted<T>(Node<T> node, Func<T, string?> refusal) =>
        Accepted(node) is var output && refusal(output) is { } what
            ? throw new BlockedException($"{node.Name} {what}")
            : output;

    /// <summary>
    /// The node's value even if rejected. Where it is not there, the step that asks is blocked by it.
    /// </summary>
    public T Finished<T>(Node<T> node) => find(node).Output is T output ? output : throw Blocked(node);

    /// <summary>The node's value even if rejected, or null.</summary>
    public T? FinishedOrNull<T>(Node<T> node) where T : class => find(node).Output as T;

    public StepOutcome Outcome(Node node) => find(node).Outcome;

    BlockedException Blocked(Node node)
    {
        var outcome = find(node).Outcome;
        return new BlockedException(outcome.State == OutcomeState.Blocked && outcome.Note is { } note
            ? note
            : $"{node.Name} {(outcome.State == OutcomeState.Failed ? "failed" : "was rejected")}");
    }
}

/// <summary>Ends the binding of a step that may not run.</summary>
sealed class BlockedException(string by) : Exception(by);

/// <summary>What became of a node, and its value where there is one.</summary>
sealed record Settled(StepOutcome Outcome, object? Output);
