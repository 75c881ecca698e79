namespace Mlops.Targets;

/// <summary>
/// All that a run shows and leaves: text, live lines or JSON on the console, a log, results for a CI server.
/// Nothing of it holds a secret.
/// </summary>
sealed class RunOutput : IDisposable
{
    readonly List<string> secrets = [];
    readonly CiHost? server;
    readonly LiveTerminal? live;
    HostContext context;
    Terminal terminal;
    JsonLog? machine;
    RunLog? log;
    RunResults? results;

    public RunOutput(HostContext context)
    {
        server = CiHost.Detect(context.Environment);
        live = server is null && context.Columns is { } columns ? Enliven(context, columns) : null;
        this.context = live is null
            ? context
            : context with { Out = live, Error = new BesideLiveTerminal(live, context.Error) };
        terminal = new Terminal(this.context, Verbosity.Normal);
    }

    public TextWriter Out => context.Out;

    public string Mask(string text) => Masking.Mask(text, secrets);

    /// <summary>From here on nothing is shown with these; a server is asked to hide them too.</summary>
    public void HideSecrets(IReadOnlyList<BuildParameter> parameters)
    {
        secrets.AddRange(Masking.SecretsOf(parameters));
        foreach (var command in secrets.Select(secret => server?.Mask(secret)).OfType<string>())
            terminal.Line(command);
        if (secrets.Count > 0)
            context = context with
            {
                Out = new MaskingWriter(context.Out, secrets),
                Error = new MaskingWriter(context.Error, secrets),
            };
    }

    /// <summary>From here on what targets print is told of like everything else that happens.</summary>
    public TargetConsole Take(TargetBuild build)
    {
        build.IsReported = server is not null || build.ResultsDirectory is not null
            || build.OutputFormat == OutputFormat.Json;
        terminal = new Terminal(context, build.Verbosity);
        machine = build.OutputFormat == OutputFormat.Json && !build.Plan
            ? new JsonLog(context.Out, context.Time, Mask)
            : null;
        results = build.Plan || (server is null && build.ResultsDirectory is null)
            ? null
            : new RunResults(build.ResultsDirectory, server);
        log = build.Plan ? null : new RunLog(
            () => context.LogDirectoryOf(build), () => build.HasExecuted,
            Mask(string.Join(' ', context.Arguments)), context.Time, context.Error);
        Action<RunEvent> shown = machine is not null ? machine.Tell
            : new InPlanOrder(new TextLog(terminal, context, build.Verbosity, server).Tell).Tell;
        Action<RunEvent>?[] watchers =
            [log is null ? null : log.Tell, results is null ? null : results.Tell,
                Liveliness(build.Verbosity), shown];
        var console = new TargetConsole(told => Tell(watchers, Masked(told)), Mask);
        build.Watch = console.Tell;
        build.RunningTarget = () => console.Current;
        context.TakeConsole(console.Out, console.Error);
        return console;
    }

    /// <summary>Nothing runs any more.</summary>
    public void Settle() => live?.End();

    /// <summary>Hands over what the run left.</summary>
    public void Deliver(TargetBuild build, RunEvent.Finished finished)
    {
        if (results is null)
            return;
        using var details = new StringWriter { NewLine = "\n" };
        build.WriteJobSummary(details);
        Deliver(
            Mask(JobSummary.Of(finished, details.ToString())),
            build.Outputs.ToDictionary(output => output.Key, output => Mask(output.Value)));
    }

    /// <summary>The build could not begin, or broke outside of its targets.</summary>
    public void Fail(string message, int exitCode)
    {
        live?.End();
        terminal.Failure("Build failed", message);
        machine?.Refuse([Mask(message)], exitCode);
        Deliver(Mask(JobSummary.OfFailure(message)), new Dictionary<string, string>());
    }

    /// <summary>A person asked for something that cannot be.</summary>
    public void Refuse(IReadOnlyList<string> mistakes, int exitCode, OutputFormat format)
    {
        live?.End();
        terminal.Refuse(mistakes);
        if (server is { ShowsNotices: true })
            foreach (var mistake in mistakes)
                terminal.Line(
                    server.Say(new Notice(NoticeLevel.Error, "usage", VisibleText.Of(Mask(mistake)))));
        if (format == OutputFormat.Json)
            (machine ?? new JsonLog(context.Out, context.Time, Mask))
                .Refuse([.. mistakes.Select(Mask)], exitCode);
    }

    /// <summary>A line among others; machines are not told.</summary>
    public void Say(string text)
    {
        if (machine is null)
            terminal.Line(text);
    }

    public void Warn(string text)
    {
        if (machine is null)
            terminal.Warn(text);
    }

    public void Line(string text)
    {
        live?.End();
        terminal.Line(text);
    }

    public void Dispose()
    {
        live?.Dispose();
        log?.Dispose();
        context.Out.Flush();
        context.Error.Flush();
    }

    static LiveTerminal Enliven(HostContext context, Func<int> columns)
    {
        var live = new LiveTerminal(
            context.Out, columns, context.Time,
            line => context.UseColor ? $"\e[{Terminal.Dim}m{line}\e[0m" : line);
        live.Open("Starting ...");
        return live;
    }

    Action<RunEvent>? Liveliness(Verbosity verbosity) =>
        live is null || verbosity == Verbosity.Quiet || machine is not null ? null : live.Tell;

    void Deliver(string summary, IReadOnlyDictionary<string, string> outputs)
    {
        foreach (var line in results?.Deliver(summary, outputs) ?? [])
            if (machine is null)
                terminal.Line(line);
    }

    static void Tell(Action<RunEvent>?[] watchers, RunEvent told)
    {
        foreach (var watch in watchers)
            watch?.Invoke(told);
    }

    /// <summary>
    /// Without secrets, wherever a build may have put one; lines that were printed are so already.
    /// </summary>
    RunEvent Masked(RunEvent told) => told switch
    {
        RunEvent.OfStep step => new RunEvent.OfStep(step.News.With(Mask)),
        RunEvent.Noticed noticed =>
            new RunEvent.Noticed(noticed.Notice.With(text => VisibleText.Of(Mask(text)))),
        RunEvent.Checked made => new RunEvent.Checked(made.Check.With(Mask)),
        RunEvent.Ended ended => ended with { Failure = ended.Failure is { } failure ? Mask(failure) : null },
        RunEvent.Finished finished => finished with
        {
            Rows = [.. finished.Rows.Select(row =>
                row with { Name = Mask(row.Name), Note = row.Note is { } note ? Mask(note) : null })],
            LastWord = finished.LastWord is { } word ? VisibleText.OnOneLine(Mask(word)) : null,
        },
        _ => told,
    };
}
