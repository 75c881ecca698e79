namespace Mlops.Targets;

/// <summary>
/// Writes a run as text: a header for each target, what it prints, why it failed; then table and sentence.
/// </summary>
/// <param name="host">The server that reads the log; null where a person does.</param>
sealed class TextLog(Terminal terminal, HostContext context, Verbosity verbosity, CiHost? host)
{
    const int MostNotices = 50;

    ExecutableTarget? opened;
    int notices;

    public void Tell(RunEvent told)
    {
        switch (told)
        {
            case RunEvent.Started started:
                Open(started.Of);
                break;
            case RunEvent.Printed { IsError: true } printed:
                context.Error.WriteLine(printed.Line);
                break;
            case RunEvent.Printed printed when verbosity < Verbosity.Quiet:
                terminal.Line(printed.Line);
                break;
            case RunEvent.OfStep step:
                Say(step.News);
                break;
            case RunEvent.Noticed noticed when host is not null:
                Say(host, noticed.Notice);
                break;
            case RunEvent.Ended ended:
                Close(ended);
                break;
            case RunEvent.Cancelling:
                terminal.Line("Cancelling; once more to stop at once.");
                break;
            case RunEvent.Finished finished:
                Close(finished);
                break;
        }
    }

    void Open(ExecutableTarget target)
    {
        if (verbosity > Verbosity.Normal)
            return;
        opened = target;
        if (host is null)
            terminal.Header(target.Name);
        else
            terminal.Line(host.Open(target.Name, context.Time.GetUtcNow()));
    }

    /// <remarks>A failure stands outside of what can be folded.</remarks>
    void Close(RunEvent.Ended ended)
    {
        if (opened == ended.Of && host?.Close(ended.Of.Name, context.Time.GetUtcNow()) is { } closing)
            terminal.Line(closing);
        opened = opened == ended.Of ? null : opened;
        if (ended.Failure is not { } failure)
            return;
        terminal.Failure($"{ended.Of.Name} failed", failure);
        if (host is { ShowsNotices: true })
            Say(host, new Notice(NoticeLevel.Error, ended.Of.Name, VisibleText.Of(failure)));
    }

    void Say(StepEvent news)
    {
        var text = news switch
        {
            StepEvent.Waiting waiting => $"  waiting    {news.Step}: {waiting.Holder} is making it",
            StepEvent.Healing healing => $"  healing    {news.Step}: {healing.Text}",
            StepEvent.Started started when verbosity == Verbosity.Verbose =>
                $"  started    {news.Step}: {string.Join("; ", started.Reasons)}",
            StepEvent.Progressed progressed when verbosity == Verbosity.Verbose =>
                $"  progress   {news.Step}: {progressed.Text}",
            StepEvent.Settled { Key: { } key } settled when verbosity == Verbosity.Verbose =>
                $"  settled    {news.Step}: {settled.Status}, key {key}",
            _ => null,
        };
        if (text is not null && verbosity < Verbosity.Quiet)
            terminal.Line(VisibleText.OnOneLine(text));
    }

    /// <remarks>Servers show a few; all of them are in the files of results.</remarks>
    void Say(CiHost server, Notice notice)
    {
        notices++;
        if (notices <= MostNotices)
            terminal.Line(server.Say(notice));
        else if (notices == MostNotices + 1)
            terminal.Line("More findings are not shown; --results-directory keeps all of them.");
    }

    void Close(RunEvent.Finished finished)
    {
        if (verbosity < Verbosity.Quiet)
            Summary.WriteTable(terminal, finished, context.Columns?.Invoke());
        terminal.Line(Summary.Sentence(finished));
    }
}
