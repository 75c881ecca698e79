using System.Collections.Concurrent;

namespace Mlops.Targets;

/// <param name="Places">How many targets may run at once; 1 runs them in the order of the plan.</param>
/// <param name="KeepGoing">After a failure everything that does not need the failed target
/// still runs.</param>
sealed record ExecutionOptions(int Places, bool KeepGoing);

/// <summary>
/// Runs a plan. One thread decides, calls the build's hooks and changes statuses; actions run on threads of
/// their own, or on this one where there is nothing else to do meanwhile.
/// </summary>
/// <param name="failures">Where the whole exception goes, when a person is shown only its message.</param>
sealed class Executor(
    BuildExtensions hooks, IReadOnlyList<ExecutableTarget> plan, TargetConsole console,
    ExecutionOptions options, TimeProvider time, FailureLog failures,
    CancellationToken cancellation) : IDisposable
{
    readonly Frontier frontier = new(plan);
    readonly BlockingCollection<Attempt> attempts = [];
    int running;
    bool stopped;

    public void Run()
    {
        try
        {
            while (frontier.Left > 0)
            {
                if (frontier.HasReady && MayVisit())
                    Visit(frontier.Take());
                else
                    Settle(Await());
            }
        }
        finally
        {
            while (running > 0)
                Await();
        }
    }

    public void Dispose() => attempts.Dispose();

    /// <summary>After a cancellation what runs is awaited before anything assured begins.</summary>
    bool MayVisit() => running == 0 || (running < options.Places && !cancellation.IsCancellationRequested);

    Attempt Await()
    {
        var attempt = attempts.Take();
        running--;
        return attempt;
    }

    void Visit(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Skipped)
            Skipped(target);
        else if (!target.IsAssured && MayNotRun(target))
            End(target, ExecutionStatus.NotRun);
        else
            Begin(target);
    }

    bool MayNotRun(ExecutableTarget target) =>
        cancellation.IsCancellationRequested || (stopped && (!options.KeepGoing || Obstacles.Stop(target)));

    void Begin(ExecutableTarget target)
    {
        if (cancellation.IsCancellationRequested)
            hooks.Uncancel();
        try
        {
            if (Skipping.SkipUnless(target, target.DynamicConditions))
                Skipped(target);
            else if (target.Actions.Count == 0)
                End(target, ExecutionStatus.Collective);
            else
                Start(target);
        }
        catch (Exception exception)
        {
            Settle(new Attempt(target, exception, TimeSpan.Zero));
        }
    }

    void Start(ExecutableTarget target)
    {
        target.Status = ExecutionStatus.Running;
        console.Tell(new RunEvent.Started(target));
        console.As(target, () => hooks.Running(target));
        if (options.Places == 1 || (running == 0 && !frontier.HasReady))
        {
            Settle(Perform(target));
            return;
        }
        running++;
        new Thread(() => attempts.Add(Perform(target))) { Name = target.Name, IsBackground = true }.Start();
    }

    Attempt Perform(ExecutableTarget target)
    {
        var started = time.GetTimestamp();
        Exception? failure = null;
        try
        {
            console.As(target, () => target.Actions.ForEach(action => action()));
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        return new Attempt(target, failure, time.GetElapsedTime(started));
    }

    void Settle(Attempt attempt)
    {
        var (target, failure, duration) = attempt;
        target.Duration = duration;
        failure ??= Succeeded(target);
        if (failure is null)
            End(target, ExecutionStatus.Succeeded);
        else
            Failed(target, failure);
    }

    /// <returns>What the build's own hook threw, which fails the target after all.</returns>
    Exception? Succeeded(ExecutableTarget target)
    {
        target.Status = ExecutionStatus.Succeeded;
        try
        {
            console.As(target, () => hooks.Succeeded(target));
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    void Failed(ExecutableTarget target, Exception failure)
    {
        stopped |= !target.ProceedsAfterFailure;
        if (FailureLog.Cause(failure) is OperationCanceledException && cancellation.IsCancellationRequested)
        {
            End(target, ExecutionStatus.Aborted);
            return;
        }
        var description = failures.Describe(target.Name, failure);
        target.Status = ExecutionStatus.Failed;
        console.As(target, () => hooks.Failed(target));
        End(target, ExecutionStatus.Failed, description);
    }

    void Skipped(ExecutableTarget target)
    {
        console.As(target, () => hooks.Skipped(target));
        End(target, ExecutionStatus.Skipped);
    }

    void End(ExecutableTarget target, ExecutionStatus status, string? failure = null)
    {
        target.Status = status;
        console.Complete(target);
        console.Tell(new RunEvent.Ended(target, failure));
        frontier.End(target);
    }

    sealed record Attempt(ExecutableTarget Target, Exception? Failure, TimeSpan Duration);
}
