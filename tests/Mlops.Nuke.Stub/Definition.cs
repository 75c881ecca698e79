// Signatures only, of Nuke.Common 10, written from a description of its public surface; nothing here runs.
// Nullability is left open, as NUKE leaves it.
#nullable disable

using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.ValueInjection;

namespace Nuke.Common
{
    public delegate ITargetDefinition Target(ITargetDefinition definition);

    public delegate ITargetDefinition Setup(ITargetDefinition definition);

    public delegate ITargetDefinition Cleanup(ITargetDefinition definition);

    public enum DependencyBehavior
    {
        Skip,
        Execute,
    }

    public enum Verbosity
    {
        Verbose,
        Normal,
        Minimal,
        Quiet,
    }

    public enum DefaultOutput
    {
        Logo,
        TargetHeader,
        TargetCollapse,
        ErrorsAndWarnings,
        TargetOutcome,
        BuildOutcome,
        Timestamps,
    }

    public interface ITargetDefinition
    {
        ITargetDefinition Description(string description);
        ITargetDefinition Executes(params Action[] actions);
        ITargetDefinition Executes<T>(Func<T> action);
        ITargetDefinition Executes(Func<Task> action);
        ITargetDefinition DependsOn(params Target[] targets);
        ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);
        ITargetDefinition DependentFor(params Target[] targets);
        ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);
        ITargetDefinition Before(params Target[] targets);
        ITargetDefinition Before<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);
        ITargetDefinition After(params Target[] targets);
        ITargetDefinition After<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);
        ITargetDefinition Triggers(params Target[] targets);
        ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);
        ITargetDefinition TriggeredBy(params Target[] targets);
        ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);
        ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);
        ITargetDefinition OnlyWhenDynamic(
            Func<bool> condition, [CallerArgumentExpression("condition")] string text = null);
        ITargetDefinition OnlyWhenStatic(
            Func<bool> condition, [CallerArgumentExpression("condition")] string text = null);
        ITargetDefinition WhenSkipped(DependencyBehavior behavior);
        ITargetDefinition Requires<T>(Expression<Func<T>> value, params Expression<Func<T>>[] values)
            where T : class;
        ITargetDefinition Requires<T>(Expression<Func<T?>> value, params Expression<Func<T?>>[] values)
            where T : struct;
        ITargetDefinition Requires(
            Expression<Func<bool>> condition, params Expression<Func<bool>>[] conditions);
        ITargetDefinition AssuredAfterFailure();
        ITargetDefinition ProceedAfterFailure();
        ITargetDefinition Unlisted();
        ITargetDefinition Base();
        ITargetDefinition Inherit(params Target[] targets);
        ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets);
        ITargetDefinition Produces(params string[] artifacts);
        ITargetDefinition Consumes(params Target[] targets);
        ITargetDefinition Consumes<T>(params Func<T, Target>[] targets);
        ITargetDefinition Consumes(Target target, params string[] artifacts);
        ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts);
        ITargetDefinition Consumes<T>(params string[] artifacts);
        ITargetDefinition DependsOnContext<T>() where T : INukeBuild;
        ITargetDefinition Partition(int size);
    }

    public interface INukeBuild
    {
        void ReportSummary(Configure<Dictionary<string, string>> configurator = null);
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
        AbsolutePath RootDirectory { get; }
        AbsolutePath TemporaryDirectory { get; }
        AbsolutePath BuildAssemblyFile { get; }
        AbsolutePath BuildAssemblyDirectory { get; }
        AbsolutePath BuildProjectFile { get; }
        AbsolutePath BuildProjectDirectory { get; }
        Verbosity Verbosity { get; }
        Host Host { get; }
        bool Plan { get; }
        bool Help { get; }
        bool NoLogo { get; }
        bool IsLocalBuild { get; }
        bool IsServerBuild { get; }
        bool Continue { get; }
        Partition Partition { get; }
        T TryGetValue<T>(Expression<Func<T>> parameter) where T : class;
        T TryGetValue<T>(Expression<Func<object>> parameter);
    }

    public abstract class NukeBuild : INukeBuild
    {
        protected static int Execute<T>(params Expression<Func<T, Target>>[] defaults)
            where T : NukeBuild, new() =>
            throw new NotSupportedException();

        public static AbsolutePath RootDirectory { get; }
        public static AbsolutePath TemporaryDirectory { get; }
        public static AbsolutePath BuildAssemblyFile { get; }
        public static AbsolutePath BuildAssemblyDirectory { get; }
        public static AbsolutePath BuildProjectFile { get; }
        public static AbsolutePath BuildProjectDirectory { get; }
        public static Verbosity Verbosity { get; set; }
        public static Host Host { get; set; }
        public static IReadOnlyCollection<string> LoadedLocalProfiles { get; }
        public static bool IsLocalBuild { get; }
        public static bool IsServerBuild { get; }

        public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; set; }
        public IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }
        public IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }
        public bool IsSucceeding { get; }
        public bool IsFailing { get; }
        public bool IsFinished { get; }
        public int? ExitCode { get; set; }
        public bool Plan { get; }
        public bool Help { get; }
        public bool NoLogo { get; set; }
        public bool Continue { get; }
        public Partition Partition { get; }

        AbsolutePath INukeBuild.RootDirectory => RootDirectory;
        AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;
        AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;
        AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;
        AbsolutePath INukeBuild.BuildProjectFile => BuildProjectFile;
        AbsolutePath INukeBuild.BuildProjectDirectory => BuildProjectDirectory;
        Verbosity INukeBuild.Verbosity => Verbosity;
        Host INukeBuild.Host => Host;
        bool INukeBuild.IsLocalBuild => IsLocalBuild;
        bool INukeBuild.IsServerBuild => IsServerBuild;

        public void ReportSummary(Configure<Dictionary<string, string>> configurator = null) =>
            throw new NotSupportedException();

        public T TryGetValue<T>(Expression<Func<T>> parameter)
            where T : class => throw new NotSupportedException();

        public T TryGetValue<T>(Expression<Func<object>> parameter) => throw new NotSupportedException();

        protected internal virtual void OnBuildCreated() => throw new NotSupportedException();
        protected internal virtual void OnBuildInitialized() => throw new NotSupportedException();
        protected internal virtual void OnBuildFinished() => throw new NotSupportedException();
        protected internal virtual void OnTargetRunning(string target) => throw new NotSupportedException();
        protected internal virtual void OnTargetSkipped(string target) => throw new NotSupportedException();
        protected internal virtual void OnTargetSucceeded(string target) => throw new NotSupportedException();
        protected internal virtual void OnTargetFailed(string target) => throw new NotSupportedException();
    }

    public class Host
    {
        protected Host()
        {
        }
    }

    public class ParameterAttribute(string description = null) : ValueInjectionAttributeBase
    {
        public string Description { get; } = description;
        public string Name { get; set; }
        public string Separator { get; set; }
        public bool List { get; set; }
        public Type ValueProviderType { get; set; }
        public string ValueProviderMember { get; set; }

        public override object GetValue(System.Reflection.MemberInfo member, object instance) =>
            throw new NotSupportedException();

        public virtual IEnumerable<(string Text, object Object)> GetValueSet(
            System.Reflection.MemberInfo member, object instance) => throw new NotSupportedException();
    }

    public class RequiredAttribute : Attribute;

    public class OptionalAttribute : Attribute;

    public class SecretAttribute : Attribute;

    public class OnDemandAttribute : Attribute;

    public class OnDemandValueInjectionAttribute : Attribute;

    public class ParameterPrefixAttribute(string prefix) : Attribute
    {
        public string Prefix { get; } = prefix;
    }

    public class DisableDefaultOutputAttribute(params DefaultOutput[] disabledOutputs) : Attribute
    {
        public DefaultOutput[] DisabledOutputs { get; } = disabledOutputs;
    }
}

namespace Nuke.Common.ValueInjection
{
    public abstract class ValueInjectionAttributeBase : Attribute
    {
        public INukeBuild Build { get; internal set; }
        public virtual int Priority => 0;
        public bool SuppressWarnings { get; set; }
        public abstract object GetValue(System.Reflection.MemberInfo member, object instance);
    }
}
