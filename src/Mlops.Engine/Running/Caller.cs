namespace Mlops.Engine;

/// <summary>Whom a call is made for: what it says when the call really runs, and what it is told meanwhile.</summary>
/// <param name="Starting">Why the call runs; empty for one inside a step.</param>
/// <param name="Progress">How far the work is.</param>
/// <param name="Waiting">Another process is making the same.</param>
/// <param name="Urgency">Expected seconds of work that stand on the call.</param>
sealed record Caller(
    Func<IReadOnlyList<string>> Starting, Action<string> Progress, Action<string> Waiting, Func<double> Urgency)
{
    /// <summary>The same step, as caller of a call inside it.</summary>
    public Caller Inside() => this with { Starting = () => [], IsStep = false };

    /// <summary>False for a call inside a step.</summary>
    public bool IsStep { get; private init; } = true;
}
