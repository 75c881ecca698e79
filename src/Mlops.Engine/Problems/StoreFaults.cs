namespace Mlops.Engine;

/// <summary>
/// Tells faults of the disk under a workspace from all others, and says what to do about them.
/// </summary>
static class StoreFaults
{
    /// <summary>ENOSPC and EDQUOT, as .NET hands them on, and what Windows says.</summary>
    const int NoSpaceLeft = 28, QuotaExceeded = 122, WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>EROFS.</summary>
    const int ReadOnly = 30;

    public static bool IsFullDisk(Exception fault) =>
        Causes(fault).Any(cause =>
            cause is IOException { HResult: NoSpaceLeft or QuotaExceeded or WindowsDiskFull });

    /// <summary>What the fault says of the workspace itself; null where it says nothing of it.</summary>
    /// <param name="workspace">The folder.</param>
    public static ProblemException? Of(string workspace, Exception fault) => fault switch
    {
        _ when !File.Exists(WorkspaceFormat.PathIn(workspace)) => Gone(workspace, fault),
        ProblemException { Damaged: true } said => said,
        _ when IsFullDisk(fault) => Full(workspace, fault),
        _ when Causes(fault).Any(cause => cause is IOException { HResult: ReadOnly }) =>
            Unusable(workspace, fault),
        _ => null,
    };

    /// <summary>As <see cref="Of"/>, where only the workspace can be what failed.</summary>
    public static ProblemException OfWorkspace(string workspace, Exception fault) =>
        Of(workspace, fault) ?? Unusable(workspace, fault);

    /// <summary>Whether a fault is of a disk at all, rather than a mistake of the program.</summary>
    public static bool IsOfDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;

    public static ProblemException Unusable(string workspace, Exception fault) => Damaged(fault, new Problem(
        "ENGINE-001", "The workspace cannot be used.", new Place(workspace),
        Expected: "a folder that can be written to", Actual: fault.Message,
        Next: "Free or unlock it, or name another with --workspace-directory."));

    static ProblemException Full(string workspace, Exception fault) => Damaged(fault, new Problem(
        "ENGINE-003", "The disk is full: the workspace could not be written to.", new Place(workspace),
        Actual: fault.Message,
        Next: "Free some space and run the same command again: what was finished is kept."));

    static ProblemException Gone(string workspace, Exception fault) => Damaged(fault, new Problem(
        "ENGINE-032", "The workspace vanished while it was used.", new Place(workspace),
        Actual: fault.Message, Next: "Run again: what is not there is made again."));

    static ProblemException Damaged(Exception fault, Problem problem) => new([problem], damaged: true, fault);

    static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
            if (cause is AggregateException { InnerExceptions: var several })
                foreach (var inner in several.SelectMany(Causes))
                    yield return inner;
        }
    }
}
