using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mlops.Data;
using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning;
using Mlops.Reporting.Audit;
using Mlops.Reporting.Rendering;

namespace Mlops.Reporting;

/// <summary>
/// Renders the page that an auditor reads: one self-contained HTML file per pipeline and cell.
/// </summary>
public static class AuditStage
{
    /// <summary>The template that the page begins with.</summary>
    public const string Template = "audit.sbnhtml";

    public static Stage<AuditInput, ReportPage> Value { get; } = new(
        "AuditReport", 11, PackageVersions.ScribanSigned,
        () => ReportingJson.Default.AuditInput, () => ReportingJson.Default.ReportPage, Render)
    {
        Calls = () => [QuarantineStage.Value],
        Circumstances = ["steps", "step"],
    };

    static async Task<ReportPage> Render(StageContext context, AuditInput input)
    {
        var validation = await Details.Read(
            context, input.Validation?.Details, DataJson.Default.ValidationDetails);
        var aside = await SetAside(context, input, validation);
        var evidence = new AuditEvidence(
            input,
            validation,
            RedactedEvidence.Of(
                await Details.Read(context, input.Model?.Details, LearningJson.Default.TrainingDetails),
                input.Rows?.Redact),
            await Details.Read(context, input.Model?.Sweep, LearningJson.Default.SweepDetails),
            RedactedEvidence.Of(
                await Details.Read(
                    context, input.Evaluation?.Details, LearningJson.Default.EvaluationDetails),
                input.Rows?.Redact),
            await Details.Read(context, input.Monitor?.Details, LearningJson.Default.MonitorDetails),
            CapturedText.Read(context, input.Programs),
            aside);
        var page = await PageFile.Write(
            context, input.Templates, evidence.IsOfSteps ? StepsPage.Of(evidence) : AuditPage.Of(evidence));
        var unparsed = input.Card.Cell is null ? null : await Unparsed(context, input);
        return page.With(aside, unparsed);
    }

    /// <summary>The same for all cells, so one call for all of them.</summary>
    static async Task<QuarantineResult?> Unparsed(StageContext context, AuditInput input) =>
        input is not { Dataset: { QuarantinedRows: > 0 } dataset, Rows: { } rows }
        ? null
        : await context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, rows.Format, dataset.Table, null, null, null, [], null, rows.Redact));

    /// <summary>The raw files are read again only where rows of them are to be shown.</summary>
    static async Task<QuarantineResult?> SetAside(
        StageContext context, AuditInput input, ValidationDetails? validation)
    {
        if (input is not { Dataset: { } dataset, Rows: { } rows })
            return null;
        var isCell = input.Card.Cell is not null;
        var any = (!isCell && dataset.QuarantinedRows > 0) || input.Validation?.TakenOut is not null
            || validation?.Checks.Any(check => check.Samples.Count > 0) == true;
        return !any || (isCell && rows.Table is null) ? new QuarantineResult(null, 0, 0, [])
            : await context.Call(QuarantineStage.Value, new QuarantineInput(
                dataset.Sources, rows.Format, rows.Table ?? dataset.Table, isCell ? dataset.Table : null,
                isCell ? rows.MatrixColumn : null, isCell ? input.Card.Cell : null,
                input.Validation?.TakenOut ?? [], input.Validation?.Details, rows.Redact));
    }
}

/// <summary>Reads the JSON that other stages left for whoever shows it.</summary>
static class Details
{
    /// <exception cref="ProblemException">REPORT-006: the artifact is not such a document.</exception>
    public static async Task<T?> Read<T>(StageContext context, Artifact? artifact,
        JsonTypeInfo<T> type) where T : class
    {
        if (artifact is null)
            return null;
        await using var stream = DiskStream.OpenRead(context.Locate(artifact));
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, type, context.Cancellation);
        }
        catch (JsonException error)
        {
            throw new ProblemException([new Problem(
                "REPORT-006", $"The artifact {artifact.Digest.Short} does not read as {typeof(T).Name}.",
                Expected: "JSON as the stage that made it writes it", Actual: error.Message,
                Next: "Run the targets again with one version of this program.")], inner: error);
        }
    }
}

static class PageFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    public static async Task<ReportPage> Write(StageContext context, IReadOnlyList<SourceFile> templates,
        Page page)
    {
        var html = page.Render(await TemplateSet.Load(context, templates), context.Cancellation);
        var bytes = Utf8.GetBytes(html);
        return new ReportPage(await context.Write(
            "text/html", stream => stream.WriteAsync(bytes, context.Cancellation).AsTask()));
    }
}
