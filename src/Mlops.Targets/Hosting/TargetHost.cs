namespace Mlops.Targets;

/// <summary>Takes a build from its command line to its exit code.</summary>
sealed class TargetHost : IDisposable
{
    readonly TargetBuild build;
    readonly IReadOnlyList<InjectedMember> injected;
    readonly IReadOnlyList<BuildParameter> parameters;
    readonly HostContext context;
    readonly RunOutput output;
    readonly FailureLog failures;
    readonly BuildExtensions hooks;
    readonly Interruption interruption = new();

    TargetHost(TargetBuild build, HostContext context)
    {
        this.build = build;
        this.context = context;
        output = new RunOutput(context);
        injected = InjectedMember.Of(build);
        parameters = BuildParameter.Of(build, injected);
        failures = new FailureLog(
            () => context.LogDirectoryOf(build) / "last-failure.txt", context.Display, output.Mask);
        hooks = new BuildExtensions(build);
        build.Cancellation = interruption.Token;
    }

    /// <param name="defaults">What runs if no target is named.</param>
    /// <param name="started">Receives the run's interruption, so that a test can do what a
    /// signal does.</param>
    /// <returns>One of <see cref="ExitCodes"/>, or what the build has set.</returns>
    public static int Run(
        TargetBuild build, IReadOnlyList<Target> defaults,
        HostContext context, Action<Interruption>? started = null)
    {
        using var host = new TargetHost(build, context);
        started?.Invoke(host.interruption);
        return host.Run(defaults);
    }

    public void Dispose()
    {
        interruption.Dispose();
        output.Dispose();
    }

    int Run(IReadOnlyList<Target> defaults)
    {
        try
        {
            return RunUnguarded(defaults);
        }
        catch (UsageException usage)
        {
            var exitCode = build.ExitCode ?? ExitCodes.WrongUsage;
            output.Refuse(usage.Mistakes, exitCode, build.OutputFormat);
            return exitCode;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            output.Line("Build cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            var exitCode = build.ExitCode ?? ExitCodes.Failure;
            output.Fail(failures.Describe("Build", exception), exitCode);
            return exitCode;
        }
    }

    int RunUnguarded(IReadOnlyList<Target> defaults)
    {
        var catalog = TargetCatalog.Of(build, defaults);
        if (context.Arguments is ["--complete", "--", ..])
            return Complete(catalog, [.. context.Arguments.Skip(2)]);
        var initial = parameters.ToDictionary(parameter => parameter, parameter => parameter.Value);
        var mistakes = new List<string>();
        var selection = Read(catalog, mistakes);
        if (build.CompletionShell is { } shell && mistakes.Count == 0)
        {
            output.Settle();
            output.Out.Write(ShellScripts.Of(shell));
        }
        else if (build.Help || (mistakes.Count == 0 && selection.Invoked.Count == 0))
        {
            output.Settle();
            Help(catalog, selection, initial);
        }
        else if (mistakes.Count == 0)
        {
            return Prepare(catalog, selection);
        }
        UsageException.ThrowIfAny(mistakes);
        return ExitCodes.Success;
    }

    /// <summary>Of the targets that were named, or of all.</summary>
    void Help(TargetCatalog catalog, Selection selection,
        IReadOnlyDictionary<BuildParameter, object?> defaults)
    {
        if (selection is { IsNamed: true, Invoked.Count: > 0 })
        {
            foreach (var target in selection.Invoked)
                TargetHelp.Write(output.Out, target, parameters);
            return;
        }
        HelpText.Write(output.Out, catalog.All, parameters, defaults);
        build.WriteHelp(output.Out);
    }

    /// <summary>
    /// A candidate a line, with its description behind a tab. What is wrong so far is no matter here.
    /// </summary>
    int Complete(TargetCatalog catalog, IReadOnlyList<string> words)
    {
        output.Settle();
        var completion = new Completion(catalog.All, parameters, build.CompletionsOf);
        foreach (var (text, description) in completion.Of(words))
            output.Out.WriteLine(description.Length > 0 ? $"{text}\t{description}" : text);
        return ExitCodes.Success;
    }

    /// <summary>Binds what was given, whatever is wrong with some of it.</summary>
    Selection Read(TargetCatalog catalog, List<string> mistakes)
    {
        var commandLine = CommandLine.Read(
            context.Arguments, parameters, token => catalog.Find(token) is not null, mistakes);
        ParameterBinder.Bind(context, parameters, commandLine, mistakes);
        build.Plan |= build.DryRun;
        build.IsServerBuild = Server.IsThere(context.Environment);
        if (build.OutputFormat == OutputFormat.Html && !build.Plan && !build.Help)
            mistakes.Add("--format html goes with --plan: it writes a page that shows the plan.");
        var names = new SelectionNames(
            [.. commandLine.Targets, .. build.TargetNames],
            build.SkipNames, build.OnlyNames, build.FromNames);
        return Selection.Of(catalog, names, mistakes);
    }

    int Prepare(TargetCatalog catalog, Selection selection)
    {
        output.HideSecrets(parameters);
        build.TypedCommand = output.Mask(string.Join(' ', context.Arguments));
        using var console = output.Take(build);
        build.SummaryUpdated = hooks.SummaryUpdated;
        InjectedMember.InjectInto(build, injected);
        hooks.Created(catalog.All);
        var warnings = new List<string>();
        var plan = Planner.Plan(catalog.All, selection.Invoked, warnings);
        warnings.ForEach(output.Warn);
        build.Adopt(plan);
        hooks.Initialized(catalog.All, plan);
        selection.ApplyTo(plan);
        Readiness.Check(plan, requirements: !build.Plan);
        return build.Plan ? Show(plan) : Execute(plan, console);
    }

    int Show(IReadOnlyList<ExecutableTarget> plan)
    {
        output.Settle();
        if (build.OutputFormat == OutputFormat.Html)
        {
            using var more = new StringWriter { NewLine = "\n" };
            build.WritePlan(more);
            PlanPage.Write(context.PlanFile, plan, more.ToString());
            output.Line($"The plan is in {context.Display(context.PlanFile)}");
            return build.ExitCode ?? ExitCodes.Success;
        }
        if (!build.WritesWholePlan)
            PlanText.Write(output.Out, plan, build.OutputFormat);
        build.WritePlan(output.Out);
        return build.ExitCode ?? ExitCodes.Success;
    }

    int Execute(IReadOnlyList<ExecutableTarget> plan, TargetConsole console)
    {
        if (build.Continue)
            output.Say(
                "--continue: nothing to continue from is kept. What is up to date is not done "
                + "again; the rest runs.");
        var started = context.Time.GetTimestamp();
        interruption.Listen(() => console.Tell(new RunEvent.Cancelling()));
        console.Tell(new RunEvent.Planned(plan));
        var options = new ExecutionOptions(
            build.Sequential ? 1 : Math.Max(2, Environment.ProcessorCount), build.KeepGoing);
        using (var executor = new Executor(
            hooks, plan, console, options, context.Time, failures, interruption.Token))
            executor.Run();
        interruption.Settle();
        hooks.Finished();
        console.Complete(null);
        var cancelled = interruption.Token.IsCancellationRequested;
        var exitCode = cancelled ? ExitCodes.Cancelled
            : build.ExitCode ?? (build.IsFailing ? ExitCodes.Failure : ExitCodes.Success);
        output.Settle();
        var finished = new RunEvent.Finished(
            plan, build.SummaryRows, context.Time.GetElapsedTime(started), cancelled, exitCode,
            build.SummaryColumns, build.LastWord);
        console.Tell(finished);
        output.Deliver(build, finished);
        return exitCode;
    }
}
