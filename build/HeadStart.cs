using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>
/// Begins the rehearsal while the command line is still to be read, where changed data is what is to be
/// expected. It is a guess, by what can be seen in an instant: a wrong one costs some milliseconds of a core.
/// </summary>
static class HeadStart
{
    const string Workspace = "--workspace-directory";

    static readonly string[] Targets = ["Ingest", "Validate", "Train", "Evaluate", "Package", "Report"];

    /// <summary>With these nothing is executed here.</summary>
    static readonly string[] Others =
        ["--plan", "--dry-run", "--help", "--complete", "--step", "--step-command"];

    /// <param name="arguments">Of the process, without its own name.</param>
    /// <param name="workspaceDirectory">Where it is unless the arguments say otherwise.</param>
    /// <returns>Begun already, or not.</returns>
    public static Rehearsal Of(IReadOnlyList<string> arguments, string workspaceDirectory)
    {
        var rehearsal = new Rehearsal();
        if (Environment.ProcessorCount > 1 && ReadsData(arguments)
            && IsOutdated(NamedIn(arguments) ?? workspaceDirectory))
            rehearsal.Begin();
        return rehearsal;
    }

    /// <summary>Whether a target is named that reads data, or none at all.</summary>
    static bool ReadsData(IReadOnlyList<string> arguments) =>
        !arguments.Any(argument => Others.Contains(argument.Split('=')[0], StringComparer.OrdinalIgnoreCase))
        && (arguments.Count == 0 || arguments[0].StartsWith('-')
            || arguments.Any(argument => Targets.Contains(argument, StringComparer.OrdinalIgnoreCase)));

    static string? NamedIn(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
            if (arguments[i].StartsWith(Workspace + "=", StringComparison.OrdinalIgnoreCase))
                return arguments[i][(Workspace.Length + 1)..];
            else if (arguments[i].Equals(Workspace, StringComparison.OrdinalIgnoreCase)
                && i + 1 < arguments.Count)
                return arguments[i + 1];
        return null;
    }

    /// <remarks>What is wrong with the folder is said by whoever needs it.</remarks>
    static bool IsOutdated(string workspace)
    {
        try
        {
            return workspace.Length > 0 && Snapshot.AreOutdated(Path.GetFullPath(workspace));
        }
        catch (Exception unusable)
            when (unusable is ArgumentException or NotSupportedException or IOException
                or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
