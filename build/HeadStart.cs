using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>
/// Begins the rehearsal while the command line is still to be read, where changed data is what is to be
/// expected. It is a guess, by what can be seen in an instant: a wrong one costs some milliseconds of a core.
/// </summary>
static class HeadStart
{
    const string Workspace = "--workspace-directory";

    /// <summary>What looks at nothing that changed, or executes nothing here.</summary>
    static readonly string[] Others =
        ["--plan", "--dry-run", "--help", "--complete", "--step", "--step-command"];

    /// <param name="workspaceDirectory">Where it is unless the arguments say otherwise.</param>
    /// <returns>Begun already, or not.</returns>
    public static Rehearsal Of(string[] arguments, string workspaceDirectory)
    {
        var rehearsal = new Rehearsal();
        var named = Array.IndexOf(arguments, Workspace) + 1;
        var workspace = Path.GetFullPath(
            named > 0 && named < arguments.Length ? arguments[named] : workspaceDirectory);
        if (Environment.ProcessorCount > 1 && !arguments.Any(Others.Contains)
            && Snapshot.AreOutdated(workspace))
            rehearsal.Begin(workspace);
        return rehearsal;
    }
}
