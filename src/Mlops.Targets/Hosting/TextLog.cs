namespace Mlops.Targets;

/// <summary>Writes a run as text: a header for each target, what it prints, why it failed; then table and sentence.</summary>
sealed class TextLog(Terminal terminal, HostContext context, Verbosity verbosity)
{
    public void Tell(RunEvent told)
    {
        switch (told)
        {
            case RunEvent.Started started:
                terminal.Header(started.Of.Name);
                break;
            case RunEvent.Printed printed:
                (printed.IsError ? context.Error : context.Out).WriteLine(printed.Line);
                break;
            case RunEvent.Ended { Failure: { } failure } ended:
                terminal.Failure($"{ended.Of.Name} failed", failure);
                break;
            case RunEvent.Cancelling:
                terminal.Line("Cancelling; once more to stop at once.");
                break;
            case RunEvent.Finished finished:
                Close(finished);
                break;
        }
    }

    void Close(RunEvent.Finished finished)
    {
        if (verbosity < Verbosity.Quiet)
            Summary.WriteTable(terminal, finished.Plan, finished.Rows);
        terminal.Line(Summary.Sentence(finished.Plan, finished.Elapsed, finished.Cancelled));
    }
}
