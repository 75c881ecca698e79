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
        return Match(root, full[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar), looked);
    }

    static IEnumerable<string> Match(string directory, ReadOnlyMemory<string> segments, ICollection<string> looked)
    {
        var segment = segments.Span[0];
        var rest = segments[1..];
        if (segment == "**")
            return AnyDepth(directory, rest, looked);
        if (segment.AsSpan().IndexOfAny('*', '?') < 0)
            return Exact(Path.Combine(directory, segment), rest, looked);
        if (!Directory.Exists(directory))
            return [];
        looked.Add(directory);
        return rest.IsEmpty
            ? Directory.EnumerateFiles(directory).Where(path => Fits(segment, path))
            : Directory.EnumerateDirectories(directory).Where(path => Fits(segment, path)).SelectMany(path => Match(path, rest, looked));
    }

    static IEnumerable<string> Exact(string path, ReadOnlyMemory<string> rest, ICollection<string> looked) =>
        !rest.IsEmpty ? Match(path, rest, looked) : File.Exists(path) ? [path] : [];

    static IEnumerable<string> AnyDepth(string directory, ReadOnlyMemory<string> rest, ICollection<string> looked)
    {
        if (!Directory.Exists(directory))
            return [];
        looked.Add(directory);
        var here = rest.IsEmpty ? Directory.EnumerateFiles(directory) : Match(directory, rest, looked);
        return here.Concat(Directory.EnumerateDirectories(directory).SelectMany(path => AnyDepth(path, rest, looked)));
    }

    static bool Fits(string segment, string path) =>
        FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(path.AsSpan()), ignoreCase: false);
}
