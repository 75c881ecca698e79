namespace Mlops.Targets;

/// <summary>
/// Passes on the events of one target after those of another, in the order of the plan, however they ran:
/// those of the first target that has not ended at once, those of later ones when their turn comes. So a log
/// of parallel targets reads like one of sequential ones. The first that has not ended can always
/// run: nothing hangs.
/// </summary>
sealed class InPlanOrder(Action<RunEvent> next)
{
    readonly Dictionary<ExecutableTarget, Queue<RunEvent>> waiting = [];
    readonly HashSet<ExecutableTarget> passed = [];
    IReadOnlyList<ExecutableTarget> plan = [];
    int front;

    public void Tell(RunEvent told)
    {
        if (told is RunEvent.Planned planned)
            plan = planned.Plan;
        if (told.Target is { } target && !passed.Contains(target) && target != plan.ElementAtOrDefault(front))
            Keep(target, told);
        else
            Pass(told);
    }

    void Keep(ExecutableTarget target, RunEvent told)
    {
        if (!waiting.TryGetValue(target, out var events))
            waiting[target] = events = [];
        events.Enqueue(told);
    }

    void Pass(RunEvent told)
    {
        next(told);
        if (told is not RunEvent.Ended ended)
            return;
        passed.Add(ended.Of);
        front++;
        if (front < plan.Count && waiting.Remove(plan[front], out var events))
            foreach (var kept in events)
                Pass(kept);
    }
}
