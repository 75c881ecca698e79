using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Mlops.Targets;

/// <summary>
/// Says what a target is, in NUKE's words. Calls accumulate, and each returns the definition.
/// </summary>
/// <remarks>
/// The forms with a type name targets of a component, an interface that the build implements: each by a
/// lambda, or without one the only target that it has. The forms with <c>Try</c> do nothing if the build
/// does not implement it.
/// </remarks>
public interface ITargetDefinition
{
    /// <summary>One sentence for <c>--help</c>.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Runs in order, one after the other. A target without actions only gathers others.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>The value is dropped; a task is awaited.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Awaited before the next action and before whatever depends on this target.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Brings the others into the plan, before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <inheritdoc cref="DependsOn(Target[])"/>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependsOn(Target[])"/>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>The same edge said from the other side: each of the others depends on this one.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <inheritdoc cref="DependentFor(Target[])"/>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependentFor(Target[])"/>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>Order alone: if both are in the plan, this one runs first.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <inheritdoc cref="Before(Target[])"/>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Before(Target[])"/>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);

    /// <summary>Order alone: if both are in the plan, this one runs later.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <inheritdoc cref="After(Target[])"/>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="After(Target[])"/>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);

    /// <summary>Brings the others into the plan, after this one; they are skipped with it.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <inheritdoc cref="Triggers(Target[])"/>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Triggers(Target[])"/>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);

    /// <summary>Whenever one of the others is in the plan, this one comes into it too, after it.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <inheritdoc cref="TriggeredBy(Target[])"/>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="TriggeredBy(Target[])"/>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>
    /// The component has one <see cref="Setup"/> and one <see cref="Cleanup"/>: this target runs between
    /// them, and the cleanup runs even after a failure.
    /// </summary>
    ITargetDefinition DependsOnContext<T>() where T : ITargetBuild;

    /// <summary>Asked once before anything runs; false skips the target and what only it needs.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    /// <summary>Asked right before the target would run, when its dependencies have run.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    /// <summary>
    /// What becomes of what only this target needs, if it is skipped; by default it is skipped too.
    /// </summary>
    ITargetDefinition WhenSkipped(DependencyBehavior behavior);

    /// <summary>Must hold before anything runs, if the target is going to run; else wrong usage.</summary>
    [OverloadResolutionPriority(1)]
    ITargetDefinition Requires(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? text = null);

    /// <summary>Must have a value: not null, and of a string not blank.</summary>
    [OverloadResolutionPriority(1)]
    ITargetDefinition Requires<T>(
        Func<T?> value, [CallerArgumentExpression(nameof(value))] string? text = null) where T : class;

    /// <inheritdoc cref="Requires{T}(Func{T}, string)"/>
    [OverloadResolutionPriority(1)]
    ITargetDefinition Requires<T>(
        Func<T?> value, [CallerArgumentExpression(nameof(value))] string? text = null) where T : struct;

    /// <summary>
    /// Several conditions at once. One alone is no expression tree, which would cost time at every start.
    /// </summary>
    ITargetDefinition Requires(Expression<Func<bool>> condition, params Expression<Func<bool>>[] conditions);

    /// <summary>Several values at once.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T>> value, params Expression<Func<T>>[] values)
        where T : class;

    /// <inheritdoc cref="Requires{T}(Expression{Func{T}}, Expression{Func{T}}[])"/>
    ITargetDefinition Requires<T>(Expression<Func<T?>> value, params Expression<Func<T?>>[] values)
        where T : struct;

    /// <summary>If it fails, the plan goes on, its dependents too; the build still fails.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Runs, when its turn comes, even though the build has failed or was cancelled.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Not shown in <c>--help</c>; can be asked for all the same.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Files that a server keeps of this target, by glob. They make no edge.</summary>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>Files that a server brings from these targets. They make no edge.</summary>
    ITargetDefinition Consumes(params Target[] targets);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes(Target target, params string[] artifacts);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes<T>(params string[] artifacts);

    /// <summary>Over how many agents a server spreads this target.</summary>
    /// <param name="size">At least 2.</param>
    ITargetDefinition Partition(int size);

    /// <summary>What the property says that this one overrides.</summary>
    ITargetDefinition Base();

    /// <summary>What other targets say, except for their names.</summary>
    ITargetDefinition Inherit(params Target[] targets);

    /// <summary>What a component's own target says, also where the build implements it differently.</summary>
    ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets);
}
