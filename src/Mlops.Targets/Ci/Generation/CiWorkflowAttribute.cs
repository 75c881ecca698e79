namespace Mlops.Targets;

/// <summary>An operating system that a CI server has machines of.</summary>
public enum CiSystem
{
    Linux,
    MacOS,
    Windows,
}

/// <summary>
/// What a CI server does for this build: from these attributes on the build class
/// <see cref="CiConfiguration"/> writes the files that the servers read. A workflow runs its targets on each
/// system; with partitions, on several machines that share the work, and then the joining targets on one that
/// has what all of them made.
/// </summary>
/// <param name="name">Small letters, digits and hyphens: also the name of the file.</param>
/// <param name="targets">What is run, by the names of the targets.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class CiWorkflowAttribute(string name, params string[] targets) : Attribute
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Targets { get; } = targets;

    /// <summary>Runs at every push to these.</summary>
    public string[] Branches { get; init; } = [];

    public bool PullRequests { get; init; }

    /// <summary>As <c>cron</c> has it, in UTC; runs on the first of the branches. Empty for never.</summary>
    public string Schedule { get; init; } = "";

    public CiSystem[] Systems { get; init; } = [CiSystem.Linux];

    /// <summary>Each machine gets <c>--partition i/n</c>. At least 1.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Run on one machine when all partitions have ended, also if one failed.</summary>
    public string[] Join { get; init; } = [];

    /// <summary>Further arguments of every run.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>
    /// Folders kept from run to run whatever their state: their content must be such that any older one is of
    /// use and none can do harm.
    /// </summary>
    public string[] Keep { get; init; } = [];

    /// <summary>Raise it when older contents of the kept folders are of no use any more.</summary>
    public string KeepFormat { get; init; } = "1";

    /// <summary>Kept for people after the run, also after a failed one.</summary>
    public string[] Artifacts { get; init; } = [];

    /// <summary>Variables of the server that the build reads from its environment.</summary>
    public string[] Variables { get; init; } = [];

    /// <summary>
    /// Secrets of the server that the build reads from its environment; absent ones are empty.
    /// </summary>
    public string[] Secrets { get; init; } = [];

    public int TimeoutMinutes { get; init; } = 60;

    /// <summary>Where the run leaves what the server shows: checks, findings, the summary.</summary>
    internal const string ResultsDirectory = ".artifacts/results";

    internal bool IsPartitioned => Partitions > 1;

    /// <summary>The arguments of one machine.</summary>
    /// <param name="partition">How the server writes the partition's number;
    /// null where there are none.</param>
    internal string CommandLine(IEnumerable<string> targets, string? partition) => string.Join(
        ' ', [.. targets, .. partition is null ? [] : new[] { $"--partition {partition}/{Partitions}" },
            "--results-directory", ResultsDirectory,
            .. Arguments.Length > 0 ? [Arguments] : Array.Empty<string>()]);
}
