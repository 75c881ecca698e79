namespace Mlops.Targets.Tests;

/// <summary>
/// A build of single letters whose targets say what a case's text says:
/// <c>A needs B, B fails, C triggeredBy B</c>. All of it goes through the verbs that authors use.
/// </summary>
sealed class Letters(string text) : TargetBuild
{
    readonly string[][] clauses = [.. text.Split(", ").Select(clause => clause.Split(' '))];

    public Target A => _ => Say(_, nameof(A));

    public Target B => _ => Say(_, nameof(B));

    public Target C => _ => Say(_, nameof(C));

    public Target D => _ => Say(_, nameof(D));

    public Target E => _ => Say(_, nameof(E));

    /// <summary>
    /// What became of each target of the plan, in order; of one that succeeded only its name.
    /// </summary>
    public static string Run(string text, string commandLine)
    {
        var build = new Letters(text);
        var trial = Trial.Run(build, commandLine.Split(' '), (Letters x) => x.A);
        return trial.ExitCode == ExitCodes.WrongUsage ? trial.Error.Split('\n')[0] : Outcome(build);
    }

    static string Outcome(Letters build) =>
        string.Join(" → ", build.ExecutionPlan.Select(target => target.Status switch
        {
            ExecutionStatus.Succeeded => target.Name,
            ExecutionStatus.NotRun => $"{target.Name} not run",
            ExecutionStatus.Collective => $"{target.Name} gathers",
            var status =>
                $"{target.Name} {status}".Replace(status.ToString(), status.ToString().ToLowerInvariant()),
        }));

    ITargetDefinition Say(ITargetDefinition definition, string name)
    {
        var own = clauses.Where(clause => clause[0] == name).ToList();
        foreach (var clause in own)
            Apply(definition, clause);
        if (own.Exists(clause => clause[1] == "gathers"))
            return definition;
        var fails = own.Exists(clause => clause[1] == "fails");
        return definition.Executes(() => Assert.False(fails, "asked to fail"));
    }

    void Apply(ITargetDefinition definition, string[] clause) => _ = clause[1] switch
    {
        "needs" => definition.DependsOn(Others(clause)),
        "neededBy" => definition.DependentFor(Others(clause)),
        "before" => definition.Before(Others(clause)),
        "after" => definition.After(Others(clause)),
        "triggers" => definition.Triggers(Others(clause)),
        "triggeredBy" => definition.TriggeredBy(Others(clause)),
        "never" => definition.OnlyWhenStatic(() => false),
        "notNow" => definition.OnlyWhenDynamic(() => false),
        "throwsWhenAsked" => definition.OnlyWhenDynamic(() => int.Parse("no") > 0),
        "lacks" => definition.Requires(() => IsFinished && false),
        "leavesOthers" => definition.WhenSkipped(DependencyBehavior.Execute),
        "assured" => definition.AssuredAfterFailure(),
        "proceeds" => definition.ProceedAfterFailure(),
        "fails" or "gathers" or "runs" => definition,
        var verb => throw new ArgumentException($"A case does not know {verb}."),
    };

    Target[] Others(string[] clause) => [.. clause[2..].Select(name => name switch
    {
        "A" => A,
        "B" => B,
        "C" => C,
        "D" => D,
        "E" => E,
        _ => throw new ArgumentException($"A case does not know {name}."),
    })];
}
