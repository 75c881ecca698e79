using Mlops.Data.Quarantining;
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
        "DriftReport", 9, PackageVersions.ScribanSigned,
        () => ReportingJson.Default.DriftReportInput, () => ReportingJson.Default.ReportPage, Render)
    {
        Calls = () => [QuarantineStage.Value],
        Circumstances = ["steps"],
    };

    static async Task<ReportPage> Render(StageContext context, DriftReportInput input)
    {
        var details = await Details.Read(context, input.Monitor?.Details,
            LearningJson.Default.MonitorDetails);
        var aside = await SetAside(context, input);
        var page = await PageFile.Write(context, input.Templates, DriftPage.Of(input, details, aside));
        var unparsed = input.Card.Cell is null ? null : await Unparsed(context, input);
        return page.With(aside, unparsed);
    }

    static async Task<QuarantineResult?> SetAside(StageContext context, DriftReportInput input)
    {
        if (input.Scored is not { SetAside: { } set } scored)
            return null;
        var cell = input.Card.Cell;
        return cell is not null && (set.TakenOut.Count == 0 || set.Rows.Table is null) ? null
            : await context.Call(QuarantineStage.Value, new QuarantineInput(
                scored.Sources, set.Rows.Format, set.Rows.Table ?? set.Dataset,
                cell is null ? null : set.Dataset, set.Rows.MatrixColumn, cell, set.TakenOut, null,
                set.Rows.Redact));
    }

    /// <summary>The same for all cells, so one call for all of them.</summary>
    static async Task<QuarantineResult?> Unparsed(StageContext context, DriftReportInput input) =>
        input.Scored is { SetAside: { } set } scored
        && scored.Sources.Any(source => source.QuarantinedRows > 0)
            ? await context.Call(QuarantineStage.Value, new QuarantineInput(
                scored.Sources, set.Rows.Format, set.Dataset, null, null, null, [], null, set.Rows.Redact))
            : null;
}
