using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>What a CI server, or whoever reads <c>--format json</c>, is told of a run.</summary>
sealed partial class Build
{
    partial void Note(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Tell(RunNotices.Of(problem, NoticeLevel.Error, file => Located(file)));
    }

    partial void NoteWarnings(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Tell(RunNotices.Of(problem, NoticeLevel.Warning, file => Located(file)));
    }

    partial void TellResults(PipelineSession session)
    {
        if (!IsReported)
            return;
        var (steps, cells) = (log!.Results, session.ResultsOfCells());
        var specifications = session.Project.Specifications.ToDictionary(
            specification => specification.Name);
        var notices = new RunNotices(
            (pipeline, file) => Located(session.PathOf(pipeline, file) ?? file),
            pipeline => specifications.GetValueOrDefault(pipeline)?.Places);
        foreach (var notice in notices.Of(steps, cells))
            Tell(notice);
        foreach (var check in RunChecks.Of(steps, cells))
            Tell(check);
    }

    protected override void WriteJobSummary(TextWriter markdown)
    {
        if (session is not null && log is not null)
            RunMarkdown.Write(markdown, log.Results, session.ResultsOfCells(),
                (pipeline, cell) => Shown(Mlops.Pipelines.Graphs.OutputPaths.Audit(pipeline, cell)));
    }

    protected override IReadOnlyDictionary<string, string> Outputs => log is null
        ? base.Outputs
        : RunOutputs.Of(log.Results, OutputDirectory);

    /// <summary>
    /// As servers name files: relative to the root, with forward slashes, where it lies below it.
    /// </summary>
    string Located(string file)
    {
        var path = Path.GetFullPath(file, RootDirectory);
        var relative = Path.GetRelativePath(RootDirectory, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}
