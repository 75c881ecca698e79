using System.Diagnostics;
using System.Text.RegularExpressions;
using Mlops.Targets.Tests;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A person's desk: pipelines, a workspace and an output folder of their own, and the repository's real
/// <c>build.sh</c> to run over them.
/// </summary>
sealed class Workbench : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-").FullName;
    readonly Dictionary<string, string> environment = [];

    public string Pipelines => Directory.CreateDirectory(Path.Combine(root, "pipelines")).FullName;

    public string Workspace
    {
        get => field ?? Path.Combine(root, "workspace");
        set;
    }

    public string Output => Path.Combine(root, "out");

    /// <summary>Brings a shipped pipeline with its sample data.</summary>
    public Workbench WithSample(string name)
    {
        Copy(Path.Combine(Repository.Root, "pipelines", name), Path.Combine(Pipelines, name));
        return this;
    }

    public Workbench WithFile(string path, string content)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    public Workbench WithPipeline(string name, string yaml) =>
        WithFile($"pipelines/{name}/pipeline.yaml", yaml);

    /// <summary>Sets an environment variable of the runs to come.</summary>
    public Workbench WithVariable(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public string PathOf(string relative) => Path.Combine(root, relative);

    public Workbench Edit(string path, Func<string, string> edit)
    {
        var full = Path.Combine(root, path);
        var before = File.ReadAllText(full);
        var after = edit(before);
        after.ShouldNotBe(before, $"the edit of {path} changes nothing");
        File.WriteAllText(full, after);
        return this;
    }

    /// <summary>
    /// Compiles the build if a source is newer, so that what is timed, stopped or killed is a run and no
    /// compiler.
    /// </summary>
    public Workbench Compiled()
    {
        Run("--help").ShouldExit(0);
        return this;
    }

    public BuildRun Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new BuildRun(process.ExitCode, output + errors.Result);
    }

    /// <summary>
    /// Runs and looks every few milliseconds how much memory the process has held at most; zero where the
    /// system does not say.
    /// </summary>
    public MeasuredRun Measure(params string[] arguments) =>
        MeasureUntil(Timeout.InfiniteTimeSpan, arguments);

    /// <inheritdoc cref="Measure"/>
    /// <param name="stop">When it is asked to stop, as Ctrl+C does.</param>
    public MeasuredRun MeasureUntil(TimeSpan stop, params string[] arguments)
    {
        using var process = Compiled().Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        var started = Stopwatch.GetTimestamp();
        for (var isAsked = stop == Timeout.InfiniteTimeSpan; !process.WaitForExit(5);)
        {
            if (!isAsked && Stopwatch.GetElapsedTime(started) > stop)
            {
                isAsked = true;
                Interrupts.Send(process, "INT");
            }
            peak = Math.Max(peak, PeakOf(process.Id));
        }
        process.WaitForExit();
        return new MeasuredRun(new BuildRun(process.ExitCode, output.Result + errors.Result), peak);
    }

    static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0
                : long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal)) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "build.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root,
        };
        string[] folders =
        [
            "--pipelines-directory", Pipelines,
            "--workspace-directory", Workspace,
            "--output-directory", Output,
        ];
        foreach (var argument in arguments.Concat(folders))
            start.ArgumentList.Add(argument);
        // What runs the tests may be a CI server itself: no run here speaks to it unless a test says so.
        foreach (var variable in start.Environment.Keys.Where(IsOfServer).ToList())
            start.Environment.Remove(variable);
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return Interrupts.Start(start);
    }

    static bool IsOfServer(string variable) =>
        variable is "CI" or "TF_BUILD" or "TEAMCITY_VERSION" or "JENKINS_URL" or "BUILD_NUMBER"
        || variable.StartsWith("GITHUB_", StringComparison.Ordinal)
        || variable.StartsWith("GITLAB_", StringComparison.Ordinal);

    /// <summary>Digests of everything in the output folder, by relative path.</summary>
    public SortedDictionary<string, string> OutputDigests()
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Output, "*", SearchOption.AllDirectories))
            digests[Path.GetRelativePath(Output, file)] =
                Convert.ToHexStringLower(
                    System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
        return digests;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <param name="PeakBytes">The most memory that its process held at once.</param>
sealed record MeasuredRun(BuildRun Run, long PeakBytes)
{
    public MeasuredRun ShouldSay(params string[] texts)
    {
        Run.ShouldSay(texts);
        return this;
    }
}

/// <summary>What a run said, and what it did by its own account.</summary>
sealed partial record BuildRun(int ExitCode, string Text)
{
    public IReadOnlyList<string> Executed => Steps("executed");

    public IReadOnlyList<string> Rejected => Steps("rejected");

    public IReadOnlyList<string> Stopped => [.. Steps("blocked"), .. Steps("failed"), .. Steps("cancelled")];

    public BuildRun ShouldExit(int code)
    {
        ExitCode.ShouldBe(code, Text);
        return this;
    }

    public BuildRun ShouldSay(params string[] texts)
    {
        foreach (var text in texts)
            Text.ShouldContain(text);
        Text.ShouldNotContain("   at Mlops.", customMessage: "a person's mistake shows no stack trace");
        return this;
    }

    public string ReasonOf(string step) =>
        StepLine().Matches(Text).First(match => match.Groups["step"].Value == step).Groups["rest"].Value;

    IReadOnlyList<string> Steps(string word) =>
        [.. StepLine().Matches(Text).Where(match => match.Groups["word"].Value == word)
            .Select(match => match.Groups["step"].Value)];

    [GeneratedRegex(
        @"^  (?<word>executed|rejected|blocked|failed|cancelled) +"
        + @"(?<step>[^\n]*?(?:/steps\.[a-z0-9-]+|/[A-Za-z]+|Index))(?<rest>[ :\n][^\n]*|$)",
        RegexOptions.Multiline)]
    private static partial Regex StepLine();
}
