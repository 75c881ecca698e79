namespace Mlops.Targets;

/// <summary>Runs a plan, one target after the other.</summary>
/// <param name="failures">Where the whole exception goes, when a person is shown only its message.</param>
sealed class Executor(
    TargetBuild build, IReadOnlyList<ExecutableTarget> plan, Terminal terminal, TimeProvider time,
    FailureLog failures, CancellationToken cancellation)
{
    bool stopped;

    public void Run()
    {
        foreach (var target in plan)
            Visit(target);
    }

    void Visit(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Skipped)
            build.OnTargetSkipped(target.Name);
        else if ((stopped || cancellation.IsCancellationRequested) && !target.IsAssured)
            target.Status = ExecutionStatus.NotRun;
        else
            Attempt(target);
    }

    void Attempt(ExecutableTarget target)
    {
        var started = time.GetTimestamp();
        try
        {
            if (plan.SkipUnless(target, target.DynamicConditions))
                build.OnTargetSkipped(target.Name);
            else if (target.Actions.Count == 0)
                target.Status = ExecutionStatus.Collective;
            else
                Execute(target, started);
        }
        catch (Exception exception)
        {
            target.Duration = time.GetElapsedTime(started);
            Fail(target, exception);
        }
    }

    void Execute(ExecutableTarget target, long started)
    {
        target.Status = ExecutionStatus.Running;
        terminal.Header(target.Name);
        build.OnTargetRunning(target.Name);
        foreach (var action in target.Actions)
            action();
        target.Duration = time.GetElapsedTime(started);
        target.Status = ExecutionStatus.Succeeded;
        build.OnTargetSucceeded(target.Name);
    }

    void Fail(ExecutableTarget target, Exception exception)
    {
        stopped |= !target.ProceedsAfterFailure;
        var aborted = exception is OperationCanceledException && cancellation.IsCancellationRequested;
        target.Status = aborted ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        if (aborted)
            return;
        terminal.Failure($"{target.Name} failed", failures.Describe(target.Name, exception));
        build.OnTargetFailed(target.Name);
    }
}
