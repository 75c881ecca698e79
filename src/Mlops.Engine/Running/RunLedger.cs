namespace Mlops.Engine;

static class RunLedger
{
    public static void Append(Workspace workspace, string command, RunResult result)
    {
        var at = workspace.Clock.GetUtcNow();
        LedgerStep[] executed =
        [
            .. result.Steps.Where(step => step.Status == StepStatus.Executed)
                .Select(step => new LedgerStep(
                    step.Name.ToString(), step.Trace!.Key, step.Trace.Output, step.Trace.RunSeconds, step.Rejected))
                .OrderBy(step => step.Step, StringComparer.Ordinal),
        ];
        var reused = result.Steps.Count(step => step.Status == StepStatus.Reused);
        var stopped = result.Steps.Count - executed.Length - reused;
        workspace.Ledger.Append((sequence, previous) =>
            new LedgerEntry(sequence, at, previous, command, executed, reused, stopped));
    }
}
