using System.Text.Json.Serialization;
using Mlops.Data.Drift;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Learning.Training;

namespace Mlops.Reporting;

/// <summary>
/// Everything one audit report is made of. What was not reached is null, and <see cref="Steps"/> say why.
/// </summary>
/// <param name="Templates">The files under <c>reports/templates</c>, by name and digest.</param>
/// <param name="Programs">The pipeline's own steps; null where it declares none.</param>
/// <param name="Results">
/// Of a pipeline of steps alone the names of those that nothing else in it takes from: what they made lies
/// beside the page. Null for a pipeline that learns.
/// </param>
/// <param name="Rows">How rows are found in the raw files; null where no file was read.</param>
public sealed record AuditInput(
    IReadOnlyList<SourceFile> Templates,
    PipelineCard Card,
    IReadOnlyList<Setting> Settings,
    Dataset? Dataset,
    Split? Split,
    DataValidation? Validation,
    TrainedModel? Model,
    ModelEvaluation? Evaluation,
    ModelPackage? Package,
    MonitorResult? Monitor,
    IReadOnlyList<StepEvidence> Steps,
    IReadOnlyList<ProgramEvidence>? Programs = null,
    IReadOnlyList<string>? Results = null,
    RowSources? Rows = null);

/// <summary>How the rows of a cell are found in the raw files again.</summary>
/// <param name="Table">The cell's rows; null where they are the dataset's.</param>
/// <param name="MatrixColumn">The column that cells are the values of.</param>
/// <param name="Redact">Columns whose values are shown to nobody.</param>
public sealed record RowSources(
    TextFormat Format, TableParts? Table, string? MatrixColumn, IReadOnlyList<string>? Redact);

/// <summary>A step that a pipeline declares itself: what it ran, on what, and what it gave.</summary>
/// <param name="Input">Null where it left no trace.</param>
/// <param name="Output">Null where it was not reached.</param>
public sealed record ProgramEvidence(StepEvidence Step, ProgramInput? Input, ProgramOutput? Output)
{
    const string Prefix = "steps.";

    /// <summary>The step's name as a person wrote it.</summary>
    internal string Name => Step.Step[Prefix.Length..];
}

/// <param name="Cell">The value of the matrix column; null for a pipeline without a matrix.</param>
public sealed record PipelineCard(
    string Name, string? Cell, string? Title, string? Description, string? Owner, string? Version,
    string? Licence, string? IntendedUse, string? Limitations);

/// <summary>
/// One value of the pipeline's specification, defaults written out: <c>train.trainer.leaves</c>, <c>31</c>.
/// </summary>
public sealed record Setting(string Path, string Value);

public enum StepState
{
    Finished,
    Rejected,
    /// <summary>An upstream step was rejected, so this one was not allowed to run.</summary>
    Blocked,
    Failed,
}

/// <summary>
/// When, where and at what cost a step's output was first made; from its trace, not from this run.
/// </summary>
/// <param name="Note">Why it was rejected, blocked or failed.</param>
/// <param name="Reasons">Why it ran when its output was first made.</param>
public sealed record StepEvidence(
    string Step,
    StepState State,
    string? Note,
    IReadOnlyList<string> Reasons,
    Digest? Key,
    Digest? Output,
    DateTimeOffset? StartedAt,
    double? DurationSeconds,
    double? CpuSeconds,
    long? PeakMemoryBytes,
    string? Host,
    string? OperatingSystem,
    string? Runtime,
    string? Toolchain);

/// <summary>Everything one drift report is made of.</summary>
/// <param name="Scored">Null where the pipeline's own data are watched.</param>
/// <param name="Package">Null where the reference is no released package.</param>
public sealed record DriftReportInput(
    IReadOnlyList<SourceFile> Templates, PipelineCard Card,
    MonitorResult? Monitor, IReadOnlyList<StepEvidence> Steps, ScoredFiles? Scored = null,
    WatchedPackage? Package = null);

/// <summary>The released package that later rows are held against.</summary>
public sealed record WatchedPackage(
    string Name, Digest Digest, string Pipeline, string? Cell, string Version);

/// <summary>The files of rows that were scored, with what became of their rows.</summary>
/// <param name="TakenOut">Rows of the cell that checks took out; null where they were not checked.</param>
/// <param name="SetAside">Null where no row was set aside.</param>
public sealed record ScoredFiles(
    IReadOnlyList<SourceRows> Sources, long? TakenOut, ScoredRows? SetAside = null);

/// <summary>How rows of scored files that were set aside are found in the files again.</summary>
/// <param name="Dataset">All rows of the files that parsed.</param>
/// <param name="TakenOut">By checks, of the cell's rows.</param>
public sealed record ScoredRows(TableParts Dataset, IReadOnlyList<TakenOut> TakenOut, RowSources Rows);

/// <summary>The front page over all pipelines and cells.</summary>
public sealed record IndexInput(IReadOnlyList<SourceFile> Templates, IReadOnlyList<IndexEntry> Entries);

/// <param name="AuditPath">Relative path of the audit report, forward slashes; null where none was made.
/// </param>
/// <param name="Headline">The first metric, for instance.</param>
/// <param name="Drift">Null where nothing was compared.</param>
/// <param name="Steps">How many steps a pipeline of steps alone has; null for one that learns.</param>
public sealed record IndexEntry(
    PipelineCard Card,
    string Verdict,
    bool Accepted,
    MetricValue? Headline,
    DriftVerdict? Drift,
    long? Rows,
    Digest? PackageDigest,
    string? PackagePath,
    string? AuditPath,
    string? DriftPath,
    IReadOnlyList<IndexFinding> Findings,
    long? Steps = null)
{
    /// <summary>The model was accepted, and what looks at later data fails.</summary>
    [JsonIgnore]
    public bool IsOutrun => Accepted && Findings.Any(finding => finding.Stops);
}

/// <param name="Stops">Whether the model is not accepted for it, or a target fails.</param>
public sealed record IndexFinding(string Text, bool Stops);

/// <param name="Html">One self-contained file, <c>text/html</c>.</param>
/// <param name="Quarantine">All rows that were set aside, as CSV; null where there are none.</param>
/// <param name="Unparsed">Of a cell of a matrix: the rows of the whole dataset that did not parse.</param>
/// <param name="QuarantineFiles">The rows of <paramref name="Quarantine"/>, byte for byte, a file for each
/// source; null where there are none, or columns are redacted.</param>
/// <param name="UnparsedFiles">The same of <paramref name="Unparsed"/>.</param>
public sealed record ReportPage(
    Artifact Html, Artifact? Quarantine = null, Artifact? Unparsed = null,
    IReadOnlyList<SetAsideFile>? QuarantineFiles = null, IReadOnlyList<SetAsideFile>? UnparsedFiles = null)
{
    internal ReportPage With(QuarantineResult? aside, QuarantineResult? unparsed) => this with
    {
        Quarantine = aside?.Csv,
        QuarantineFiles = aside?.Files,
        Unparsed = unparsed?.Csv,
        UnparsedFiles = unparsed?.Files,
    };
}
