using Mlops.Engine;
using Mlops.Reporting.Audit;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Overview;

/// <summary>The front page: what needs attention first, then every pipeline and cell on one line.</summary>
static class IndexPage
{
    const int FindingsShown = 200;

    public static Page Of(IndexInput input) => new(
        IndexStage.Template, "Model overview", Subject(input),
        Head(input),
        [
            Section.Of("models", "Pipelines and cells",
                Fields.Of(("caption", Subject(input)), ("models", Fields.List(input.Entries, Model)))),
            Section.Of("index-findings", "Findings", Findings(input)),
        ]);

    static string Subject(IndexInput input)
    {
        var steps = input.Entries.Count(IsOfSteps);
        var models = input.Entries.Count - steps;
        return string.Join(
            " · ",
            [
                .. models > 0 || steps == 0 ? [Counted.Of(models, "model", "models")] : Array.Empty<string>(),
                .. steps > 0 ? [Counted.Of(steps, "pipeline of steps", "pipelines of steps")]
                    : Array.Empty<string>(),
            ]);
    }

    static bool IsOfSteps(IndexEntry entry) => entry.Steps is not null;

    static ScriptObject Head(IndexInput input)
    {
        var rest = input.Entries.Count(entry => !entry.Accepted);
        var look = input.Entries.Count == 0 ? "plain"
            : rest > 0 ? "bad" : input.Entries.Any(entry => entry.IsOutrun) ? "warn" : "ok";
        var good = input.Entries.Any(entry => !IsOfSteps(entry)) ? "accepted" : "finished";
        return Fields.Of(
            ("look", look), ("mark", Marks.Of(look)),
            ("word", input.Entries.Count == 0
                ? "Nothing to show"
                : rest == 0 ? $"All {good}" : $"{Counted.Of(rest)} not {good}"),
            ("sentence", Sentence(input)));
    }

    static string Sentence(IndexInput input)
    {
        var models = Sentence(input, entry => !IsOfSteps(entry), "model", "models", "accepted");
        var steps = Sentence(input, IsOfSteps, "pipeline of steps", "pipelines of steps", "finished");
        return input.Entries.Any(IsOfSteps)
            ? input.Entries.All(IsOfSteps) ? steps : $"{models} {steps}"
            : models;
    }

    static string Sentence(
        IndexInput input, Func<IndexEntry, bool> fits, string one, string many, string good) =>
        $"{Counted.Of(input.Entries.Count(entry => fits(entry) && entry.Accepted))} of "
        + $"{Counted.Of(input.Entries.Count(fits), one, many)} {good}."
        + (input.Entries.Count(entry => fits(entry) && entry.IsOutrun) is > 0 and var outrun
            ? $" Monitor, which looks at later data, fails for {Counted.Of(outrun)} of them." : "");

    static ScriptObject Model(IndexEntry entry) => Fields.Of(
        ("name", entry.Card.Name),
        ("cell", entry.Card.Cell ?? ""),
        ("title", Prose.OrNull(entry.Card.Title)),
        ("chip", Marks.Chip(entry.Accepted ? "ok" : "bad", entry.Verdict)),
        ("metric", entry.Headline?.Name ?? ""),
        ("value", entry.Steps is { } steps
            ? Show.Cell(steps, Counted.Of(steps, "step", "steps")) : Show.Cell(entry.Headline?.Value)),
        ("baseline", entry.Headline?.Baseline is { } baseline ? Show.Number(baseline) : null),
        ("drift", entry.Drift is { } drift ? Marks.Word(drift) : "—"),
        ("rows", entry.Rows is { } rows ? Show.Cell(rows) : Show.Cell(null)),
        ("package", Show.Digest(entry.PackageDigest)),
        ("package_link", Prose.OrNull(RelativeLink.To(entry.PackagePath))),
        ("audit_link", Prose.OrNull(RelativeLink.To(entry.AuditPath))),
        ("drift_link", Prose.OrNull(RelativeLink.To(entry.DriftPath))));

    static ScriptObject Findings(IndexInput input)
    {
        var findings = input.Entries.OrderBy(entry => entry.Accepted)
            .SelectMany(entry => entry.Findings.Select(finding => (entry.Card, finding))).ToArray();
        return Fields.Of(
            ("findings", Fields.List(findings.Take(FindingsShown), found => Fields.Of(
                ("subject", Cards.Subject(found.Card)),
                ("chip", found.finding.Stops ? Marks.Chip("bad", "stops") : Marks.Chip("warn", "noted")),
                ("text", new Prose(found.finding.Text))))),
            ("left_out", Math.Max(0, findings.Length - FindingsShown)));
    }
}

/// <summary>Links to files beside the page, and to nothing else.</summary>
static class RelativeLink
{
    /// <returns>Percent-encoded, or null for a path that is absent, absolute or leads out of the
    /// folder.</returns>
    public static string? To(string? path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\\', StringComparison.Ordinal))
            return null;
        var segments = path.Split('/');
        return segments.Any(segment => segment is "" or "." or "..")
            ? null
            : "./" + string.Join('/', segments.Select(Uri.EscapeDataString));
    }
}
