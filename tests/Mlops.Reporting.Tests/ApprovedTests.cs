namespace Mlops.Reporting.Tests;

/// <summary>What a reader sees, word for word. Run with <c>APPROVE=1</c> to accept what is there now.</summary>
public sealed class ApprovedTests : IDisposable
{
    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task TheAuditReportReadsAsApproved() =>
        Approve("audit.txt", PageRules.VisibleText(WithoutTemplates(await bench.Render(AuditStage.Value, Churn.Audit(bench)))));

    [Fact]
    public async Task TheDriftReportReadsAsApproved() =>
        Approve("drift.txt", PageRules.VisibleText(await bench.Render(DriftReportStage.Value, Drifting.Report(bench))));

    [Fact]
    public async Task TheIndexReadsAsApproved() =>
        Approve("index.txt", PageRules.VisibleText(await bench.Render(IndexStage.Value, Overviews.Small(bench))));

    /// <summary>The digests of the templates change with every edit of a style rule: they are not what is approved.</summary>
    string WithoutTemplates(string html)
    {
        foreach (var file in bench.Templates)
            html = html.Replace(file.Digest.ToString(), "(digest of a template)", StringComparison.Ordinal)
                .Replace($"data-v=\"{file.LengthBytes}\" title=\"{file.LengthBytes}\">{file.LengthBytes:#,0}<", ">…<", StringComparison.Ordinal);
        return html;
    }

    static void Approve(string name, string text)
    {
        var path = Path.Combine(Workbench.Repository, "tests", "Mlops.Reporting.Tests", "Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }
}
