namespace Mlops.Engine;

/// <summary>
/// Whom a call is made for: what it says when the call really runs, and what it is told meanwhile.
/// </summary>
/// <param name="Step">Which step that is.</param>
/// <param name="Starting">Why the call runs; empty for one inside a step.</param>
/// <param name="Progress">How far the work is.</param>
/// <param name="Waiting">Another process is making the same.</param>
/// <param name="Urgency">Expected seconds of work that stand on the call.</param>
/// <param name="Healing">An artifact that the call needs is no longer whole; it is made again first.</param>
sealed record Caller(
    StepName Step, Func<IReadOnlyList<string>> Starting, Action<string> Progress, Action<string> Waiting,
    Func<double> Urgency, Action<Artifact> Healing)
{
    /// <summary>
    /// The same step, as caller of a call that the one with this key makes, or that is made for it.
    /// </summary>
    public Caller Inside(Digest key) =>
        this with { Starting = () => [], IsStep = false, Keys = [.. Keys, key] };

    /// <summary>The same; it tells nothing before it is said that the step has begun.</summary>
    public Caller Inside(Digest key, Task started) => Inside(key) with
    {
        Progress = text =>
        {
            started.GetAwaiter().GetResult();
            Progress(text);
        },
    };

    /// <summary>The keys of the calls that wait for this one, the outermost first.</summary>
    public IReadOnlyList<Digest> Keys { get; private init; } = [];

    /// <summary>On which the call, or one that it is inside of, was begun; null if it was made.</summary>
    public Guess? Guess { get; init; }

    /// <summary>Of the step and all that it calls.</summary>
    public Vain Vain { get; init; } = new();

    /// <summary>
    /// The call, or one that it is inside of, is made for an artifact that the store lost.
    /// </summary>
    public bool IsHealing { get; init; }

    /// <summary>False for a call inside a step.</summary>
    public bool IsStep { get; private init; } = true;
}
