using System.IO.Enumeration;

namespace Mlops.Engine;

/// <summary>Files by pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
static class Glob
{
    /// <param name="looked">Is given every folder whose entries decide what is found.</param>
    /// <returns>Full paths, in no particular order.</returns>
    public static IEnumerable<string> Find(string baseDirectory, string pattern, ICollection<string> looked)
    {
        var full = Path.GetFullPath(Path.Combine(baseDirectory, pattern));
        var root = Path.GetPathRoot(full)!;
        return Match(root,
            full[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar), looked);
    }

    static IEnumerable<string> Match(
        string directory, ReadOnlyMemory<string> segments, ICollection<string> looked)
    {
        var segment = segments.Span[0];
        var rest = segments[1..];
        if (segment == "**")
            return AnyDepth(directory, rest, looked, [directory]);
        if (segment.AsSpan().IndexOfAny('*', '?') < 0)
            return Exact(Path.Combine(directory, segment), rest, looked);
        if (!Directory.Exists(directory))
            return [];
        looked.Add(directory);
        return rest.IsEmpty
            ? Directory.EnumerateFiles(directory).Where(path => Fits(segment, path))
            : Directory.EnumerateDirectories(directory).Where(path => Fits(segment, path))
                .SelectMany(path => Match(path, rest, looked));
    }

    static IEnumerable<string> Exact(string path, ReadOnlyMemory<string> rest, ICollection<string> looked) =>
        !rest.IsEmpty ? Match(path, rest, looked) : File.Exists(path) ? [path] : [];

    /// <param name="above">The folder and those that it was reached through, links followed.</param>
    static IEnumerable<string> AnyDepth(
        string directory, ReadOnlyMemory<string> rest,
        ICollection<string> looked, IReadOnlyList<string> above)
    {
        if (!Directory.Exists(directory))
            return [];
        looked.Add(directory);
        var here = rest.IsEmpty ? Directory.EnumerateFiles(directory) : Match(directory, rest, looked);
        return here.Concat(new DirectoryInfo(directory).EnumerateDirectories()
            .SelectMany(folder => Below(folder, rest, looked, above)));
    }

    /// <remarks>
    /// A folder that is listed and yet not there has a name that is no UTF-8: it is found itself, for whoever
    /// reads to tell. A link to a folder that it was reached through would go round and round.
    /// </remarks>
    static IEnumerable<string> Below(
        DirectoryInfo folder, ReadOnlyMemory<string> rest,
        ICollection<string> looked, IReadOnlyList<string> above)
    {
        if (!Directory.Exists(folder.FullName))
            return [folder.FullName];
        var target = folder.LinkTarget is null
            ? Path.Combine(above[^1], folder.Name)
            : Path.TrimEndingDirectorySeparator(folder.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        return folder.LinkTarget is not null && above.Contains(target, StringComparer.Ordinal)
            ? []
            : AnyDepth(folder.FullName, rest, looked, [.. above, target]);
    }

    static bool Fits(string segment, string path) =>
        FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(path.AsSpan()), ignoreCase: false);
}
