using Mlops.Engine;
using Mlops.Pipelines.Graphs;
using Mlops.Pipelines.Sessions;

/// <summary>How the targets that bring steps share one run of the engine.</summary>
sealed partial class Build
{
    const int TargetFailed = 1;
    const int WrongUsage = 2;
    const int DamagedStore = 3;

    readonly Rehearsal rehearsal = HeadStart.Of(
        Environment.GetCommandLineArgs()[1..], RootDirectory / ".mlops");
    PipelineSession? session;
    StepLog? log;
    Standing? standing;
    Func<Task> finished = () => Task.CompletedTask;
    string? conclusion;

    protected override void OnBuildInitialized()
    {
        Brought[] brought = [.. ExecutionPlan.SelectMany(target => target.Actions)
            .Select(action => action.Target).OfType<Brought>()];
        if (brought.Length == 0)
            return;
        var request = Request();
        if (!NeedsSteps
            && Standing.Find(
                Path.GetFullPath(WorkspaceDirectory), request, brought.Length, refresh: !Plan) is { } found)
            Repeat(found, brought);
        else
            Follow(request, brought);
    }

    /// <summary>Nothing has changed since a run that had nothing to do.</summary>
    void Repeat(Standing found, Brought[] brought)
    {
        standing = found;
        for (var i = 0; i < brought.Length; i++)
        {
            var line = found.Targets[i];
            brought[i].Join(() =>
            {
                Console.Write(line.Said.Length > 0 ? line.Said + Environment.NewLine : "");
                ReportCounts(line);
            });
        }
    }

    void Follow(string request, Brought[] brought)
    {
        session = OpenSession(executes: !Plan && StepCommand is null);
        foreach (var warning in session.Warnings)
            Console.Error.WriteLine($"warning: {VisibleText.Of(warning.ToString())}");
        NoteWarnings(session.Warnings);
        log = new StepLog(session, Prices(), Strict, Console.Out, Stop);
        var lines = Enumerable.Repeat(TargetLine.Empty, brought.Length).ToArray();
        foreach (var (index, each) in brought.Index())
        {
            session!.Request(each.Select);
            each.Join(() => log!.Follow(each.Select, line => ReportCounts(lines[index] = line)));
        }
        finished = () => session!.KeepSnapshot(
            request,
            steps => new Standing(
                lines, log!.Summary, [.. steps.Select(PlanLines.OfUpToDate)], conclusion ?? "").Text,
            Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"));
    }

    void ReportCounts(TargetLine line) => ReportSummary(summary =>
    {
        foreach (var (column, count) in StepCount.Columns.Zip(line.Counts))
            summary[column] = count;
        return summary;
    });

    /// <remarks>
    /// What is wrong with a pipeline or the workspace ends the run before anything is executed.
    /// </remarks>
    PipelineSession OpenSession(bool executes = false)
    {
        try
        {
            return PipelineSession.Open(
                Options() with { Executes = executes }, TimeProvider.System, Observer());
        }
        catch (ProblemException problem)
        {
            throw PersonsMistake(Refused(problem));
        }
    }

    /// <summary>What to say; the exit code tells a damaged store from a person's mistake.</summary>
    string Refused(ProblemException problem)
    {
        ExitCode = problem.Damaged ? DamagedStore : WrongUsage;
        Note(problem.Problems);
        return problem.Message;
    }

    protected override void OnBuildFinished()
    {
        if (log is { StoreFailed: true })
            ExitCode = DamagedStore;
        try
        {
            if (session?.Finish().GetAwaiter().GetResult() is { } head)
                Console.WriteLine(HeadText(head));
            foreach (var path in session?.TakeAwayVanished() ?? [])
                Console.WriteLine($"  removed    {path}: it is not made any more");
            conclusion = standing?.Conclusion ?? (log is null ? null : Conclude(log.Results));
            if (log is not { WarningsFailed: true })
                finished().GetAwaiter().GetResult();
            if (session is not null)
                TellResults(session);
        }
        catch (ProblemException problem)
        {
            ExitCode = problem.Damaged ? DamagedStore : TargetFailed;
            Note(problem.Problems);
            throw PersonsMistake(problem.Message);
        }
        session?.Dispose();
        var index = Path.Combine(Path.GetFullPath(OutputDirectory), OutputPaths.Index);
        if ((session is not null || standing is not null) && File.Exists(index))
            Console.WriteLine($"\nOpen {index}");
    }

    /// <remarks>
    /// Kept elsewhere, as in the log of a CI run, it proves later that nothing was changed or taken back.
    /// </remarks>
    static string HeadText(LedgerHead head) =>
        $"\nLedger: {Counted.Plain(head.Size, "entry", "entries")}, head {head}";

    string Conclude(IReadOnlyList<StepResult> results)
    {
        if (results.Any(result => result.Status == StepStatus.Cancelled))
            return Conclusion.OfCancellation;
        if (Conclusion.OfFailure(
            results, step => Shown(OutputPaths.Audit(step.Pipeline, step.Cell))) is { } failure)
            return failure;
        return Conclusion.OfSuccess(results, Shown("") ?? OutputDirectory, Shown(OutputPaths.Index));
    }

    /// <summary>A file of the output folder as a person writes it; null where there is none.</summary>
    string? Shown(string output)
    {
        var path = Path.GetFullPath(Path.Combine(OutputDirectory, output))
            .TrimEnd(Path.DirectorySeparatorChar);
        var relative = Path.GetRelativePath(RootDirectory, path);
        return !Path.Exists(path)
            ? null
            : relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    /// <summary>Has people look at what is wrong, where the host can.</summary>
    partial void Note(IReadOnlyList<Problem> problems);

    /// <summary>The same of what only may be wrong.</summary>
    partial void NoteWarnings(IReadOnlyList<Problem> problems);

    /// <summary>Tells what came of the run to whoever reads its results.</summary>
    partial void TellResults(PipelineSession session);
}
