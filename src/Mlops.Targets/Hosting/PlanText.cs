namespace Mlops.Targets;

/// <summary>The target part of <c>--plan</c>: one line each, in order.</summary>
static class PlanText
{
    public static void Write(TextWriter output, IReadOnlyList<ExecutableTarget> plan)
    {
        output.WriteLine("Targets, in order:");
        foreach (var target in plan)
            output.WriteLine($"  {target.Name}{Note(target)}");
    }

    static string Note(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Skipped)
            return $" (skipped: {(target.OnlyWhen is null ? target.Skipped : $"only when {target.OnlyWhen}")})";
        return target.DynamicConditions.Count == 0
            ? ""
            : $" (only when {string.Join(" && ", target.DynamicConditions.Select(condition => condition.Text))})";
    }
}
