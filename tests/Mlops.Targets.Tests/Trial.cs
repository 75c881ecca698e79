namespace Mlops.Targets.Tests;

/// <summary>One run of a build: given a command line, what came of it.</summary>
sealed class Trial
{
    Trial(TargetBuild build) => Build = build;

    public TargetBuild Build { get; }

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>The file that keeps whole exceptions.</summary>
    public string FailureLog { get; private set; } = "";

    /// <summary>What a plan as a page has written.</summary>
    public string PlanPage { get; private set; } = "";

    public string Of(string target, Func<ExecutableTarget, object?> what) =>
        what(Build.ExecutionPlan.Single(one => one.Name == target))?.ToString() ?? "";

    /// <summary>Each target of the plan with its status: <c>A Succeeded, B Failed</c>.</summary>
    public string Outcome =>
        string.Join(", ", Build.ExecutionPlan.Select(target => $"{target.Name} {target.Status}"));

    /// <summary>What ran, in order: <c>A → B → C</c>.</summary>
    public string Ran => string.Join(" → ", Build.ExecutionPlan
        .Where(target =>
            target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted)
        .Select(target => target.Name));

    public static Trial Run<T>(string commandLine, Func<T, Target>? defaults = null)
        where T : TargetBuild, new() =>
        Run(new T(), commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), defaults);

    public static Trial Run<T>(
        T build, IReadOnlyList<string> arguments, Func<T, Target>? defaults = null,
        Dictionary<string, string>? environment = null, string? parametersFile = null,
        Dictionary<string, string>? files = null,
        Action<Interruption>? started = null) where T : TargetBuild
    {
        var trial = new Trial(build);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var root = Directory.CreateTempSubdirectory("targets-").FullName;
        try
        {
            files ??= parametersFile is null ? [] : new() { ["parameters.json"] = parametersFile };
            foreach (var (name, content) in files)
                (AbsolutePath.Create(root) / "build" / name).WriteAllText(content);
            var context = new HostContext(
                arguments, name => environment?.GetValueOrDefault(name), root,
                AbsolutePath.Create(root) / "elsewhere", output, error, UseColor: false,
                new StoppedTime(), (console, _) => (build as IPrinting)?.Print = console.WriteLine);
            trial.ExitCode = TargetHost.Run(
                build, defaults is null ? [] : [defaults(build)], context, started);
            trial.Output = output.ToString();
            trial.Error = error.ToString();
            var failureFile = context.LogDirectoryOf(build) / "last-failure.txt";
            trial.FailureLog = File.Exists(failureFile) ? File.ReadAllText(failureFile) : "";
            trial.PlanPage = File.Exists(context.PlanFile) ? File.ReadAllText(context.PlanFile) : "";
            return trial;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Each look at it is a quarter of a second later.</summary>
    sealed class StoppedTime : TimeProvider
    {
        long looks;

        public override long TimestampFrequency => 4;

        public override long GetTimestamp() => Interlocked.Increment(ref looks) - 1;
    }
}

/// <summary>A build of a test that prints: a test has no console of its own.</summary>
interface IPrinting
{
    Action<string> Print { set; }
}
