using System.Text;
using Mlops.Engine;

namespace Mlops.Reporting.Audit;

/// <summary>The last lines that an execution of a program wrote to one of its streams.</summary>
/// <param name="Item">What it was executed for; null where it was executed once.</param>
/// <param name="OfLines">How many lines there are.</param>
sealed record CapturedText(string Step, string? Item, string Stream, IReadOnlyList<string> Lines, int OfLines)
{
    const int StreamsShown = 20;
    const int LinesShown = 20;

    /// <summary>Of the first executions of each step that said something.</summary>
    public static IReadOnlyList<CapturedText> Read(
        StageContext context, IReadOnlyList<ProgramEvidence>? programs) =>
    [
        .. (programs ?? []).SelectMany(program => (program.Output?.Executions ?? [])
            .SelectMany(execution => Streams(context, program.Step.Step, execution)).Take(StreamsShown)),
    ];

    static IEnumerable<CapturedText> Streams(StageContext context, string step, ProgramExecution execution)
    {
        if (execution.Output is { } output)
            yield return Of(context, step, execution.Item, "standard output", output);
        if (execution.Errors is { } errors)
            yield return Of(context, step, execution.Item, "standard error", errors);
    }

    static CapturedText Of(StageContext context, string step, string? item, string stream, Artifact captured)
    {
        var lines = File.ReadAllText(context.Locate(captured), Encoding.UTF8).TrimEnd('\n').Split('\n');
        return new CapturedText(step, item, stream,
            [.. lines.TakeLast(LinesShown).Select(line => line.TrimEnd('\r'))], lines.Length);
    }
}
