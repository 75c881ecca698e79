namespace Mlops.Targets;

/// <summary>What a person can tell every build.</summary>
public abstract partial class TargetBuild
{
    [Parameter("Show targets and parameters.")]
    public bool Help { get; private set; }

    /// <summary>Whether only the plan is shown; also asked for as <c>--dry-run</c>.</summary>
    [Parameter("Show what would run and why; run nothing.")]
    public bool Plan { get; internal set; }

    [Parameter("The same as --plan.", "dry-run")]
    internal bool DryRun { get; private set; }

    /// <summary>There is none; accepted for scripts written for NUKE.</summary>
    [Parameter("There is no logo.", list: false)]
    public bool NoLogo { get; set; }

    /// <summary>Accepted, and answered: what is up to date is not done again anyway.</summary>
    [Parameter("Go on after a failure. Just run again: what is up to date is not done again.")]
    public bool Continue { get; private set; }

    /// <summary>Which share of the work is this agent's.</summary>
    [Parameter("Which of several agents this is, as 2/3.", list: false)]
    public Partition Partition { get; private set; } = Partition.Single;

    [Parameter("Names of parameter files: build/parameters.NAME.json, the last one first.", "profile")]
    internal string[] Profiles { get; private set; } = [];

    /// <summary>The profiles whose files were read.</summary>
    public IReadOnlyCollection<string> LoadedLocalProfiles => Profiles;

    /// <summary>Whether a continuous integration server started this.</summary>
    public bool IsServerBuild { get; internal set; }

    public bool IsLocalBuild => !IsServerBuild;

    [Parameter("Only these targets, or without names only what was asked for.", "only")]
    [Bare]
    internal string[]? OnlyNames { get; private set; }

    [Parameter("Begin at these targets: what they need is taken as done.", "from")]
    internal string[] FromNames { get; private set; } = [];

    [Parameter("Run targets one after the other, in the order of the plan.")]
    internal bool Sequential { get; private set; }

    [Parameter("After a failure run everything that does not need what failed.")]
    internal bool KeepGoing { get; private set; }

    [Parameter("For people or for machines; html writes a page that shows a plan.", "format")]
    protected internal OutputFormat OutputFormat { get; private set; }

    [Parameter("Skip these targets, or without names all that were not asked for.", "skip")]
    [Bare]
    internal string[]? SkipNames { get; private set; }

    [Parameter("The targets to run, as they may also be given without an option.", "target")]
    internal string[] TargetNames { get; private set; } = [];

    [Parameter(
        "Print what teaches a shell to complete targets, parameters and their values.", "completion")]
    internal Shell? CompletionShell { get; private set; }

    [Parameter("The folder to work on; that of the bootstrapper otherwise.", "root")]
    internal AbsolutePath RootOption { get; private set; } = RootDirectory;

    [Parameter("Leave here what CI servers read: JUnit XML, SARIF, code quality, a summary.")]
    public AbsolutePath? ResultsDirectory { get; private set; }

    [Parameter("How much to print.")]
    public Verbosity Verbosity { get; private set; } = Verbosity.Normal;
}
