using Mlops.Engine;

namespace Mlops.Pipelines.Graphs;

/// <summary>The template files of each page: a page's key holds only those it is made of.</summary>
public sealed record ReportTemplates(
    IReadOnlyList<SourceFile> Audit, IReadOnlyList<SourceFile> Drift, IReadOnlyList<SourceFile> Index)
{
    /// <summary>A page takes its own template and whatever no page calls its own.</summary>
    public static ReportTemplates Of(IReadOnlyList<SourceFile> files)
    {
        string[] pages = ["audit", "drift", "index"];
        return new ReportTemplates(For("audit"), For("drift"), For("index"));

        IReadOnlyList<SourceFile> For(string page) =>
            [.. files.Where(file => OwnerOf(file) is var owner && (owner is null || owner == page))];

        string? OwnerOf(SourceFile file) =>
            pages.FirstOrDefault(page => Path.GetFileName(file.Name).StartsWith(page, StringComparison.Ordinal));
    }
}
