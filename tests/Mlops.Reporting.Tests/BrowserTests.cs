using System.Globalization;
using System.Text.RegularExpressions;

namespace Mlops.Reporting.Tests;

/// <summary>
/// Pages in a real browser; they stay under <c>.artifacts/report-samples</c> for people to look at.
/// </summary>
public sealed class BrowserTests : IDisposable
{
    readonly Workbench bench = new();

    static string Samples { get; } = Directory.CreateDirectory(
        Path.Combine(Workbench.Repository, ".artifacts", "report-samples")).FullName;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task PagesLoadWithoutBreakingTheirOwnPolicy()
    {
        foreach (var page in (await Pages()).Where(page => !page.Contains("multi", StringComparison.Ordinal)))
        {
            var (dom, log) = await Browser.Run(page, "--dump-dom");
            log.ShouldNotContain("CONSOLE", customMessage: page);
            log.ShouldNotContain("Content Security Policy");
            if (!page.Contains("index", StringComparison.Ordinal))
                dom.ShouldContain("class=\"js sort\"", customMessage: "the script did not run");
        }
    }

    [Fact]
    public async Task HostileValuesDoNotRun()
    {
        var value = string.Concat(HostileTests.Values.Take(6).Select(row => row.Data));
        var html = await bench.Render(AuditStage.Value, HostileTests.Audit(bench, value));
        var (dom, log) = await Browser.Run(Write("hostile.html", html), "--dump-dom");
        Title(dom).ShouldNotBe("PWNED");
        log.ShouldNotContain("CONSOLE");
    }

    [Fact]
    public async Task EvenWithoutEscapingThePolicyStopsThem()
    {
        var html = (await bench.Render(AuditStage.Value, HostileTests.Audit(bench, "harmless"))).Replace(
            "<main class=\"page\">", "<main class=\"page\">"
                + string.Concat(HostileTests.Values.Take(4).Select(row => row.Data)),
            StringComparison.Ordinal);
        var (dom, log) = await Browser.Run(Write("unescaped.html", html), "--dump-dom");
        Title(dom).ShouldNotBe("PWNED");
        log.ShouldContain("Content Security Policy");
    }

    [Fact]
    public async Task APhoneNeverScrollsThePageSideways()
    {
        var pages = await Pages();
        var frame = Write("frame.html", $$"""
            <!DOCTYPE html><title>?</title>
            {{string.Concat(pages.Select(Frame))}}
            <script>addEventListener("load", () => {
              document.title = [...document.querySelectorAll("iframe")]
                .map(frame => frame.contentDocument.documentElement.scrollWidth).join(" ");
            });</script>
            """);
        var widths = Title((await Browser.Run(frame, "--dump-dom")).Output).Split(' ');
        foreach (var (page, width) in pages.Zip(widths))
            int.Parse(width, CultureInfo.InvariantCulture).ShouldBeInRange(300, 390, page);
    }

    [Fact]
    public async Task PagesPrint()
    {
        foreach (var page in (await Pages())
            .Where(page => !Path.GetFileName(page).Contains('-', StringComparison.Ordinal)))
        {
            var pdf = Path.ChangeExtension(page, ".pdf");
            File.Delete(pdf);
            await Browser.Run(page, $"--print-to-pdf={pdf}", "--no-pdf-header-footer");
            new FileInfo(pdf).Length.ShouldBeGreaterThan(10_000);
        }
    }

    async Task<IReadOnlyList<string>> Pages() =>
    [
        Write("audit.html", await bench.Render(AuditStage.Value, Churn.Audit(bench))),
        Write("audit-rejected.html", await bench.Render(AuditStage.Value, OtherModels.Regression(bench))),
        Write("audit-multiclass.html",
            await bench.Render(AuditStage.Value, OtherModels.Multiclass(bench, 4))),
        Write("audit-steps.html", await bench.Render(AuditStage.Value, StepsAlone.Audit(bench))),
        Write("drift.html", await bench.Render(DriftReportStage.Value, Drifting.Report(bench))),
        Write("index.html", await bench.Render(IndexStage.Value, Overviews.Small(bench))),
    ];

    /// <summary>As wide as a telephone.</summary>
    static string Frame(string page) =>
        $"<iframe width=\"390\" height=\"800\" src=\"{Path.GetFileName(page)}\"></iframe>";

    static string Write(string name, string html)
    {
        var path = Path.Combine(Samples, name);
        File.WriteAllText(path, html);
        return path;
    }

    static string Title(string dom) =>
        Regex.Match(dom, "<title>(.*?)</title>", RegexOptions.Singleline).Groups[1].Value;
}
