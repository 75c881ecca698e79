using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Quarantining;

/// <summary>
/// Where the rows set aside of a source lie: as the source does, so that folders that are values of columns
/// (<c>market=DE/</c>) and endings that say how to read a file stay; of characters that no file system minds.
/// </summary>
public static class SetAsidePath
{
    /// <summary>Of a name that is too long its beginning and its end stay, so many characters each.</summary>
    const int KeptOfLong = 40;
    const int LongestPart = 2 * KeptOfLong + 1;
    const string Allowed = "._-=+@%,";

    /// <summary>For every source one, none of them a folder of another.</summary>
    /// <param name="isRaw">Whether the bytes are the source's own, or JSON lines in their place.</param>
    internal static string Of(string source, bool isRaw, ISet<string> taken)
    {
        var path = Safe(Unpacked(source) + (isRaw ? "" : ".jsonl"));
        while (!Take(path, taken))
            path = $"{Digest.Of(Encoding.UTF8.GetBytes(source)).Short}/{path}";
        return path;
    }

    /// <summary>Whether it is one: relative, and leading nowhere else.</summary>
    public static bool IsOne(string path) => path.Length > 0 && path == Safe(path);

    /// <param name="taken">Files, and folders with a slash behind them.</param>
    static bool Take(string path, ISet<string> taken)
    {
        var key = path.ToUpperInvariant();
        List<string> folders = [];
        for (var at = key.IndexOf('/'); at >= 0; at = key.IndexOf('/', at + 1))
            folders.Add(key[..(at + 1)]);
        if (taken.Contains(key) || taken.Contains(key + "/")
            || folders.Exists(folder => taken.Contains(folder[..^1])))
            return false;
        taken.Add(key);
        taken.UnionWith(folders);
        return true;
    }

    static string Safe(string name)
    {
        var parts = name.Split('/').Select(SafePart).Where(part => part.Trim('.').Length > 0);
        return string.Join('/', parts) is { Length: > 0 } path ? path : "rows";
    }

    /// <remarks>The same on every system: Windows leaves out dots at the end.</remarks>
    static string SafePart(string part)
    {
        var safe = new StringBuilder(part.Length + 1);
        foreach (var character in part.TrimEnd('.'))
            safe.Append(
                char.IsLetterOrDigit(character) || Allowed.Contains(character) ? character : '-');
        if (DeviceNames.Has(safe.ToString()))
            safe.Insert(0, '_');
        return safe.Length <= LongestPart
            ? safe.ToString()
            : safe.Remove(KeptOfLong, safe.Length - 2 * KeptOfLong).Insert(KeptOfLong, '-').ToString();
    }

    static string Unpacked(string name) =>
        name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3]
        : name.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? name[..^4]
        : name;
}
