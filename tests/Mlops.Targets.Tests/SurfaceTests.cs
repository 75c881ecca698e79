namespace Mlops.Targets.Tests;

/// <summary>
/// The host's public surface, held against what NUKE's was found to be. Two names differ, and a build class
/// sees neither of the differences: <c>NukeBuild</c> is <c>TargetBuild</c>, <c>INukeBuild</c> is
/// <c>ITargetBuild</c>.
/// </summary>
public class SurfaceTests
{
    /// <summary>
    /// What both have. A type, its members; extension methods stand under the class that they are in here.
    /// </summary>
    const string Shared =
        """
        AbsolutePath: Extension; Name; NameWithoutExtension; Parent; op_Addition(AbsolutePath, String);
            op_Division(AbsolutePath, Range); op_Division(AbsolutePath, String); op_Implicit(AbsolutePath);
            op_Implicit(String)
        AbsolutePathExtensions: CreateDirectory(AbsolutePath); CreateOrCleanDirectory(AbsolutePath);
            DeleteDirectory(AbsolutePath); DeleteFile(AbsolutePath); DirectoryExists(AbsolutePath);
            Exists(AbsolutePath); FileExists(AbsolutePath); GetDirectories(AbsolutePath, String, Int32);
            GetFiles(AbsolutePath, String, Int32); GlobDirectories(AbsolutePath, String[]);
            GlobFiles(AbsolutePath, String[]); ReadAllBytes(AbsolutePath); ReadAllLines(AbsolutePath);
            ReadAllText(AbsolutePath); ToFileInfo(AbsolutePath); WriteAllBytes(AbsolutePath, Byte[]);
            WriteAllLines(AbsolutePath, IEnumerable<String>); WriteAllText(AbsolutePath, String)
        Assert: Count<T>(IReadOnlyCollection<T>, Int32, String, String);
            DirectoryExists(AbsolutePath, String, String); Fail(String, Exception);
            False(Boolean, String, String); FileExists(AbsolutePath, String, String);
            HasSingleItem<T>(IReadOnlyCollection<T>, String, String);
            NotEmpty<T>(IReadOnlyCollection<T>, String, String); NotNull<T>(T, String, String);
            NotNullOrEmpty(String, String, String);
            NotNullOrEmpty<T>(IReadOnlyCollection<T>, String, String); True(Boolean, String, String)
        BuildExtensionAttributeBase: Build; Priority
        Cleanup
        CollectionExtensions: AddPair(Dictionary<String, String>, String, IEnumerable<String>);
            AddPair(Dictionary<String, String>, String, Object); Apply<T, TResult>(T, Func<T, TResult>);
            Contains(IEnumerable<ExecutableTarget>, Target); ForEach<T>(IEnumerable<T>, Action<T>);
            When<T>(T, Boolean, Configure<T>); WhenNotNull<T, TOther>(T, TOther, Func<T, TOther, T>)
        Configure<T>
        ControlFlow: ExecuteWithRetry(Action, Action, Int32, Nullable<TimeSpan>, Action<String>);
            SuppressErrors(Action, Boolean, Boolean); SuppressErrors<T>(Func<T>, T, Boolean, Boolean)
        CopyExtensions: Copy(AbsolutePath, AbsolutePath, ExistsPolicy);
            CopyToDirectory(AbsolutePath, AbsolutePath, ExistsPolicy);
            Move(AbsolutePath, AbsolutePath, ExistsPolicy);
            MoveToDirectory(AbsolutePath, AbsolutePath, ExistsPolicy)
        DependencyBehavior: Execute; Skip
        DigestExtensions: GetDirectoryHash(AbsolutePath); GetFileHash(AbsolutePath)
        Enumeration: Value; op_Implicit(Enumeration)
        EnvironmentInfo: GetVariable(String); HasVariable(String); IsLinux; IsOsx; IsUnix; IsWin;
            SetVariable(String, String); SwitchWorkingDirectory(AbsolutePath, Boolean); WorkingDirectory
        ExecutableTarget: Actions; AllDependencies; ArtifactProducts; Description; Duration;
            DynamicConditions; ExecutionDependencies; Invoked; IsDefault; Listed; Name; OnlyWhen;
            OrderDependencies; PartitionSize; Skipped; StaticConditions; Status; SummaryInformation;
            TriggerDependencies; Triggers
        ExecutionStatus: Aborted; Collective; Failed; None; NotRun; Running; Scheduled; Skipped; Succeeded
        ExistsPolicy: Fail; MergeAndOverwrite; MergeAndOverwriteIfNewer; MergeAndSkip
        IBuildExtension: Priority
        IOnBuildCreated: OnBuildCreated(IReadOnlyCollection<ExecutableTarget>)
        IOnBuildFinished: OnBuildFinished()
        IOnBuildInitialized:
            OnBuildInitialized(IReadOnlyCollection<ExecutableTarget>, IReadOnlyCollection<ExecutableTarget>)
        IOnTargetFailed: OnTargetFailed(ExecutableTarget)
        IOnTargetRunning: OnTargetRunning(ExecutableTarget)
        IOnTargetSkipped: OnTargetSkipped(ExecutableTarget)
        IOnTargetSucceeded: OnTargetSucceeded(ExecutableTarget)
        IOnTargetSummaryUpdated: OnTargetSummaryUpdated(ITargetBuild, ExecutableTarget)
        ITargetBuild: AbortedTargets; BuildAssemblyDirectory; BuildAssemblyFile; BuildProjectDirectory;
            BuildProjectFile; Continue; ExecutionPlan; ExitCode; FailedTargets; FinishedTargets; Help;
            InvokedTargets; IsFailing; IsFinished; IsLocalBuild; IsServerBuild; IsSucceeding; NoLogo;
            Partition; Plan; ReportSummary(Configure<Dictionary<String, String>>); RootDirectory;
            RunningTargets; ScheduledTargets; SkippedTargets; SucceededTargets; TemporaryDirectory;
            TryGetValue<T>(Expression<Func<Object>>); TryGetValue<T>(Expression<Func<T>>); Verbosity
        ITargetDefinition: After(Target[]); After<T>(Func<T, Target>[]); AssuredAfterFailure(); Base();
            Before(Target[]); Before<T>(Func<T, Target>[]); Consumes(Target, String[]); Consumes(Target[]);
            Consumes<T>(Func<T, Target>, String[]); Consumes<T>(Func<T, Target>[]); Consumes<T>(String[]);
            DependentFor(Target[]); DependentFor<T>(Func<T, Target>[]); DependsOn(Target[]);
            DependsOn<T>(Func<T, Target>[]); DependsOnContext<T>(); Description(String); Executes(Action[]);
            Executes(Func<Task>); Executes<T>(Func<T>); Inherit(Target[]);
            Inherit<T>(Expression<Func<T, Target>>[]); OnlyWhenDynamic(Func<Boolean>, String);
            OnlyWhenStatic(Func<Boolean>, String); Partition(Int32); ProceedAfterFailure();
            Produces(String[]); Requires(Expression<Func<Boolean>>, Expression<Func<Boolean>>[]);
            Requires<T>(Expression<Func<Nullable<T>>>, Expression<Func<Nullable<T>>>[]);
            Requires<T>(Expression<Func<T>>, Expression<Func<T>>[]); TriggeredBy(Target[]);
            TriggeredBy<T>(Func<T, Target>[]); Triggers(Target[]); Triggers<T>(Func<T, Target>[]);
            TryAfter<T>(Func<T, Target>[]); TryBefore<T>(Func<T, Target>[]);
            TryDependentFor<T>(Func<T, Target>[]); TryDependsOn<T>(Func<T, Target>[]);
            TryTriggeredBy<T>(Func<T, Target>[]); TryTriggers<T>(Func<T, Target>[]); Unlisted();
            WhenSkipped(DependencyBehavior)
        OptionalAttribute
        ParameterAttribute: Description; GetValue(MemberInfo, Object); GetValueSet(MemberInfo, Object);
            List; Name; Separator; ValueProviderMember; ValueProviderType
        ParameterPrefixAttribute: Prefix
        Partition: GetCurrent<T>(IEnumerable<T>); IsIn(Int32); Part; Single; Total
        RequiredAttribute
        SecretAttribute
        Setup
        Target
        TargetBuild: AbortedTargets; BuildAssemblyDirectory; BuildAssemblyFile; BuildProjectDirectory;
            BuildProjectFile; Continue; ExecutionPlan; ExitCode; FailedTargets; FinishedTargets; Help;
            InvokedTargets; IsFailing; IsFinished; IsLocalBuild; IsServerBuild; IsSucceeding;
            LoadedLocalProfiles; NoLogo; OnBuildCreated(); OnBuildFinished(); OnBuildInitialized();
            OnTargetFailed(String); OnTargetRunning(String); OnTargetSkipped(String);
            OnTargetSucceeded(String); Partition; Plan;
            ReportSummary(Configure<Dictionary<String, String>>); RootDirectory; RunningTargets;
            ScheduledTargets; SkippedTargets; SucceededTargets; TemporaryDirectory;
            TryGetValue<T>(Expression<Func<Object>>); TryGetValue<T>(Expression<Func<T>>); Verbosity
        TypeConverter<T>: CanConvertFrom(ITypeDescriptorContext, Type);
            ConvertFrom(ITypeDescriptorContext, CultureInfo, Object)
        ValueInjectionAttributeBase: Build; GetValue(MemberInfo, Object); Priority; SuppressWarnings
        Verbosity: Minimal; Normal; Quiet; Verbose
        """;

    /// <summary>
    /// What types that NUKE has too have here besides, and why. Types of the host's own are
    /// not NUKE's concern.
    /// </summary>
    static readonly Dictionary<string, string> Own = new()
    {
        ["AbsolutePath: Create(String)"] = "says that a relative path is none",
        ["ITargetDefinition: Requires(Func<Boolean>, String); Requires<T>(Func<Nullable<T>>, String); "
            + "Requires<T>(Func<T>, String)"] =
            "one requirement alone needs no expression tree, which would cost time at every start",
        ["TargetBuild: Cancellation; CompletionsOf(String); HasExecuted; IsReported; LastWord; LogDirectory; "
            + "OutputFormat; Outputs; ParametersJsonSchema(); ResultsDirectory; SummaryColumns; SummaryRows; "
            + "Tell(Check); Tell(Notice); Tell(StepEvent); TypedCommand; WriteHelp(TextWriter); "
            + "WriteJobSummary(TextWriter); WritePlan(TextWriter); WritesWholePlan"] =
            "what a build tells this host and hears from it; used in build/Host.BuiltIn.cs and "
            + "build/BuiltIn alone",
        ["TargetBuild: Execute<T>(Func<T, Target>[])"] = "the same call, without an expression tree",
    };

    /// <summary>What NUKE has and this host deliberately has not.</summary>
    static readonly Dictionary<string, string> Lacking = new()
    {
        ["DefaultOutput: BuildOutcome; ErrorsAndWarnings; Logo; TargetCollapse; TargetHeader; "
            + "TargetOutcome; Timestamps"] =
            "how much is printed is for the person who runs the build to say: --verbosity",
        ["DisableDefaultOutputAttribute: DisabledOutputs"] = "as above",
        ["Host"] =
            "a build that asks which server it runs on behaves differently there; "
            + "IsServerBuild is all it can know",
        ["ITargetBuild: Host"] = "as above",
        ["TargetBuild: Host"] = "as above",
        ["OnDemandAttribute"] = "parameters are cheap to bind, so all are bound",
        ["OnDemandValueInjectionAttribute"] = "as above",
        ["TargetBuild: Execute<T>(Expression<Func<T, Target>>[])"] =
            "Execute<T>(Func<T, Target>[]) takes the same lambdas",
        ["ITargetDefinition: Requires<TTool>(); Requires<TTool>(String); Requires(Expression<Func<Tool>>)"] =
            "a build does not install programs behind a person's back",
        ["ProcessTasks"] = "ExternalProcess, which awaits, cancels and takes no shell",
        ["Tool"] = "as above",
        ["ToolResolver"] = "as above",
        ["ArgumentStringHandler"] = "arguments are a list: nothing needs quoting",
        ["RelativePath"] = "strings do",
        ["CIAttribute"] = "no typed server variables: what servers need is written by the host itself",
        ["PartitionAttribute"] = "the property Partition of the build is there anyway",
        ["Log"] =
            "targets print on the console, whose lines are kept with their target; no logging library is "
            + "forced on a build",
    };

    static readonly IReadOnlyList<string> Host = Surface.Of(typeof(TargetBuild).Assembly);

    [Fact]
    public void TheHostHasWhatTheTablesSayAndNothingElse()
    {
        string[] listed = [.. Lines(Shared), .. Own.Keys.SelectMany(Lines)];
        var types = Lines(Shared).Where(line => !line.Contains('.')).ToList();
        listed.Except(Host).ShouldBeEmpty("listed as NUKE's, and not here");
        Host.Where(line => types.Exists(type => line.StartsWith(type + ".", StringComparison.Ordinal)))
            .Except(listed)
            .ShouldBeEmpty("members of NUKE's types that NUKE has not: list them under Own, with the reason");
    }

    [Fact]
    public void WhatIsSaidToBeLackingIsLacking() =>
        Host.Intersect(Lacking.Keys.SelectMany(Lines).Except(TypesWithOwnMembers)).ShouldBeEmpty();

    [Fact]
    public void TheSignaturesThatTheBuildIsCompiledAgainstAreInTheTables()
    {
        var nuke = Surface.Of(typeof(Nuke.Common.NukeBuild).Assembly)
            .Select(line => line.Replace("INukeBuild", "ITargetBuild").Replace("NukeBuild", "TargetBuild"));
        nuke.Except(Lines(Shared)).Except(Lacking.Keys.SelectMany(Lines)).ShouldBeEmpty();
    }

    /// <summary>A type is listed with its members, and both hosts have it.</summary>
    static readonly string[] TypesWithOwnMembers = ["ITargetBuild", "TargetBuild", "ITargetDefinition"];

    /// <summary>A type for itself, then each of its members.</summary>
    static IEnumerable<string> Lines(string table)
    {
        foreach (var entry in table.Replace("\n   ", "", StringComparison.Ordinal).Split('\n'))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var type = colon < 0 ? entry : entry[..colon];
            yield return type;
            var members = colon < 0 ? [] : entry[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries);
            foreach (var member in members)
                yield return $"{type}.{member}";
        }
    }
}
