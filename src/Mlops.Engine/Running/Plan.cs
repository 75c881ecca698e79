namespace Mlops.Engine;

/// <summary>The steps in the order in which they stand on each other, each with its verdict.</summary>
public sealed record Plan(IReadOnlyList<PlannedStep> Steps);

/// <param name="Key">Null where it cannot be known yet.</param>
public sealed record PlannedStep(StepName Name, Verdict Verdict, Digest? Key);

/// <summary>What a run would do with a step.</summary>
public abstract record Verdict
{
    /// <summary>Its key has a trace: nothing to do.</summary>
    public sealed record UpToDate(bool Rejected) : Verdict
    {
        /// <summary>
        /// The trace is in the remote store alone; a run would fetch what the workspace lacks.
        /// </summary>
        public bool IsRemote { get; init; }
    }

    /// <summary>It would run, for these reasons.</summary>
    public sealed record Stale(IReadOnlyList<string> Reasons) : Verdict;

    /// <summary>
    /// Whether it would run is known only when another step has: equal output would stop there.
    /// </summary>
    public sealed record Pending(StepName On) : Verdict;

    /// <summary>It may not run, because of something upstream that already is as it is.</summary>
    public sealed record Blocked(string By) : Verdict;

    /// <summary>It cannot run at all.</summary>
    public sealed record Impossible(IReadOnlyList<Problem> Problems) : Verdict;
}
