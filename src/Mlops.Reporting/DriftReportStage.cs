using Mlops.Engine;
using Mlops.Learning;
using Mlops.Reporting.Monitoring;

namespace Mlops.Reporting;

/// <summary>
/// Renders what Monitor found: which columns moved, by how much, and what that did to the model.
/// </summary>
public static class DriftReportStage
{
    /// <summary>The template that the page begins with.</summary>
    public const string Template = "drift.sbnhtml";

    public static Stage<DriftReportInput, ReportPage> Value { get; } = new(
        "DriftReport", 5, PackageVersions.ScribanSigned,
        () => ReportingJson.Default.DriftReportInput, () => ReportingJson.Default.ReportPage, Render)
    {
        Circumstances = ["steps"],
    };

    static async Task<ReportPage> Render(StageContext context, DriftReportInput input)
    {
        var details = await Details.Read(context, input.Monitor?.Details,
            LearningJson.Default.MonitorDetails);
        return await PageFile.Write(context, input.Templates, DriftPage.Of(input, details));
    }
}
