using System.Linq.Expressions;

namespace Mlops.Targets;

/// <summary>
/// What a component sees of the build: an interface with targets and parameters as default members, from
/// which build classes compose themselves. Nobody implements it but <see cref="TargetBuild"/>.
/// </summary>
public interface ITargetBuild
{
    AbsolutePath RootDirectory { get; }

    AbsolutePath TemporaryDirectory { get; }

    AbsolutePath? BuildAssemblyFile { get; }

    AbsolutePath? BuildAssemblyDirectory { get; }

    AbsolutePath? BuildProjectFile { get; }

    AbsolutePath? BuildProjectDirectory { get; }

    Verbosity Verbosity { get; }

    bool Plan { get; }

    bool Help { get; }

    bool NoLogo { get; }

    bool Continue { get; }

    bool IsLocalBuild { get; }

    bool IsServerBuild { get; }

    Partition Partition { get; }

    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }

    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    bool IsSucceeding { get; }

    bool IsFailing { get; }

    bool IsFinished { get; }

    int? ExitCode { get; set; }

    /// <summary>Sets what the closing table notes about the running target.</summary>
    void ReportSummary(Configure<Dictionary<string, string>>? configure = null);

    /// <summary>
    /// The value that was given for a parameter, so that a component's property can have a default:
    /// <c>[Parameter] string Folder => TryGetValue(() => Folder) ?? "out";</c>
    /// </summary>
    /// <returns>Null if none was given.</returns>
    T? TryGetValue<T>(Expression<Func<T>> parameter) where T : class;

    /// <inheritdoc cref="TryGetValue{T}(Expression{Func{T}})"/>
    /// <typeparam name="T">Nullable where the parameter is a value:
    /// <c>TryGetValue&lt;int?&gt;(() => Epochs) ?? 5</c>.</typeparam>
    T? TryGetValue<T>(Expression<Func<object>> parameter);
}
