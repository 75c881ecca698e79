using System.Linq.Expressions;
using System.Reflection;

namespace Mlops.Targets;

/// <summary>
/// A build: its properties of type <see cref="Target"/> are what a person can ask for, its members with a
/// <see cref="ParameterAttribute"/> what a person can set. In NUKE's manner, so that one build class compiles
/// on both.
/// </summary>
public abstract partial class TargetBuild : ITargetBuild
{
    IReadOnlyList<ExecutableTarget> plan = [];

    /// <summary>
    /// The folder that the build works on: that of its bootstrapper, unless told otherwise.
    /// </summary>
    public static AbsolutePath RootDirectory { get; } = Root.Find();

    /// <summary>For what a run may forget afterwards.</summary>
    public static AbsolutePath TemporaryDirectory => RootDirectory / ".mlops" / "temp";

    /// <summary>The program's own file; null where it has none.</summary>
    public static AbsolutePath? BuildAssemblyFile =>
        Assembly.GetEntryAssembly()?.Location is { Length: > 0 } file ? (AbsolutePath)file : null;

    public static AbsolutePath? BuildAssemblyDirectory => BuildAssemblyFile?.Parent;

    /// <summary>
    /// The project nearest to the program, at or above its folder; null where there is none.
    /// </summary>
    public static AbsolutePath? BuildProjectFile => Root.ProjectAbove(BuildAssemblyDirectory);

    public static AbsolutePath? BuildProjectDirectory => BuildProjectFile?.Parent;

    /// <summary>What the process returns, if not 0 or 1 by the targets' outcome.</summary>
    public int? ExitCode { get; set; }

    /// <summary>
    /// Not in NUKE. What the person typed after the program's name, stars in place of secrets.
    /// </summary>
    protected internal string TypedCommand { get; internal set; } = "";

    /// <summary>
    /// Cancelled at the first Ctrl-C or termination signal. When all that was running then has ended, assured
    /// targets find one that is not cancelled.
    /// </summary>
    protected internal CancellationToken Cancellation { get; internal set; }

    /// <summary>All targets of this run in order, whatever becomes of them.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan => plan;

    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. plan.Where(target => target.Invoked)];

    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);

    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);

    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => With(ExecutionStatus.Succeeded);

    public IReadOnlyCollection<ExecutableTarget> FinishedTargets => [.. plan.Where(IsOver)];

    public bool IsFailing => plan.Any(target =>
        target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    public bool IsSucceeding => !IsFailing;

    public bool IsFinished =>
        plan.All(target => target.Status != ExecutionStatus.Scheduled && !IsRunning(target));

    /// <summary>Runs the build that this process was started for. To be returned from <c>Main</c>.</summary>
    /// <param name="defaults">What runs if no target is named; without any, <c>--help</c> is shown.</param>
    protected static int Execute<T>(params Func<T, Target>[] defaults) where T : TargetBuild, new()
    {
        var build = new T();
        return TargetHost.Run(build, [.. defaults.Select(target => target(build))], HostContext.OfProcess());
    }

    /// <summary>Sets what the closing table notes about the running target.</summary>
    public void ReportSummary(Configure<Dictionary<string, string>>? configure = null)
    {
        if (RunningTarget() is not { } target)
            return;
        configure?.Invoke(target.SummaryInformation);
        SummaryUpdated(target);
    }

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<T>> parameter) where T : class => Components.Find<T>(parameter);

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<object>> parameter) => Components.Find<T>(parameter);

    /// <summary>Parameters are bound; nothing is planned.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>
    /// The plan is known; conditions and requirements have not been asked. Also before <c>--plan</c>.
    /// </summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>All targets are over; the closing table is not yet printed.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    protected internal virtual void OnTargetRunning(string target)
    {
    }

    protected internal virtual void OnTargetSkipped(string target)
    {
    }

    protected internal virtual void OnTargetSucceeded(string target)
    {
    }

    protected internal virtual void OnTargetFailed(string target)
    {
    }

    /// <summary>Not in NUKE. Adds to <c>--plan</c> what stands behind the targets.</summary>
    protected internal virtual void WritePlan(TextWriter output)
    {
    }

    /// <summary>
    /// Not in NUKE. Whether <see cref="WritePlan"/> writes all that <c>--plan</c> says, the targets too.
    /// </summary>
    protected internal virtual bool WritesWholePlan => false;

    /// <summary>
    /// Not in NUKE. What may be given for a parameter, as far as the build knows before anything is read.
    /// </summary>
    protected internal virtual IReadOnlyList<string> CompletionsOf(string parameter) => [];

    /// <summary>Not in NUKE. JSON Schema of the parameters file, for editors.</summary>
    protected string ParametersJsonSchema() =>
        ParametersSchema.Of(BuildParameter.Of(this, InjectedMember.Of(this)));

    /// <summary>Not in NUKE. Adds to <c>--help</c>, below the exit codes.</summary>
    protected internal virtual void WriteHelp(TextWriter output)
    {
    }

    /// <summary>Not in NUKE. Lines for the closing table, below the targets.</summary>
    protected internal virtual IReadOnlyList<SummaryRow> SummaryRows => [];

    internal ComponentValues Components { get; } = new();

    internal Action<ExecutableTarget> SummaryUpdated { get; set; } = _ => { };

    /// <summary>
    /// Not in NUKE. Which of <see cref="ExecutableTarget.SummaryInformation"/> are columns of
    /// the closing table.
    /// </summary>
    protected internal virtual IReadOnlyList<string> SummaryColumns => [];

    /// <summary>
    /// Not in NUKE. Added to the closing sentence: what came out and where, or why not and what to do.
    /// </summary>
    protected internal virtual string? LastWord => null;

    /// <summary>
    /// Not in NUKE. Whether anything was executed, so that a log of the run is worth keeping.
    /// </summary>
    protected internal virtual bool HasExecuted => true;

    /// <summary>
    /// Not in NUKE. Where logs of runs are kept; null for <c>.mlops/logs</c> below the root.
    /// </summary>
    protected internal virtual AbsolutePath? LogDirectory => null;

    /// <summary>Not in NUKE. Whether somebody will read notices, checks and the summary of a job.</summary>
    protected internal bool IsReported { get; internal set; }

    /// <summary>Not in NUKE. Adds to the summary that a CI server shows of a job, in Markdown.</summary>
    protected internal virtual void WriteJobSummary(TextWriter markdown)
    {
    }

    /// <summary>Not in NUKE. What later jobs of a CI server may read.</summary>
    protected internal virtual IReadOnlyDictionary<string, string> Outputs =>
        new Dictionary<string, string>();

    /// <summary>Not in NUKE. Tells whoever watches the run of a step; from any thread.</summary>
    protected internal void Tell(StepEvent news) => Watch(new RunEvent.OfStep(news));

    /// <summary>Not in NUKE. Has a person look at something: an annotation to a CI server.</summary>
    protected internal void Tell(Notice notice) => Watch(new RunEvent.Noticed(notice));

    /// <summary>Not in NUKE. Says what came of a check: a test case to a CI server.</summary>
    protected internal void Tell(Check check) => Watch(new RunEvent.Checked(check));

    internal Action<RunEvent> Watch { get; set; } = _ => { };

    /// <summary>The target that the calling code belongs to.</summary>
    internal Func<ExecutableTarget?> RunningTarget { get; set; } = () => null;

    internal void Adopt(IReadOnlyList<ExecutableTarget> planned) => plan = planned;

    static bool IsRunning(ExecutableTarget target) => target.Status == ExecutionStatus.Running;

    static bool IsOver(ExecutableTarget target) =>
        target.Status is not (ExecutionStatus.None or ExecutionStatus.Scheduled or ExecutionStatus.Running);

    IReadOnlyCollection<ExecutableTarget> With(ExecutionStatus status) =>
        [.. plan.Where(target => target.Status == status)];
}
