using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>
/// The head of the audit report: accepted, rejected or not reached, and the numbers behind it.
/// </summary>
static class Verdicts
{
    const int FindingsShown = 20;

    public static ScriptObject Head(AuditEvidence evidence)
    {
        var (look, word, sentence) = Verdict(evidence);
        var findings = Findings(evidence);
        return Fields.Of(
            ("title", Prose.OrNull(evidence.Input.Card.Title)),
            ("of_steps", evidence.IsOfSteps),
            ("version", Prose.OrNull(evidence.Input.Package?.Version ?? evidence.Input.Card.Version)),
            ("owner", Prose.OrNull(evidence.Input.Card.Owner)),
            ("mark", Marks.Of(look)), ("look", look), ("word", word), ("sentence", new Prose(sentence)),
            ("findings", Fields.List(findings.Take(FindingsShown), finding => Fields.Of(
                ("stage", finding.Stage), ("look", finding.Stops ? "bad" : "warn"),
                ("mark", finding.Stops ? "✗" : "!"), ("kind", finding.Stops ? "stops" : "noted"),
                ("text", new Prose(finding.Text))))),
            ("more_findings", Math.Max(0, findings.Count - FindingsShown)),
            ("figures", evidence.IsOfSteps ? StepsPage.Figures(evidence) : Figures.Of(evidence)));
    }

    static (string Look, string Word, string Sentence) Verdict(AuditEvidence evidence)
    {
        string[] rejecting = [.. evidence.Chain
            .Where(link => link.Judgement is { Accepted: false }).Select(link => link.Stage)];
        if (rejecting.Length > 0)
            return ("bad", "Rejected", $"Rejected by {string.Join(" and ", rejecting)}: "
                + "nothing that would follow may be relied on.");
        if (evidence.Chain.FirstOrDefault(link => !link.Reached) is { } missing)
            return ("warn", "Not reached", evidence.Absence(missing.Stage));
        if (evidence.IsOfSteps)
            return ("ok", "Finished", "Every step of this pipeline ended well and made what it declares.");
        return evidence.Input.Monitor?.Judgement.Accepted == false
            ? ("warn", "Accepted", $"{Passed(evidence)} Monitor, which looks at later data, fails.")
            : ("ok", "Accepted", Passed(evidence));
    }

    static string Passed(AuditEvidence evidence)
    {
        const string All = "Every check, gate and golden row that this pipeline asks for was passed";
        var warnings = evidence.Input.Validation?.WarningCount ?? 0;
        var notRun = (evidence.Validation?.Checks ?? []).Count(check => check.Status == CheckStatus.NotRun);
        var gatesNotRun = (evidence.Input.Evaluation?.Gates ?? []).Count(gate => !gate.IsMet);
        string[] but =
        [
            .. warnings > 0
                ? [Counted.Of(warnings, "check that warns", "checks that warn")] : Array.Empty<string>(),
            .. notRun > 0
                ? [Counted.Of(notRun, "check that did not run", "checks that did not run")]
                : Array.Empty<string>(),
            .. gatesNotRun > 0
                ? [Counted.Of(gatesNotRun, "gate that did not run", "gates that did not run")]
                : Array.Empty<string>(),
        ];
        return but.Length == 0 ? $"{All}." : $"{All}, but for {Listed(but)}.";
    }

    static string Listed(string[] parts) => parts.Length == 1
        ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    static List<(string Stage, bool Stops, string Text)> Findings(AuditEvidence evidence)
    {
        var judged = evidence.Chain.Append(
            new ChainLink("Monitor", evidence.Input.Monitor, evidence.Input.Monitor?.Judgement));
        var found = judged.Where(link => link.Judgement is not null).SelectMany(link =>
            link.Judgement!.Findings.Select(text => (link.Stage, Stops: Stops(link, text), text)));
        var failed = evidence.Input.Steps.Where(step => step.State == StepState.Failed)
            .Select(step => (step.Step, Stops: true, step.Note ?? "failed"));
        return [.. found.Concat(failed).OrderByDescending(finding => finding.Stops)];
    }

    /// <summary>Of a rejected dataset the warnings stop nothing.</summary>
    static bool Stops(ChainLink link, string text) => !link.Judgement!.Accepted
        && (link.Stage != "Validate" || CheckFinding.Stops(text));
}
