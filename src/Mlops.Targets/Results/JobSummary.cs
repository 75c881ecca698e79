using System.Text;

namespace Mlops.Targets;

/// <summary>The Markdown that a CI server shows of a job.</summary>
static class JobSummary
{
    /// <summary>Of a build that could not begin.</summary>
    public static string OfFailure(string message) => "## Failed\n\n"
        + string.Concat(VisibleText.Of(message).Split('\n').Select(line => $"- {Markdown.Cell(line)}\n"));

    /// <param name="details">What the build says of itself, in Markdown.</param>
    public static string Of(RunEvent.Finished finished, string details)
    {
        var text = new StringBuilder();
        var outcome = finished.Cancelled ? "Cancelled" : finished.ExitCode == 0 ? "Passed" : "Failed";
        text.Append("## ").Append(outcome).Append("\n\n");
        text.Append(Markdown.Text(Summary.Sentence(finished))).Append("\n\n");
        if (details.Length > 0)
            text.Append(details.TrimEnd()).Append("\n\n");
        text.Append("### Targets\n\n| target | status | duration | |\n| --- | --- | ---: | --- |\n");
        foreach (var target in finished.Plan.Where(target => target.Status != ExecutionStatus.Collective))
        {
            var notes = target.SummaryInformation.Where(note => note.Value.Length > 0)
                .Select(note => $"{note.Key}: {note.Value}")
                .Concat(new[] { target.OnlyWhen, target.Skipped }.OfType<string>());
            text.Append(
                $"| {Markdown.Cell(target.Name)} | {target.Status} | {Summary.Text(target.Duration)} ")
                .Append($"| {Markdown.Cell(string.Join(", ", notes))} |\n");
        }
        return text.ToString();
    }
}
