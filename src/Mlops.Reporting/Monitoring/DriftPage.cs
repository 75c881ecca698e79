using Mlops.Data.Drift;
using Mlops.Data.Quarantining;
using Mlops.Engine;
using Mlops.Learning.Monitoring;
using Mlops.Reporting.Audit;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Monitoring;

/// <summary>
/// The drift report: verdict and rule, columns by effect, pictures of the worst, performance.
/// </summary>
static class DriftPage
{
    const int ColumnsDrawn = 50;

    public static Page Of(
        DriftReportInput input, MonitorDetails? details, QuarantineResult? aside) => new(
        DriftReportStage.Template, "Drift report", Cards.Subject(input.Card), Head(input, details),
        [
            Reached(
                input, "decision", "How it was decided", details,
                reached => Decision(reached, input.Package)),
            .. Scored(input, aside),
            Reached(input, "columns", "Columns by effect", details, Columns),
            Reached(input, "column-details", "The columns that moved most", details, ColumnDetails),
            Reached(input, "model-performance", "Performance of the model", details, PerformanceSection.Of),
            Section.Of("steps", "Steps and environment", StepSections.Steps(input.Steps)),
            Section.Of("reading", "How to read this", Fields.Of()),
        ]);

    public static string Window(Window window) => (window.From, window.To) switch
    {
        (null, null) => "all rows",
        ({ } from, null) => $"from {from}",
        (null, { } to) => $"before {to}",
        ({ } from, { } to) => $"from {from}, before {to}",
    };

    static IEnumerable<Section> Scored(DriftReportInput input, QuarantineResult? aside) =>
        input.Scored is not { } scored ? [] :
        [
            Section.Of(
                "scored", "Files that were scored", Scored(scored, aside, input.Card.Cell is not null)),
        ];

    static ScriptObject Scored(ScoredFiles scored, QuarantineResult? aside, bool isCell) => Fields.Of(
        ("aside", SetAsideRows.OfScored(aside, scored, isCell)),
        ("unparsed_file", isCell && scored.Sources.Any(source => source.QuarantinedRows > 0)
            ? SetAsideRows.ScoredUnparsedFile : null),
        ("kept", Counted.Of(scored.Sources.Sum(source => source.KeptRows))),
        ("quarantined", Counted.Of(scored.Sources.Sum(source => source.QuarantinedRows))),
        ("taken_out", scored.TakenOut is { } rows ? Counted.Of(rows) : null),
        ("files", Fields.List(scored.Sources, source => Fields.Of(
            ("name", source.File.Name),
            ("digest", Show.Digest(source.File.Digest)),
            ("kept", Show.Cell(source.KeptRows)),
            ("quarantined", Show.Cell(source.QuarantinedRows))))));

    static Section Reached(
        DriftReportInput input, string id, string title, MonitorDetails? details,
        Func<MonitorDetails, ScriptObject> show) =>
        details is null
            ? Section.Missing(id, title, StepNames.Absence(input.Steps, "Monitor"))
            : Section.Of(id, title, show(details));

    static ScriptObject Head(DriftReportInput input, MonitorDetails? details)
    {
        var verdict = input.Monitor?.Verdict;
        var look = input.Monitor is { } monitor ? Marks.Look(monitor) : "plain";
        return Fields.Of(
            ("title", Prose.OrNull(input.Card.Title)),
            ("look", look), ("mark", Marks.Of(look)),
            ("word", verdict is { } w ? Capital(Marks.Word(w)) : "Not reached"),
            ("sentence", new Prose(details?.Drift.DecidedBy ?? StepNames.Absence(input.Steps, "Monitor"))),
            ("accepted", input.Monitor is null ? null : Marks.Chip(
                input.Monitor.Judgement.Accepted ? "ok" : "bad",
                input.Monitor.Judgement.Accepted ? "monitoring passes" : "monitoring fails")),
            ("findings", Fields.Sentences([.. Findings(input.Monitor, details)])),
            ("figures", Fields.List(Figures(input.Monitor, details), figure => Fields.Of(
                ("label", figure.Label), ("value", figure.Value), ("note", figure.Note), ("look", "plain"),
                ("mark", "·")))));
    }

    /// <summary>All but the one that only repeats the sentence of the verdict.</summary>
    static IEnumerable<string> Findings(MonitorResult? monitor, MonitorDetails? details) =>
        monitor?.Judgement.Findings
            .Where(finding => details is null
                || !finding.EndsWith(details.Drift.DecidedBy, StringComparison.Ordinal)) ?? [];

    static IEnumerable<(string Label, string Value, string Note)> Figures(MonitorResult? monitor,
        MonitorDetails? details)
    {
        if (monitor is null || details is null)
            yield break;
        yield return ("Columns drifted", Counted.Of(monitor.DriftedColumns),
            $"of {Counted.Of(monitor.ComparedColumns)} compared");
        yield return ("Columns with a warning", Counted.Of(Verdicts(details, DriftVerdict.Warning)),
            "smaller moves");
        yield return ("Too few rows", Counted.Of(Verdicts(details, DriftVerdict.Insufficient)
            + Verdicts(details, DriftVerdict.NoData)), "no verdict: not the same as no drift");
        yield return ("Reference rows", Counted.Of(details.Drift.ReferenceRows),
            details.Profile ? "remembered by the package" : Window(details.ReferenceWindow));
        yield return ("Current rows", Counted.Of(details.Drift.CurrentRows), Window(details.CurrentWindow));
    }

    static int Verdicts(MonitorDetails details, DriftVerdict verdict) =>
        details.Drift.Columns.Count(column => column.Verdict == verdict);

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    static ScriptObject Decision(MonitorDetails details, WatchedPackage? package)
    {
        var thresholds = details.Drift.Thresholds;
        return Fields.Of(
            ("chip", Marks.Chip(details.Drift.Verdict)),
            ("decided_by", new Prose(details.Drift.DecidedBy)),
            ("reference", details.Profile
                ? Package(package) + ": training split, and holdout for the prediction"
                : Window(details.ReferenceWindow)),
            ("reference_rows", Show.Cell(details.Drift.ReferenceRows)),
            ("current", Window(details.CurrentWindow)),
            ("current_rows", Show.Cell(details.Drift.CurrentRows)),
            ("statistic", StatisticFacts.LongName(thresholds.Statistic)),
            ("text_rule", TextRule(thresholds)),
            ("correction", StatisticFacts.Name(thresholds.Correction)),
            ("warn_at", Show.Brief(thresholds.WarnAt)), ("drift_at", Show.Brief(thresholds.DriftAt)),
            ("alpha", Show.Brief(thresholds.Alpha)), ("column_share", Show.Percent(thresholds.ColumnShare)),
            ("min_rows", Counted.Of(thresholds.MinRows)),
            ("own", Fields.List(thresholds.Columns ?? [], own => Fields.Of(
                ("name", own.Column),
                ("rule",
                    $"{StatisticFacts.Name(own.Statistic)}, "
                        + $"warning from {Show.Brief(own.WarnAt)}, drift from "
                        + Show.Brief(own.DriftAt))))),
            ("importance", details.Drift.DriftedImportance is { } share ? Show.Percent(share) : null),
            ("importance_share", Show.Percent(thresholds.ImportanceShare)),
            ("classifier", details.Classifier is null ? null : Classifier(details.Classifier)));
    }

    /// <summary>What text goes by beside a statistic of numbers alone; null beside others.</summary>
    static string? TextRule(DriftThresholds thresholds)
    {
        if (!StatisticFacts.NeedsNumbers(thresholds.Statistic))
            return null;
        var (warn, drift) = StatisticFacts.Defaults(DriftStatistic.JensenShannon);
        return $"it is the {StatisticFacts.LongName(DriftStatistic.JensenShannon)}, "
            + $"from {Show.Brief(drift)} (a warning from {Show.Brief(warn)})";
    }

    static string Package(WatchedPackage? package) => package is null
        ? "the package"
        : $"the released package {package.Name}, {package.Pipeline} "
            + (package.Cell is null ? "" : $"for {package.Cell} ")
            + $"{package.Version}, SHA-256 {package.Digest}";

    static ScriptObject Classifier(ClassifierOutcome outcome) => Fields.Of(
        ("chip", outcome.NotRun is not null ? Marks.Chip("plain", "not run")
            : outcome.IsDrift ? Marks.Chip("bad", "drift") : Marks.Chip("ok", "no drift")),
        ("reason", Prose.OrNull(outcome.NotRun)),
        ("auc", Show.Number(outcome.Auc, 3)),
        ("low", Show.Number(outcome.Low, 3)),
        ("high", Show.Number(outcome.High, 3)),
        ("drift_at", Show.Brief(outcome.DriftAt)),
        ("rows", Counted.Of(outcome.Rows)),
        ("columns", Fields.List(outcome.Columns, column => Fields.Of(
            ("name", column.Column), ("drop", Show.Number(column.Drop, 3))))));

    static ScriptObject Columns(MonitorDetails details) => Fields.Of(
        ("columns", Fields.List(details.Drift.Columns, DriftColumns.Row)));

    static ScriptObject ColumnDetails(MonitorDetails details) => Fields.Of(
        ("columns", Fields.List(details.Drift.Columns.Take(ColumnsDrawn).Select((column, i) => (column, i)),
            pair => DriftColumns.Detail(pair.column, pair.i + 1))),
        ("left_out", Math.Max(0, details.Drift.Columns.Count - ColumnsDrawn)));
}
