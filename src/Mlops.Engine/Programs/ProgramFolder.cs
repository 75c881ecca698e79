namespace Mlops.Engine;

/// <summary>
/// Where one execution works: <c>work</c> holds what was declared, <c>home</c> and <c>tmp</c> are empty.
/// </summary>
sealed class ProgramFolder
{
    /// <summary>All inputs have it: no time of a copy may find its way into an output.</summary>
    static readonly DateTime InputTime = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <remarks>The permission to execute is no part of a digest, so no file may lack it.</remarks>
    const UnixFileMode InputMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    readonly HashSet<string> inputs = new(StringComparer.Ordinal);

    public ProgramFolder(string root)
    {
        Root = root;
        Work = Directory.CreateDirectory(Path.Combine(root, "work")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        Temporary = Directory.CreateDirectory(Path.Combine(root, "tmp")).FullName;
    }

    public string Root { get; }

    public string Work { get; }

    public string Home { get; }

    public string Temporary { get; }

    /// <summary>Copies, because a hard link would let the program write into what others rely on.</summary>
    public async Task Bring(StageContext context, IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            if (!NamePattern.StaysInside(file.Name) || !inputs.Add(file.Name))
                throw new ProblemException(new Problem(
                    "ENGINE-059", $"The input '{file.Name}' has no place of its own in the program's folder.",
                    Next: "Declare inputs whose names, relative to the pipeline's folder or to the step that "
                        + "makes them, differ."));
            var path = Path.Combine(Work, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await context.CopySource(file.Digest, path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, InputMode);
            File.SetLastWriteTimeUtc(path, InputTime);
        }
    }

    /// <summary>
    /// Every file that fits a pattern, once, in ordinal order; a wildcard takes no input for an output.
    /// </summary>
    /// <exception cref="ProblemException">A pattern that nothing fits (ENGINE-054),
    /// or a link (ENGINE-055).</exception>
    public IReadOnlyList<string> Collect(IReadOnlyList<string> patterns)
    {
        var (files, links) = Names();
        var collected = new SortedSet<string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var pattern in patterns)
        {
            var fitting = files.Where(name => Fits(pattern, name)).ToList();
            collected.UnionWith(fitting);
            if (links.FirstOrDefault(name => Fits(pattern, name)) is { } link)
                problems.Add(new Problem(
                    "ENGINE-055", $"The output '{link}' is a link.",
                    Expected: "a regular file in the program's folder",
                    Next: "Let the program copy what it links to."));
            else if (fitting.Count == 0)
                problems.Add(Missing(pattern, files));
        }
        return problems.Count == 0 ? [.. collected] : throw new ProblemException(problems);
    }

    public string PathOf(string name) => Path.Combine(Work, name);

    bool Fits(string pattern, string name) =>
        NamePattern.Fits(pattern, name) && (name == pattern || !inputs.Contains(name));

    Problem Missing(string pattern, IReadOnlyList<string> files)
    {
        string[] made = [.. files.Where(name => !inputs.Contains(name))];
        return new Problem(
            "ENGINE-054", $"The program ended well, but made no file '{pattern}'.",
            Expected: NamePattern.IsExact(pattern) ? "a file of this name" : "at least one file that fits",
            Actual: made.Length == 0
                ? "it made no file in its folder"
                : $"it made {NearestNames.Listed(made)}",
            Next: "Correct outputs, or let the program write there: its folder is the working "
                + "directory it starts in.");
    }

    /// <remarks>
    /// Links are not followed: what they lead to may lie anywhere. Pipes and the like are no files.
    /// </remarks>
    (List<string> Files, List<string> Links) Names()
    {
        var (files, links) = (new List<string>(), new List<string>());
        Walk(new DirectoryInfo(Work), "");
        files.Sort(StringComparer.Ordinal);
        links.Sort(StringComparer.Ordinal);
        return (files, links);

        void Walk(DirectoryInfo folder, string prefix)
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
                if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    links.Add(prefix + entry.Name);
                else if (entry is DirectoryInfo inner)
                    Walk(inner, $"{prefix}{entry.Name}/");
                else if (FileStamp.Of(entry.FullName) is not null)
                    files.Add(prefix + entry.Name);
        }
    }
}
