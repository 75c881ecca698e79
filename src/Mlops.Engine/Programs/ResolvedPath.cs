namespace Mlops.Engine;

/// <summary>A folder's path as a process that works in it is told: without links on the way.</summary>
static class ResolvedPath
{
    public static string Of(string folder)
    {
        var resolved = Path.GetPathRoot(folder)!;
        var below = folder[resolved.Length..];
        foreach (var name in below.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var inner = new DirectoryInfo(Path.Combine(resolved, name));
            resolved = inner.LinkTarget is null
                ? inner.FullName
                : inner.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        return resolved;
    }
}
