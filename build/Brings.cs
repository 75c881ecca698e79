using Mlops.Engine;
using Mlops.Pipelines.Graphs;

/// <summary>The verb that joins a target to the incremental graph.</summary>
static class BringsVerb
{
    /// <summary>
    /// The target makes these nodes up to date for every selected pipeline and cell. All targets that were
    /// asked for share one engine run, and each step of it decides for itself whether it may run; so a target
    /// whose dependency failed still says what became of its own steps, and a failed gate still reports.
    /// </summary>
    public static ITargetDefinition Brings(
        this ITargetDefinition target, params Func<PipelineGraph, Node?>[] select) =>
        target.ProceedAfterFailure().Executes(new Brought(select).MakeUpToDate);
}

/// <summary>
/// One use of the verb. The build finds it again among its targets' actions and tells it what to do.
/// </summary>
sealed class Brought(IReadOnlyList<Func<PipelineGraph, Node?>> select)
{
    Action? make;

    public IReadOnlyList<Func<PipelineGraph, Node?>> Select { get; } = select;

    public void Join(Action make) => this.make = make;

    public void MakeUpToDate() => make!();
}
