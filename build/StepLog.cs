using System.Globalization;
using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Sessions;

/// <summary>Says what became of each step, under the target that asked for it.</summary>
/// <param name="strict">Warnings of the checks fail the target that asked for them.</param>
sealed class StepLog(
    PipelineSession session, Prices? prices, bool strict, TextWriter output, CancellationToken cancellation)
{
    readonly HashSet<Node> told = [];
    readonly StepCount total = new(prices);

    public IReadOnlyList<CountLine> Summary => total.Lines();

    public IReadOnlyList<StepResult> Results => total.Results;

    /// <summary>A target failed for nothing but warnings.</summary>
    public bool WarningsFailed { get; private set; }

    /// <summary>A step failed because the workspace cannot be used.</summary>
    public bool StoreFailed { get; private set; }

    /// <summary>
    /// Waits for the target's steps, upstream first, and fails the target if one of its own did not make it.
    /// </summary>
    /// <param name="report">Is told what the closing table says of the target's steps,
    /// also where it fails.</param>
    /// <remarks>
    /// Targets that run beside each other take turns: their steps run in one engine run all the same.
    /// </remarks>
    public void Follow(IReadOnlyList<Func<PipelineGraph, Node?>> select, Action<TargetLine> report)
    {
        try
        {
            lock (told)
                FollowAsync(select, report).GetAwaiter().GetResult();
        }
        catch (ProblemException problem)
        {
            // Not of a step: what it gave could not be put where people look for it.
            StoreFailed |= problem.Damaged;
            Assert.Fail(VisibleText.Of(problem.Message));
        }
    }

    async Task FollowAsync(IReadOnlyList<Func<PipelineGraph, Node?>> select, Action<TargetLine> report)
    {
        session.Start(cancellation);
        var (reused, noted, failures, own) = (0, 0, new List<StepResult>(), new List<StepResult>());
        await foreach (var (result, asked, first) in session.Follow(select, told))
        {
            StoreFailed |= result.StoreFailed;
            if (asked && (HasFailed(result) || IsRefused(result)))
                failures.Add(result);
            if (!first)
                continue;
            total.Add(result);
            own.Add(result);
            if (result is { Status: StepStatus.Reused, Rejected: false })
            {
                reused++;
                noted += result.Judgement?.Findings.Count ?? 0;
            }
            else
                Write(result);
        }
        WarningsFailed |= failures.Exists(failure => !HasFailed(failure));
        var findings = noted > 0 ? $", {Counted.Plain(noted, "finding", "findings")} in the reports" : "";
        var upToDate = reused == 0 ? "" : $"  up to date {Counted.Plain(reused, "step", "steps")}{findings}";
        if (reused > 0)
            output.WriteLine(upToDate);
        report(new TargetLine(upToDate, total.Counts(own)));
        if (failures.Count > 0)
            Assert.Fail(VisibleText.Of(string.Join('\n', failures.Select(Failure))), Fault(failures));
    }

    static bool HasFailed(StepResult result) =>
        result.Rejected || result.Status is not (StepStatus.Executed or StepStatus.Reused);

    bool IsRefused(StepResult result) => strict && session.HasWarnings(result.Name);

    static AggregateException? Fault(List<StepResult> failures)
    {
        Exception[] faults = [.. failures.Select(failure => failure.Fault).OfType<Exception>()];
        return faults.Length > 0 ? new AggregateException(faults) : null;
    }

    void Write(StepResult result)
    {
        var word = result.Rejected ? "rejected" : result.Status.ToString().ToLowerInvariant();
        var time = result.Status == StepStatus.Executed ? Seconds(result.Duration) : "";
        WriteLine($"  {word,-10} {result.Name} {time}".TrimEnd()
            + (result.Reasons.Count > 0 ? $": {string.Join("; ", result.Reasons)}" : ""));
        if (result.Judgement is { Findings: { Count: > 0 } findings })
            foreach (var finding in findings)
                WriteLine($"    - {finding.ReplaceLineEndings("\n      ")}");
        foreach (var problem in result.Problems)
            WriteLine($"    {problem.ToString().ReplaceLineEndings("\n    ")}");
    }

    void WriteLine(string text) => output.WriteLine(VisibleText.Of(text));

    /// <summary>One line: the details stand above, where the step was told of.</summary>
    static string Failure(StepResult result) => result switch
    {
        { Rejected: true } => $"{result.Name} was rejected",
        { Status: StepStatus.Executed or StepStatus.Reused } =>
            $"{result.Name} {CellGraph.StrictRefusal}",
        { Status: StepStatus.Failed } =>
            $"{result.Name} failed: "
            + $"{string.Join("; ", result.Problems.Select(problem => $"{problem.Id} {problem.What}"))}",
        { Status: StepStatus.Cancelled } => $"{result.Name} was cancelled",
        _ => $"{result.Name} did not run: {string.Join("; ", result.Reasons)}",
    };

    internal static string Seconds(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"({duration.TotalSeconds:0.0} s)");
}
