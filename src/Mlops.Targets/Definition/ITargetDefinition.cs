using System.Runtime.CompilerServices;

namespace Mlops.Targets;

/// <summary>Says what a target is, in NUKE's words. Calls accumulate, and each returns the definition.</summary>
public interface ITargetDefinition
{
    /// <summary>One sentence for <c>--help</c>.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Runs in order, one after the other. A target without actions only gathers others.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>The value is dropped; a task is awaited.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Brings the others into the plan, before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>The same edge said from the other side: each of the others depends on this one.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>Order alone: if both are in the plan, this one runs first.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Order alone: if both are in the plan, this one runs later.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Brings the others into the plan, after this one; they are skipped with it.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Asked once before anything runs; false skips the target and what only it needs.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    /// <summary>Asked right before the target would run, when its dependencies have run.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    ITargetDefinition WhenSkipped(DependencyBehavior behavior);

    /// <summary>Must hold before anything runs, if the target is going to run; else wrong usage.</summary>
    ITargetDefinition Requires(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    /// <summary>Must have a value: not null, and of a string not blank.</summary>
    ITargetDefinition Requires<T>(
        Func<T?> value, [CallerArgumentExpression(nameof(value))] string? text = null) where T : class;

    /// <inheritdoc cref="Requires{T}(Func{T}, string)"/>
    ITargetDefinition Requires<T>(
        Func<T?> value, [CallerArgumentExpression(nameof(value))] string? text = null) where T : struct;

    /// <summary>If it fails, the plan goes on, its dependents too; the build still fails.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Runs, when its turn comes, even though the build has failed or was cancelled.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Not shown in <c>--help</c>; can be asked for all the same.</summary>
    ITargetDefinition Unlisted();
}
