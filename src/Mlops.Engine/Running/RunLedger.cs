namespace Mlops.Engine;

/// <summary>What the ledger says of a run.</summary>
static class RunLedger
{
    /// <summary>The run itself, then each release that it made.</summary>
    public static LedgerHead Append(
        Workspace workspace, EngineOptions options,
        IReadOnlyList<StepResult> steps, IEnumerable<LedgerMatter.Release> releases)
    {
        var run = new LedgerMatter.Run(
            options.Command,
            [
                .. steps.Where(step => step.Status == StepStatus.Executed)
                    .Select(Executed).OrderBy(step => step.Step, StringComparer.Ordinal),
            ],
            Sum(Spending.Of(steps), options.Prices),
            Spending.ByPipeline(steps).ToDictionary(
                pipeline => pipeline.Key,
                pipeline => Sum(pipeline.Value, options.Prices), StringComparer.Ordinal));
        return workspace.Ledger.Append(
            workspace.Clock.GetUtcNow(),
            [run, .. releases.OrderBy(release => release.Step, StringComparer.Ordinal)]);
    }

    /// <returns>Null where the step made none, or made it at another time.</returns>
    public static LedgerMatter.Release? Release(StepResult step, object? output) =>
        step is { Status: StepStatus.Executed, Rejected: false, Trace: { } trace } && output is IReleased made
            ? new LedgerMatter.Release(
                step.Name.ToString(), trace.Key, made.Archive.Digest,
                made.Archive.LengthBytes, made.FileName, made.Version)
            : null;

    static ExecutedStep Executed(StepResult step) => new(
        step.Name.ToString(), step.Trace!.Key, step.Trace.Output, step.Reasons, step.Rejected,
        Rounded(step.Duration.TotalSeconds), Rounded(step.Cpu.TotalSeconds),
        step.Judgement?.Findings.Count ?? 0);

    static LedgerSum Sum(Spending spent, Prices? prices) => new(
        spent.Executed, spent.Reused, spent.Rejected, spent.Stopped,
        Rounded(spent.RunSeconds), Rounded(spent.CpuSeconds), Rounded(spent.SavedRunSeconds),
        Rounded(spent.SavedCpuSeconds), Cost(spent.CpuSeconds, prices), Cost(spent.SavedCpuSeconds, prices));

    static LedgerCost? Cost(double cpuSeconds, Prices? prices) => prices is null ? null : new LedgerCost(
        Math.Round(prices.Money(cpuSeconds), 6), prices.Currency,
        Math.Round(prices.WattHours(cpuSeconds), 3));

    static double Rounded(double seconds) => Math.Round(seconds, 3);
}
