namespace Mlops.Targets;

/// <summary>All that a run takes from outside, so that tests can bring their own.</summary>
/// <param name="TakeConsole">Makes what targets print, on standard output and error,
/// come to these writers.</param>
/// <param name="Environment">A variable's value; names are compared as they are written.</param>
/// <param name="Columns">How wide the terminal is now; null where the output is no terminal that can
/// be steered.</param>
sealed record HostContext(
    IReadOnlyList<string> Arguments,
    Func<string, string?> Environment,
    AbsolutePath Root,
    AbsolutePath WorkingDirectory,
    TextWriter Out,
    TextWriter Error,
    bool UseColor,
    TimeProvider Time,
    Action<TextWriter, TextWriter> TakeConsole,
    Func<int>? Columns = null)
{
    public AbsolutePath ParametersFile => Root / "build" / "parameters.json";

    public AbsolutePath ProfileFile(string profile) => Root / "build" / $"parameters.{profile}.json";

    public AbsolutePath PlanFile => Root / ".mlops" / "plan.html";

    public static HostContext OfProcess() => new(
        System.Environment.GetCommandLineArgs()[1..],
        Variable,
        TargetBuild.RootDirectory,
        Directory.GetCurrentDirectory(),
        new ForgivingWriter(ProcessConsole.Out()),
        new ForgivingWriter(ProcessConsole.Error()),
        IsTerminal() && string.IsNullOrEmpty(Variable("NO_COLOR")),
        TimeProvider.System,
        TakeConsoleOfProcess,
        IsTerminal() ? ProcessConsole.Columns : null);

    /// <summary>The path as people write it: from the root, with forward slashes.</summary>
    public string Display(AbsolutePath path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    static bool IsTerminal() => !Console.IsOutputRedirected
        && (OperatingSystem.IsWindows() || Variable("TERM") is not (null or "" or "dumb"));

    public AbsolutePath LogDirectoryOf(TargetBuild build) => build.LogDirectory ?? Root / ".mlops" / "logs";

    static void TakeConsoleOfProcess(TextWriter output, TextWriter error)
    {
        Console.SetOut(output);
        Console.SetError(error);
    }

    /// <summary>
    /// Windows would find <c>PATH</c> under <c>Path</c>: a parameter of that name must not.
    /// </summary>
    static string? Variable(string name)
    {
        if (System.Environment.GetEnvironmentVariable(name) is not { } value)
            return null;
        return !OperatingSystem.IsWindows()
            || System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Contains(name)
            ? value
            : null;
    }
}
