namespace Mlops.Targets;

/// <summary>What targets do to files and folders. Removing what is not there is no error.</summary>
public static class AbsolutePathExtensions
{
    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    public static bool DirectoryExists(this AbsolutePath path) => Directory.Exists(path);

    /// <summary>A file or a folder.</summary>
    public static bool Exists(this AbsolutePath path) => Path.Exists(path);

    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.DeleteDirectory();
        return path.CreateDirectory();
    }

    public static void DeleteDirectory(this AbsolutePath path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    public static void DeleteFile(this AbsolutePath path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    public static string ReadAllText(this AbsolutePath path) => File.ReadAllText(path);

    public static string[] ReadAllLines(this AbsolutePath path) => File.ReadAllLines(path);

    public static byte[] ReadAllBytes(this AbsolutePath path) => File.ReadAllBytes(path);

    /// <summary>UTF-8 without a mark. Its folder is made if need be, as for all that writes.</summary>
    public static AbsolutePath WriteAllText(this AbsolutePath path, string content)
    {
        path.Parent?.CreateDirectory();
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Each line with a line feed, on every system.</summary>
    public static AbsolutePath WriteAllLines(this AbsolutePath path, IEnumerable<string> lines) =>
        path.WriteAllText(string.Concat(lines.Select(line => line + "\n")));

    public static AbsolutePath WriteAllBytes(this AbsolutePath path, byte[] bytes)
    {
        path.Parent?.CreateDirectory();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static FileInfo ToFileInfo(this AbsolutePath path) => new(path);

    /// <inheritdoc cref="GetDirectories"/>
    public static IReadOnlyCollection<AbsolutePath> GetFiles(
        this AbsolutePath path, string pattern = "*", int depth = 1) =>
        Sorted(Directory.EnumerateFiles(path, pattern, Within(depth)));

    /// <summary>In ordinal order.</summary>
    /// <param name="pattern">Of names, with <c>*</c> and <c>?</c>.</param>
    /// <param name="depth">1 for the folder itself, 2 for its folders too, and so on.</param>
    public static IReadOnlyCollection<AbsolutePath> GetDirectories(
        this AbsolutePath path, string pattern = "*", int depth = 1) =>
        Sorted(Directory.EnumerateDirectories(path, pattern, Within(depth)));

    /// <inheritdoc cref="GlobDirectories"/>
    public static IReadOnlyCollection<AbsolutePath> GlobFiles(
        this AbsolutePath path, params string[] patterns) =>
        Glob(path, Directory.EnumerateFiles(path, "*", Everything), patterns);

    /// <summary>In ordinal order.</summary>
    /// <param name="patterns">From this folder, with <c>/</c>: <c>*</c> within a name,
    /// <c>**</c> for any folders.</param>
    public static IReadOnlyCollection<AbsolutePath> GlobDirectories(
        this AbsolutePath path, params string[] patterns) =>
        Glob(path, Directory.EnumerateDirectories(path, "*", Everything), patterns);

    static readonly EnumerationOptions Everything = Within(int.MaxValue);

    static IReadOnlyCollection<AbsolutePath> Glob(
        AbsolutePath root, IEnumerable<string> all, string[] patterns)
    {
        var globs = patterns.Select(pattern => new PathGlob(pattern)).ToList();
        return Sorted(all.Where(path =>
        {
            var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
            return globs.Exists(glob => glob.Fits(relative));
        }));
    }

    static EnumerationOptions Within(int depth) => new()
    {
        RecurseSubdirectories = depth > 1,
        MaxRecursionDepth = depth - 1,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.None,
        MatchCasing = MatchCasing.PlatformDefault,
    };

    static IReadOnlyCollection<AbsolutePath> Sorted(IEnumerable<string> paths) =>
        [.. paths.Order(StringComparer.Ordinal).Select(AbsolutePath.Create)];
}
