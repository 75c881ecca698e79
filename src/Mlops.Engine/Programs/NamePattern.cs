using System.IO.Enumeration;

namespace Mlops.Engine;

/// <summary>
/// Relative names with forward slashes by pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any
/// folders; a folder's name, with or without a slash at its end, stands for all that is in it.
/// </summary>
public static class NamePattern
{
    public static bool IsExact(string pattern) => pattern.AsSpan().IndexOfAny('*', '?') < 0;

    public static bool Fits(string pattern, string name) =>
        pattern.EndsWith('/') ? FitsSegments($"{pattern}**", name)
        : IsExact(pattern) ? name == pattern || name.StartsWith($"{pattern}/", StringComparison.Ordinal)
        : FitsSegments(pattern, name);

    /// <summary>
    /// As <see cref="Fits(string, string)"/>; a pattern without a slash is held against the
    /// last part of the name.
    /// </summary>
    public static bool FitsAnywhere(string pattern, string name) =>
        pattern.Contains('/')
            ? Fits(pattern, name)
            : Fits(pattern, name) || Fits(pattern, name[(name.LastIndexOf('/') + 1)..]);

    static bool FitsSegments(string pattern, string name) => Fits(pattern.Split('/'), name.Split('/'));

    static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> name)
    {
        if (pattern.IsEmpty)
            return name.IsEmpty;
        if (pattern[0] != "**")
            return !name.IsEmpty
                && FileSystemName.MatchesSimpleExpression(pattern[0], name[0], ignoreCase: false)
                && Fits(pattern[1..], name[1..]);
        if (pattern.Length == 1)
            return !name.IsEmpty;
        for (var skipped = 0; skipped < name.Length; skipped++)
            if (Fits(pattern[1..], name[skipped..]))
                return true;
        return false;
    }

    /// <summary>Whether it can only name something inside the folder that it is relative to.</summary>
    public static bool StaysInside(string pattern) =>
        pattern.Length > 0 && !Path.IsPathRooted(pattern) && !pattern.Contains('\\')
        && pattern.TrimEnd('/').Split('/').All(segment => segment is not ("" or "." or ".."));
}
