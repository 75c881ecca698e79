using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mlops.Reporting.Tests;

/// <summary>
/// What a reader sees, word for word. Run with <c>APPROVE=1</c> to accept what is there now.
/// </summary>
public sealed class ApprovedTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task TheAuditReportReadsAsApproved() =>
        Approve("audit.txt",
            PageRules.VisibleText(WithoutTemplates(await bench.Render(AuditStage.Value,
                Churn.Audit(bench)))));

    [Fact]
    public async Task RowsSetAsideReadAsApproved()
    {
        var html = await bench.Render(AuditStage.Value, await Quarantined.Audit(bench));
        PageRules.Hold(html);
        Approve("quarantine.txt", Sections(html));
    }

    [Fact]
    public async Task RowsSetAsideOfRedactedColumnsReadAsApproved()
    {
        var html = await bench.Render(
            AuditStage.Value, await Quarantined.Audit(bench, ["note", "id"]));
        html.ShouldNotContain("cmd|");
        Approve("redacted.txt", Sections(html));
    }

    [Fact]
    public async Task TheReportOfStepsAloneReadsAsApproved() =>
        Approve("steps.txt",
            PageRules.VisibleText(
                WithoutTemplates(await bench.Render(AuditStage.Value, StepsAlone.Audit(bench)))));

    [Fact]
    public async Task TheDriftReportReadsAsApproved() =>
        Approve("drift.txt",
            PageRules.VisibleText(await bench.Render(DriftReportStage.Value, Drifting.Report(bench))));

    [Fact]
    public async Task TheIndexReadsAsApproved() =>
        Approve("index.txt",
            PageRules.VisibleText(await bench.Render(IndexStage.Value, Overviews.Small(bench))));

    /// <summary>
    /// The list of templates changes with every edit of a style rule: it is not what is approved.
    /// </summary>
    static string WithoutTemplates(string html)
    {
        var from = html.IndexOf("<details><summary>Templates", StringComparison.Ordinal);
        return html.Remove(from, html.IndexOf("</details>", from, StringComparison.Ordinal)
            + "</details>".Length - from);
    }

    /// <summary>
    /// Where the data came from, what it looks like and what was found; without digests, which are those of
    /// libraries' bytes.
    /// </summary>
    static string Sections(string html) =>
        string.Join('\n', new[] { "sources", "profile", "checks" }.Select(id =>
            Regex.Replace(
                PageRules.VisibleText(
                    new XElement("html", new XElement("body", Workbench.Parse(html).Descendants()
                        .First(element => (string?)element.Attribute("id") == id))).ToString(
                            SaveOptions.DisableFormatting)),
                "[0-9a-f]{12,64}", "DIGEST")));

    static void Approve(string name, string text)
    {
        var path = Path.Combine(Workbench.Repository, "tests", "Mlops.Reporting.Tests", "Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }
}
