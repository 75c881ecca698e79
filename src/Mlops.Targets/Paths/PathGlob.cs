using System.IO.Enumeration;

namespace Mlops.Targets;

/// <summary>
/// A pattern of relative paths: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of folders.
/// </summary>
sealed class PathGlob(string pattern)
{
    readonly string[] parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="path">Relative, with forward slashes.</param>
    public bool Fits(string path) => Fits(path.Split('/'), 0, 0);

    bool Fits(string[] names, int name, int part)
    {
        if (part == parts.Length)
            return name == names.Length;
        if (parts[part] == "**")
            return Fits(names, name, part + 1) || (name < names.Length && Fits(names, name + 1, part));
        return name < names.Length
            && FileSystemName.MatchesSimpleExpression(
                parts[part], names[name], ignoreCase: OperatingSystem.IsWindows())
            && Fits(names, name + 1, part + 1);
    }
}
