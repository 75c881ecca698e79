using Mlops.Engine;
using Mlops.Reporting.Overview;

namespace Mlops.Reporting;

/// <summary>Renders the front page: every pipeline and cell on one line, with links to its reports.</summary>
public static class IndexStage
{
    /// <summary>The template that the page begins with.</summary>
    public const string Template = "index.sbnhtml";

    public static Stage<IndexInput, ReportPage> Value { get; } = new(
        "IndexReport", 4, PackageVersions.ScribanSigned,
        () => ReportingJson.Default.IndexInput, () => ReportingJson.Default.ReportPage,
        (context, input) => PageFile.Write(context, input.Templates, IndexPage.Of(input)));
}
