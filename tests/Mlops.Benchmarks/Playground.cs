namespace Mlops.Benchmarks;

/// <summary>A folder of its own for everything that is built, and the command that builds there.</summary>
sealed class Playground : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("mlops-benchmarks-").FullName;

    public Playground()
    {
        // Compiles the build if need be, before anything is measured.
        if (ChildProcess.Run([Bootstrapper, "--help"], Root) is { ExitCode: not 0 } failed)
            throw new InvalidOperationException(failed.Output);
    }

    /// <summary>The repository.</summary>
    public string Root { get; } = FindRoot();

    string Bootstrapper => Path.Combine(Root, OperatingSystem.IsWindows() ? "build.cmd" : "build.sh");

    /// <summary>This program, to be started again for what is measured in a process of its own.</summary>
    public static IReadOnlyList<string> Self => ["dotnet", "exec", Environment.GetCommandLineArgs()[0]];

    public string Folder(params string[] parts) =>
        Directory.CreateDirectory(Path.Combine([folder, .. parts])).FullName;

    /// <summary>
    /// The build over the pipelines in <c>name/pipelines</c>, with everything else in <c>name</c> too.
    /// </summary>
    public IReadOnlyList<string> Build(string name, params string[] arguments) =>
    [
        Bootstrapper, .. arguments,
        "--pipelines-directory", Folder(name, "pipelines"),
        "--workspace-directory", Path.Combine(folder, name, "workspace"),
        "--output-directory", Path.Combine(folder, name, "out"),
    ];

    public Contender Ours(string name, int executed, Action<int>? before, params string[] arguments) => new(
        $"`build.sh {string.Join(' ', arguments)}`", Build(name, arguments), Root,
        $@"(?m)^Steps\s+{executed} executed in .* 0 rejected, 0 not run", before);

    /// <summary>
    /// Runs until nothing is left to do, and the times of all files are old enough to be believed.
    /// </summary>
    public void Settle(string name, params string[] arguments)
    {
        for (var times = 0; times < 3; times++)
        {
            if (ChildProcess.Run(Build(name, arguments), Root) is { ExitCode: not 0 } failed)
                throw new InvalidOperationException(failed.Output);
            Thread.Sleep(times < 2 ? 2100 : 0);
        }
    }

    public static void Touch(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string FindRoot()
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = start; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Mlops.Build.sln")))
                return folder.FullName;
        throw new InvalidOperationException("This program has to lie inside the repository.");
    }
}
