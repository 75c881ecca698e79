using Mlops.Reporting.Audit;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Overview;

/// <summary>The front page: what needs attention first, then every pipeline and cell on one line.</summary>
static class IndexPage
{
    const int FindingsShown = 200;

    public static Page Of(IndexInput input) => new(
        IndexStage.Template, "Model overview", Show.Count(input.Entries.Count, "model", "models"),
        Head(input),
        [
            Section.Of("models", "Pipelines and cells",
                Fields.Of(("models", Fields.List(input.Entries, Model)))),
            Section.Of("index-findings", "Findings", Findings(input)),
        ]);

    static ScriptObject Head(IndexInput input)
    {
        var accepted = input.Entries.Count(entry => entry.Accepted);
        var rest = input.Entries.Count - accepted;
        var look = input.Entries.Count == 0 ? "plain" : rest == 0 ? "ok" : "bad";
        return Fields.Of(
            ("look", look), ("mark", Marks.Of(look)),
            ("word", input.Entries.Count == 0 ? "Nothing to show" : rest == 0
                ? "All accepted" : $"{Show.Count(rest)} not accepted"),
            ("sentence", $"{Show.Count(accepted)} of {Show.Count(input.Entries.Count, "model", "models")} accepted."));
    }

    static ScriptObject Model(IndexEntry entry) => Fields.Of(
        ("name", entry.Card.Name),
        ("cell", entry.Card.Cell ?? ""),
        ("title", Prose.OrNull(entry.Card.Title)),
        ("chip", Marks.Chip(entry.Accepted ? "ok" : "bad", entry.Verdict)),
        ("metric", entry.Headline?.Name ?? ""),
        ("value", Show.Cell(entry.Headline?.Value)),
        ("baseline", entry.Headline?.Baseline is { } baseline ? Show.Number(baseline) : null),
        ("drift", entry.Drift ?? "—"),
        ("rows", entry.Rows is { } rows ? Show.Cell(rows) : Show.Cell(null)),
        ("package", Show.Digest(entry.PackageDigest)),
        ("package_link", Prose.OrNull(RelativeLink.To(entry.PackagePath))),
        ("audit_link", Prose.OrNull(RelativeLink.To(entry.AuditPath))),
        ("drift_link", Prose.OrNull(RelativeLink.To(entry.DriftPath))));

    static ScriptObject Findings(IndexInput input)
    {
        var findings = input.Entries.OrderBy(entry => entry.Accepted)
            .SelectMany(entry => entry.Findings.Select(text => (entry, text))).ToArray();
        return Fields.Of(
            ("findings", Fields.List(findings.Take(FindingsShown), finding => Fields.Of(
                ("subject", Cards.Subject(finding.entry.Card)),
                ("chip", finding.entry.Accepted ? Marks.Chip("warn", "noted") : Marks.Chip("bad", "stops")),
                ("text", new Prose(finding.text))))),
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
