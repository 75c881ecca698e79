using System.Diagnostics;

namespace Mlops.Targets.Tests;

/// <summary>Runs <see cref="ShownBuild"/> as a process of its own, in a root of its own.</summary>
sealed class ShownProcess : IDisposable
{
    static readonly string[] ServerVariables =
    [
        "CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI",
        "TEAMCITY_VERSION", "JENKINS_URL", "NO_COLOR", "MLOPS_TOKEN",
    ];

    readonly Dictionary<string, string> environment = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("shown-").FullName;

    public string Logs => Path.Combine(Root, ".mlops", "logs");

    public ShownProcess With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Output and errors in one, as a log has them, and the exit code.</summary>
    public Task<(string Text, int ExitCode)> Run(params string[] arguments) =>
        Read(Start("sh", [.. "-c|exec \"$@\" 2>&1|sh|dotnet".Split('|'), Assembly, .. arguments]));

    /// <summary>Through a real pseudo terminal of this many columns.</summary>
    public Task<(string Text, int ExitCode)> RunInTerminal(int columns, params string[] arguments)
    {
        Xunit.Assert.SkipWhen(
            OperatingSystem.IsWindows() || !File.Exists("/usr/bin/script"), "needs script, of util-linux");
        var command = $"stty cols {columns} rows 24; exec dotnet '{Assembly}' {string.Join(' ', arguments)}";
        return Read(Start("script", "-qec", command, "/dev/null"));
    }

    /// <summary>Through a shell: <c>{}</c> stands for the build.</summary>
    public Task<(string Text, int ExitCode)> Shell(string command) =>
        Read(Start("bash", "-c", command.Replace("{}", $"dotnet '{Assembly}'")));

    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Root,
        };
        foreach (var variable in ServerVariables)
            start.Environment.Remove(variable);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["MLOPS_ROOT"] = Root;
        start.Environment["TARGETS_TESTS_AS_BUILD"] = nameof(ShownBuild);
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return Interrupts.Start(start);
    }

    public Process Start(string target) => Start("dotnet", Assembly, target);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    static string Assembly => typeof(ShownProcess).Assembly.Location;

    static async Task<(string Text, int ExitCode)> Read(Process process)
    {
        using var started = process;
        var token = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(token);
        var text = await process.StandardOutput.ReadToEndAsync(token) + await errors;
        await process.WaitForExitAsync(token);
        return (text, process.ExitCode);
    }
}
