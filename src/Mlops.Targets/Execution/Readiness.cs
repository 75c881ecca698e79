namespace Mlops.Targets;

/// <summary>
/// What is asked before anything runs: static conditions, then the requirements of what is left.
/// </summary>
static class Readiness
{
    /// <exception cref="UsageException">Requirements that do not hold, all of them.</exception>
    public static void Check(IReadOnlyList<ExecutableTarget> plan, bool requirements)
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
            Skipping.SkipUnless(target, target.StaticConditions);
        if (!requirements)
            return;
        UsageException.ThrowIfAny(
        [
            .. from target in plan
               where target.Status == ExecutionStatus.Scheduled
               from requirement in target.Requirements
               where !requirement.Holds()
               select Mistake(target, requirement),
        ]);
    }

    static string Mistake(ExecutableTarget target, Requirement requirement) => requirement.IsValue
        ? $"{target.Name} requires {OptionOf(requirement.Text)}."
        : $"{target.Name} requires that {requirement.Text}.";

    /// <summary>A parameter is named as it is given.</summary>
    static string OptionOf(string text) => text.All(char.IsLetterOrDigit) ? "--" + Names.Kebab(text) : text;
}
