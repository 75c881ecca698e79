using System.Text;

namespace Mlops.Engine;

/// <summary>
/// The version of everything that lies in a workspace, in the file <c>format</c>: the first that is written
/// there. A folder of another version is set aside, never misread; one that is no workspace is left alone.
/// </summary>
static class WorkspaceFormat
{
    public const string Current = "mlops-workspace/3";
    const string Family = "mlops-workspace/";

    /// <summary>How long another process may take to set a folder aside.</summary>
    const int MostAttempts = 500;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static string PathIn(string directory) => Path.Combine(directory, "format");

    /// <summary>Leaves the folder there, of this version, or empty and about to be marked.</summary>
    public static void Prepare(string directory)
    {
        if (!IsOther(directory))
            return;
        using var alone = Alone(directory);
        // Whoever was alone before may have done it.
        if (IsOther(directory))
            SetAside(directory);
    }

    public static void Mark(string directory, AtomicFiles files)
    {
        if (!File.Exists(PathIn(directory)))
            files.TryCreate(PathIn(directory), Encoding.ASCII.GetBytes($"{Current}\n"));
    }

    /// <exception cref="ProblemException">The file says something else altogether:
    /// the folder is somebody's own.</exception>
    static bool IsOther(string directory)
    {
        // Traces are written after the mark: without it they are of nobody knows what.
        if (Read(PathIn(directory)) is not { } found)
            return Path.Combine(directory, "traces") is var traces && Directory.Exists(traces)
                && Directory.EnumerateFiles(traces, "*", SearchOption.AllDirectories).Any();
        if (found.Length > 0 && !found.StartsWith(Family, StringComparison.Ordinal))
            throw new ProblemException([new Problem(
                "ENGINE-030", "The folder is no workspace.", new Place(PathIn(directory)), Expected: Current,
                Actual: found.Length > 40 ? found[..40] : found,
                Next: "Name another with --workspace-directory, or move this one away.")], damaged: true);
        return found != Current;
    }

    static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    static void SetAside(string directory)
    {
        var aside = $"{Path.TrimEndingDirectorySeparator(directory)}.set-aside";
        for (var number = 1; ; number++)
            if (!Path.Exists($"{aside}-{number}"))
            {
                MoveAllButTheLedger(directory, Directory.CreateDirectory($"{aside}-{number}").FullName);
                return;
            }
    }

    /// <remarks>
    /// The format goes last: should the process be killed meanwhile, the next one carries on.
    /// </remarks>
    static void MoveAllButTheLedger(string directory, string aside)
    {
        var entries = Directory.GetFileSystemEntries(directory).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith(Workspace.LedgerName, StringComparison.Ordinal));
        foreach (var name in entries.OrderBy(name => name == "format"))
            Directory.Move(Path.Combine(directory, name), Path.Combine(aside, name));
    }

    /// <summary>
    /// Two processes that both saw the old version must not both set aside: the second
    /// would take the new one.
    /// </summary>
    static FileStream Alone(string directory)
    {
        var path = $"{Path.TrimEndingDirectorySeparator(directory)}.set-aside.lock";
        for (var attempt = 1; ; attempt++)
            try
            {
                return new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException fault)
                when (attempt < MostAttempts
                    && fault is not (DirectoryNotFoundException or PathTooLongException))
            {
                Thread.Sleep(Pause);
            }
    }
}
