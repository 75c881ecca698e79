namespace Mlops.Targets;

/// <summary>Takes a build from its command line to its exit code.</summary>
sealed class TargetHost : IDisposable
{
    readonly TargetBuild build;
    readonly IReadOnlyList<BuildParameter> parameters;
    readonly List<string> secrets = [];
    readonly FailureLog failures;
    readonly Interruption interruption = new();
    HostContext context;
    Terminal terminal;

    TargetHost(TargetBuild build, HostContext context)
    {
        this.build = build;
        this.context = context;
        parameters = BuildParameter.Of(build);
        failures = new FailureLog(
            context.FailureFile, context.Display(context.FailureFile), text => Masking.Mask(text, secrets));
        terminal = new Terminal(context, Verbosity.Normal);
        build.Cancellation = interruption.Token;
    }

    /// <param name="defaults">What runs if no target is named.</param>
    /// <param name="started">Receives the run's interruption, so that a test can do what a signal does.</param>
    /// <returns>One of <see cref="ExitCodes"/>, or what the build has set.</returns>
    public static int Run(
        TargetBuild build, IReadOnlyList<Target> defaults, HostContext context, Action<Interruption>? started = null)
    {
        using var host = new TargetHost(build, context);
        started?.Invoke(host.interruption);
        var exitCode = host.Run(defaults);
        host.context.Out.Flush();
        host.context.Error.Flush();
        return exitCode;
    }

    public void Dispose() => interruption.Dispose();

    int Run(IReadOnlyList<Target> defaults)
    {
        try
        {
            return RunUnguarded(defaults);
        }
        catch (UsageException usage)
        {
            terminal.Refuse(usage.Mistakes);
            return build.ExitCode ?? ExitCodes.WrongUsage;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            terminal.Line("Build cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            terminal.Failure("Build failed", failures.Describe("Build", exception));
            return build.ExitCode ?? ExitCodes.Failure;
        }
    }

    int RunUnguarded(IReadOnlyList<Target> defaults)
    {
        var catalog = TargetCatalog.Of(build, defaults);
        var initial = parameters.ToDictionary(parameter => parameter, parameter => parameter.Value);
        var mistakes = new List<string>();
        var commandLine = CommandLine.Read(
            context.Arguments, parameters, token => catalog.Find(token) is not null, mistakes);
        ParameterBinder.Bind(context, parameters, commandLine, mistakes);
        var selection = Selection.Of(catalog, [.. commandLine.Targets, .. build.TargetNames], build.SkipNames, mistakes);
        if (build.Help || (mistakes.Count == 0 && selection.Invoked.Count == 0))
        {
            HelpText.Write(context.Out, catalog.All, parameters, initial);
            build.WriteHelp(context.Out);
            return ExitCodes.Success;
        }
        UsageException.ThrowIfAny(mistakes);
        HideSecrets();
        build.TypedCommand = Masking.Mask(string.Join(' ', context.Arguments), secrets);
        terminal = new Terminal(context, build.Verbosity);
        using var console = TakeConsole();
        build.OnBuildCreated();
        var plan = Planner.Plan(catalog.All, selection.Invoked);
        build.Adopt(plan);
        build.OnBuildInitialized();
        return Carry(plan, selection, console);
    }

    int Carry(IReadOnlyList<ExecutableTarget> plan, Selection selection, TargetConsole console)
    {
        selection.ApplySkips(plan);
        Readiness.Check(plan, requirements: !build.Plan);
        if (build.Plan)
        {
            if (!build.WritesWholePlan)
                PlanText.Write(context.Out, plan);
            build.WritePlan(context.Out);
            return build.ExitCode ?? ExitCodes.Success;
        }
        return Execute(plan, console);
    }

    int Execute(IReadOnlyList<ExecutableTarget> plan, TargetConsole console)
    {
        var started = context.Time.GetTimestamp();
        interruption.Listen(() => console.Tell(new RunEvent.Cancelling()));
        console.Tell(new RunEvent.Planned(plan));
        var options = new ExecutionOptions(build.Sequential ? 1 : Math.Max(2, Environment.ProcessorCount), build.KeepGoing);
        using (var executor = new Executor(build, plan, console, options, context.Time, failures, interruption.Token))
            executor.Run();
        build.OnBuildFinished();
        console.Complete(null);
        var cancelled = interruption.Token.IsCancellationRequested;
        console.Tell(new RunEvent.Finished(plan, build.SummaryRows, context.Time.GetElapsedTime(started), cancelled));
        if (cancelled)
            return ExitCodes.Cancelled;
        return build.ExitCode ?? (build.IsFailing ? ExitCodes.Failure : ExitCodes.Success);
    }

    /// <summary>From here on what targets print is told of like everything else that happens.</summary>
    TargetConsole TakeConsole()
    {
        var log = new TextLog(terminal, context, build.Verbosity);
        var console = new TargetConsole(new InPlanOrder(log.Tell).Tell, text => Masking.Mask(text, secrets));
        context.TakeConsole(console.Out, console.Error);
        build.RunningTarget = () => console.Current;
        return console;
    }

    /// <summary>Also what the host itself writes, for instance of a failure.</summary>
    void HideSecrets()
    {
        secrets.AddRange(Masking.SecretsOf(parameters));
        if (secrets.Count > 0)
            context = context with
            {
                Out = new MaskingWriter(context.Out, secrets),
                Error = new MaskingWriter(context.Error, secrets),
            };
    }
}
