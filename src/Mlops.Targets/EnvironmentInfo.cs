namespace Mlops.Targets;

/// <summary>Where the build runs. Its name is NUKE's.</summary>
public static class EnvironmentInfo
{
    public static bool IsWin => OperatingSystem.IsWindows();

    public static bool IsLinux => OperatingSystem.IsLinux();

    public static bool IsOsx => OperatingSystem.IsMacOS();

    public static bool IsUnix => !IsWin;

    /// <summary>Of the whole process: all targets that run have the same one.</summary>
    public static AbsolutePath WorkingDirectory
    {
        get => Directory.GetCurrentDirectory();
        set => Directory.SetCurrentDirectory(value);
    }

    public static bool HasVariable(string name) => GetVariable(name) is not null;

    /// <returns>Null if it is not set.</returns>
    public static string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>Of the whole process, and of the programs that it starts from then on.</summary>
    public static void SetVariable(string name, string? value) =>
        Environment.SetEnvironmentVariable(name, value);

    /// <summary>
    /// Until the result is disposed. For builds that run sequentially: the process has one working directory.
    /// </summary>
    public static IDisposable SwitchWorkingDirectory(AbsolutePath workingDirectory, bool allowCreate = true)
    {
        if (allowCreate)
            workingDirectory.CreateDirectory();
        var before = WorkingDirectory;
        WorkingDirectory = workingDirectory;
        return new Switched(before);
    }

    sealed class Switched(AbsolutePath before) : IDisposable
    {
        public void Dispose() => WorkingDirectory = before;
    }
}
