using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>The few numbers that belong on the first page.</summary>
static class Figures
{
    public static ScriptArray Of(AuditEvidence evidence)
    {
        var input = evidence.Input;
        return Fields.List(
            new[]
            {
                Metric(evidence), Rows(input), Checks(evidence), Gates(input), Drift(input), Package(input),
            },
            figure => figure);
    }

    static ScriptObject Metric(AuditEvidence evidence)
    {
        if (evidence.Input.Evaluation is not { Metrics: [var first, ..] } evaluation)
            return Figure("Headline metric", "—", "not reached");
        var against = first.Baseline is null ? "" : $"naive baseline {Show.Number(first.Baseline)}";
        var champion = first.Champion is null ? "no champion" : $"champion {Show.Number(first.Champion)}";
        return Figure(first.Name, Show.Number(first.Value), string.Join(" · ", new[]
        {
            against, champion, Counted.Of(evaluation.HoldoutRows, "holdout row", "holdout rows"),
        }.Where(part => part.Length > 0)));
    }

    /// <summary>
    /// Of the cell, where there is one and its rows were divided; of the whole dataset otherwise.
    /// </summary>
    static long RowsOf(AuditInput input, Dataset dataset) =>
        input is { Card.Cell: not null, Split: { } split }
            ? split.TrainRows + split.HoldoutRows + split.ExcludedRows
            : dataset.Table.RowCount;

    static ScriptObject Rows(AuditInput input) => input.Dataset is not { } dataset
        ? Figure("Rows", "—", "not reached")
        : Figure("Rows", Counted.Of(RowsOf(input, dataset)),
            $"{Counted.Of(dataset.Sources.Count, "source file", "source files")} · "
                + $"{Counted.Of(dataset.QuarantinedRows)} did not parse"
                + (input.Validation is { RowsTakenOut: > 0 and var taken }
                    ? $" · checks took out {Counted.Of(taken)}" : ""),
            dataset.QuarantinedRows > 0 || input.Validation is { RowsTakenOut: > 0 } ? "warn" : "ok");

    static ScriptObject Checks(AuditEvidence evidence)
    {
        if (evidence.Input.Validation is not { } validation)
            return Figure("Data checks", "—", "not reached");
        var notRun = (evidence.Validation?.Checks ?? []).Count(check => check.Status == CheckStatus.NotRun);
        return Figure("Data checks", Counted.Of(validation.CheckCount),
            $"{Counted.Of(validation.ErrorCount, "error", "errors")} · "
            + Counted.Of(validation.WarningCount, "warning", "warnings")
            + (notRun > 0 ? $" · {Counted.Of(notRun)} not run" : ""),
            validation.ErrorCount > 0 ? "bad" : validation.WarningCount > 0 ? "warn"
            : notRun < validation.CheckCount ? "ok" : "plain");
    }

    static ScriptObject Gates(AuditInput input)
    {
        if (input.Evaluation is not { } evaluation)
            return Figure("Gates", "—", "not reached");
        if (evaluation.Gates.Count == 0)
            return Figure("Gates passed", "—", "none declared");
        var met = evaluation.Gates.Count(gate => gate.IsMet);
        var failed = evaluation.Gates.Count(gate => !gate.Passed);
        var value = $"{met} of {evaluation.Gates.Count}";
        if (failed > 0)
            return Figure("Gates passed", value, $"{failed} not passed", "bad");
        var notRun = evaluation.Gates.Count - met;
        return Figure(
            "Gates passed", value, notRun == 0 ? "all of them" : $"{notRun} not run",
            met > 0 ? "ok" : "plain");
    }

    static ScriptObject Drift(AuditInput input) => input.Monitor is not { } monitor
        ? Figure("Drift", "—", "not provided")
        : Figure("Drift", Marks.Word(monitor.Verdict),
            $"{monitor.DriftedColumns} of {Counted.Plain(monitor.ComparedColumns, "column", "columns")}",
            Marks.Look(monitor));

    static ScriptObject Package(AuditInput input) => input.Package is not { } package
        ? Figure("Package", "—", "not reached")
        : Figure("Package", package.Archive.Digest.Short,
            $"golden rows equal {package.EqualRows} of {package.GoldenRows}",
            package.EqualRows == package.GoldenRows ? "ok" : "bad");

    public static ScriptObject Figure(
        string label, string value, string note, string look = "plain") => Fields.Of(
        ("label", label), ("value", value), ("note", note), ("look", look), ("mark", Marks.Of(look)));
}
