using System.Collections.Concurrent;
using System.Text;

namespace Mlops.Engine;

/// <summary>What programs get of the machine: the search path, and variables by name.</summary>
public sealed class ProgramHost(string searchPath, IReadOnlyDictionary<string, string> variables)
{
    readonly ConcurrentDictionary<(string Path, FileStamp Stamp), Digest> digests = new();

    public string SearchPath { get; } = searchPath;

    /// <param name="name">Looked for on the search path unless it is a full path.</param>
    /// <param name="passed">Is given the folders before the one where it was found:
    /// what comes there would win.</param>
    /// <returns>Null if there is none.</returns>
    public string? Find(string name, ICollection<string>? passed = null)
    {
        if (Path.IsPathRooted(name))
            return File.Exists(name) ? name : null;
        foreach (var folder in SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Candidates(Path.Combine(folder, name)).FirstOrDefault(IsExecutable) is { } found)
                return found;
            passed?.Add(folder);
        }
        return null;
    }

    /// <returns>Null where the variable is not set.</returns>
    public string? ValueOf(string variable) => variables.GetValueOrDefault(variable);

    /// <returns>Null where the variable is not set.</returns>
    public Digest? DigestOf(string variable) =>
        ValueOf(variable) is { } value ? Digest.Of(Encoding.UTF8.GetBytes(value)) : null;

    /// <summary>Of the file's bytes, read once as long as nobody writes to it.</summary>
    internal Digest DigestOfFile(string path) => digests.GetOrAdd(
        (path, FileStamp.Of(path) ?? default),
        key => FileDigest.Of(key.Path));

    static IEnumerable<string> Candidates(string path) =>
        OperatingSystem.IsWindows() ? [path, path + ".exe", path + ".cmd", path + ".bat"] : [path];

    static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    const UnixFileMode AnyExecute = UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
