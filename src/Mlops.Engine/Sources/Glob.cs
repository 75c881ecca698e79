using System.IO.Enumeration;

namespace Mlops.Engine;

/// <summary>Files by pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
static class Glob
{
    /// <returns>Full paths, in no particular order.</returns>
    public static IEnumerable<string> Find(string baseDirectory, string pattern)
    {
        var full = Path.GetFullPath(Path.Combine(baseDirectory, pattern));
        var root = Path.GetPathRoot(full)!;
        return Match(root, full[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
    }

    static IEnumerable<string> Match(string directory, ReadOnlyMemory<string> segments)
    {
        var segment = segments.Span[0];
        var rest = segments[1..];
        if (segment == "**")
            return AnyDepth(directory, rest);
        if (segment.AsSpan().IndexOfAny('*', '?') < 0)
            return Exact(Path.Combine(directory, segment), rest);
        if (!Directory.Exists(directory))
            return [];
        return rest.IsEmpty
            ? Directory.EnumerateFiles(directory).Where(path => Fits(segment, path))
            : Directory.EnumerateDirectories(directory).Where(path => Fits(segment, path)).SelectMany(path => Match(path, rest));
    }

    static IEnumerable<string> Exact(string path, ReadOnlyMemory<string> rest) =>
        !rest.IsEmpty ? Match(path, rest) : File.Exists(path) ? [path] : [];

    static IEnumerable<string> AnyDepth(string directory, ReadOnlyMemory<string> rest)
    {
        if (!Directory.Exists(directory))
            return [];
        if (rest.IsEmpty)
            return Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories);
        return Match(directory, rest).Concat(
            Directory.EnumerateDirectories(directory).SelectMany(path => AnyDepth(path, rest)));
    }

    static bool Fits(string segment, string path) =>
        FileSystemName.MatchesSimpleExpression(segment, Path.GetFileName(path.AsSpan()), ignoreCase: false);
}
