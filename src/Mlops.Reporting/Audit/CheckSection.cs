using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>What the data had to keep to, what was found, and which rows were set aside for it.</summary>
static class CheckSection
{
    /// <param name="aside">Null where the rows were not looked up in their files.</param>
    public static ScriptObject Of(
        DataValidation validation, ValidationDetails? details, AuditInput input, QuarantineResult? aside)
    {
        var checks = (details?.Checks ?? []).OrderBy(check => Rank(check.Status)).ToArray();
        var places = (aside?.Places ?? []).GroupBy(place => place.Row)
            .ToDictionary(place => place.Key, place => place.First());
        return Fields.Of(
            ("accepted", Marks.Chip(validation.Judgement.Accepted ? "ok" : "bad",
                validation.Judgement.Accepted ? "dataset accepted" : "dataset rejected")),
            ("count", Counted.Of(validation.CheckCount, "check", "checks")),
            ("errors", Counted.Of(validation.ErrorCount, "error", "errors")),
            ("warnings", Counted.Of(validation.WarningCount, "warning", "warnings")),
            ("not_run", checks.Count(check => check.Status == CheckStatus.NotRun)),
            ("checks", Fields.List(checks, Check)),
            ("samples", Fields.List(
                checks.Where(check => check.Samples.Count > 0), check => Samples(check, places))),
            ("aside", input.Dataset is not { } dataset || aside is null
                ? null : Aside(validation, dataset, input, aside)));
    }

    static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Fail => 0,
        CheckStatus.Warn => 1,
        CheckStatus.NotRun => 2,
        CheckStatus.Noted => 3,
        _ => 4,
    };

    static ScriptObject Check(CheckOutcome check) => Fields.Of(
        ("id", check.Id),
        ("chip", Marks.Chip(check.Status)),
        ("severity", Word(check.Severity)),
        ("sentence", new Prose(check.Sentence)),
        ("observed", new Prose(check.Observed)),
        ("expected", Prose.OrNull(check.Expected)),
        ("tested", Show.Cell(check.RowsTested)),
        ("failing", IsOfWhole(check) ? Show.Cell(null) : Show.Cell(check.RowsFailing)),
        ("share", IsOfWhole(check) ? Show.Cell(null) : Show.Cell(
            check.FailingShare, check.RowsTested == 0 ? "—" : Show.Percent(check.FailingShare))));

    /// <summary>What no single row breaks is not broken by none of them.</summary>
    static bool IsOfWhole(CheckOutcome check) =>
        check is { Status: CheckStatus.Fail or CheckStatus.Warn or CheckStatus.Noted, RowsFailing: 0 };

    static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warn => "warning",
        _ => "info",
    };

    static ScriptObject Samples(CheckOutcome check, Dictionary<long, RowPlace> places) => Fields.Of(
        ("id", check.Id),
        ("shown", check.Samples.Count),
        ("of", Counted.Of(check.RowsFailing)),
        ("values", Fields.List(check.Samples, sample => Fields.Of(
            ("row", Counted.Of(sample.Row)),
            ("value", sample.Value),
            ("file", places.GetValueOrDefault(sample.Row)?.File),
            ("line", places.GetValueOrDefault(sample.Row) is { } place
                ? (place.IsLine ? "" : "row ") + Counted.Of(place.Line) : "")))));

    /// <summary>
    /// Rows read = rows kept + rows that did not parse + rows that checks took out; of a cell, to which no
    /// row belongs that did not parse, rows = rows kept + rows taken out.
    /// </summary>
    static ScriptObject Aside(
        DataValidation validation, Dataset dataset, AuditInput input, QuarantineResult aside)
    {
        var isCell = input.Card.Cell is not null;
        var parsed = isCell && input.Rows?.Table is { } cell
            ? cell.RowCount : dataset.Sources.Sum(source => source.KeptRows);
        return Fields.Of(
            ("of_cell", isCell),
            ("dataset_file", isCell && dataset.QuarantinedRows > 0 ? SetAsideRows.UnparsedFile : null),
            ("has_bytes", input.Rows?.Redact is not { Count: > 0 }),
            ("read", Counted.Of(isCell ? parsed : parsed + dataset.QuarantinedRows)),
            ("kept", Counted.Of(parsed - validation.RowsTakenOut)),
            ("unparsed", Counted.Of(dataset.QuarantinedRows)),
            ("failed", Counted.Of(validation.RowsTakenOut)),
            ("file", aside.Csv is null ? null : SetAsideRows.QuarantineFile),
            ("checks", Fields.List(validation.TakenOut ?? [], taken => Fields.Of(
                ("id", taken.Check), ("column", taken.Column), ("reason", new Prose(taken.Reason))))));
    }
}
