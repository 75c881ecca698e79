namespace Mlops.Targets;

/// <summary>Finds the folder that a build works on.</summary>
static class Root
{
    const string Option = "--root";

    /// <summary>
    /// <c>--root</c>, else <c>MLOPS_ROOT</c>, else the nearest folder at or above the program that holds the
    /// bootstrapper, else the working directory. Needed before parameters are bound: a build's
    /// initializers use it.
    /// </summary>
    public static AbsolutePath Find() =>
        Named(FromCommandLine(Environment.GetCommandLineArgs())
            ?? Environment.GetEnvironmentVariable("MLOPS_ROOT"))
        ?? HoldingBootstrapper(AppContext.BaseDirectory)
        ?? AbsolutePath.Create(Directory.GetCurrentDirectory());

    /// <summary>The first project file, by name, in the nearest folder at or above that has one.</summary>
    public static AbsolutePath? ProjectAbove(AbsolutePath? start)
    {
        for (var folder = start; folder is not null; folder = folder.Parent)
            if (Directory.EnumerateFiles(folder, "*.csproj")
                .Order(StringComparer.Ordinal).FirstOrDefault() is { } project)
                return project;
        return null;
    }

    static AbsolutePath? Named(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);

    static string? FromCommandLine(string[] arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith(Option + "=", StringComparison.OrdinalIgnoreCase))
                return arguments[i][(Option.Length + 1)..];
            if (string.Equals(arguments[i], Option, StringComparison.OrdinalIgnoreCase)
                && i + 1 < arguments.Length)
                return arguments[i + 1];
        }
        return null;
    }

    static AbsolutePath? HoldingBootstrapper(string start)
    {
        for (AbsolutePath? folder = AbsolutePath.Create(start); folder is not null; folder = folder.Parent)
            if ((folder / "build.sh").FileExists() || (folder / "build.cmd").FileExists())
                return folder;
        return null;
    }
}
