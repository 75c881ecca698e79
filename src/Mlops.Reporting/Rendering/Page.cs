using System.Security.Cryptography;
using System.Text;
using Mlops.Engine;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Mlops.Reporting.Rendering;

/// <summary>One numbered part of a page.</summary>
/// <param name="Id">Lower-case letters and dashes, never from data.</param>
/// <param name="Template">The file that shows <paramref name="Data"/>.</param>
/// <param name="Absent">Why there is nothing to show; then there is no data either.</param>
sealed record Section(string Id, string Title, string Template, ScriptObject? Data, string? Absent)
{
    public static Section Of(string id, string title, ScriptObject data) =>
        new(id, title, $"{id}.sbnhtml", data, null);

    public static Section Missing(string id, string title, string why) =>
        new(id, title, "absent.sbnhtml", null, why);
}

/// <summary>A page before it is rendered: a title, what stands at its head, and its sections.</summary>
/// <param name="Kind">"Audit report".</param>
/// <param name="Subject">What it is about: the pipeline and its cell.</param>
sealed record Page(string Template, string Kind, string Subject, ScriptObject Head,
    IReadOnlyList<Section> Sections)
{
    const string Style = "report.css";
    const string Script = "report.js";

    /// <summary>Renders to one self-contained file and checks that all of it is there.</summary>
    /// <exception cref="ProblemException">REPORT-004: a template fails. REPORT-005: the page is
    /// incomplete.</exception>
    public string Render(TemplateSet templates, CancellationToken cancellation)
    {
        var context = EscapingContext.Over(templates, Model(templates), cancellation);
        string html;
        try
        {
            html = templates.Parsed(Template).Render(context);
        }
        catch (ScriptRuntimeException error)
        {
            throw new ProblemException([new Problem("REPORT-004", error.OriginalMessage, new Place(
                error.Span.FileName ?? Template, error.Span.Start.Line + 1, error.Span.Start.Column + 1))],
                inner: error);
        }
        return Complete(html);
    }

    ScriptObject Model(TemplateSet templates)
    {
        var style = templates.Text(Style);
        var script = templates.Text(Script);
        return Fields.Of(
            ("kind", Kind),
            ("subject", Subject),
            ("policy",
                new Prose($"default-src 'none'; style-src {Source(style)}; script-src {Source(script)}; "
                    + "img-src data:; base-uri 'none'; form-action 'none'")),
            ("style", new Markup(style)),
            ("script", new Markup(script)),
            ("head", Head),
            ("sections", Fields.List(Sections.Select((section, i) => (section, i)), pair => Fields.Of(
                ("id", pair.section.Id), ("title", pair.section.Title), ("number", pair.i + 1),
                ("template", pair.section.Template), ("absent", Prose.OrNull(pair.section.Absent)),
                ("data", pair.section.Data)))),
            ("section", null),
            ("data", null),
            ("section_count", Sections.Count));
    }

    /// <summary>A content security policy source: the digest of the exact bytes of the block.</summary>
    static string Source(string block) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}'";

    string Complete(string html)
    {
        var page = html.TrimEnd() + "\n";
        var sections = page.Split("<section ").Length - 1;
        if (sections != Sections.Count
            || !page.EndsWith($"<!-- end: {Sections.Count} sections --></body></html>\n",
            StringComparison.Ordinal))
            throw new ProblemException(new Problem(
                "REPORT-005", $"The page made by '{Template}' is incomplete.",
                Expected: $"{Sections.Count} sections and the closing mark", Actual: $"{sections} sections",
                Next: "Check the templates under reports/templates: each section is one <section> element."));
        return page;
    }
}
