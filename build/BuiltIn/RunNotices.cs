using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Engine;
using Mlops.Pipelines.Sessions;
using Mlops.Pipelines.Specification;

/// <summary>
/// What a person should look at after a run, with its place: rows, checks, gates, drift, faults.
/// </summary>
/// <param name="locate">The path of a pipeline's file.</param>
/// <param name="places">Where a pipeline's sections begin.</param>
sealed class RunNotices(Func<string, string, string> locate, Func<string, RulePlaces?> places)
{
    const string PipelineFile = "pipeline.yaml";

    public static Notice Of(Problem problem, NoticeLevel level, Func<string, string> locate)
    {
        (string, string?)[] all =
            [("expected", problem.Expected), ("actual", problem.Actual), ("next", problem.Next)];
        var facts = all
            .Where(fact => fact.Item2 is not null).Select(fact => $"\n{fact.Item1}: {fact.Item2}");
        return new Notice(
            level, problem.Id, problem.What + string.Concat(facts),
            problem.Where is { File: var file } && file.Length > 0
            && !file.StartsWith("--", StringComparison.Ordinal) ? locate(file) : null,
            problem.Where?.Line, problem.Where?.Column);
    }

    public IEnumerable<Notice> Of(IReadOnlyList<StepResult> steps, IReadOnlyList<CellResults> cells) =>
    [
        .. steps.SelectMany(step => step.Problems.Select(problem =>
            Of(problem, NoticeLevel.Error, file => locate(step.Name.Pipeline, file)))),
        .. cells.DistinctBy(cell => cell.Specification.Name).SelectMany(Rows),
        .. cells.SelectMany(Checks),
        .. cells.SelectMany(Gates),
        .. steps.SelectMany(Findings),
    ];

    IEnumerable<Notice> Rows(CellResults cell) =>
        cell.Dataset is null ? [] : cell.Dataset.Sources.SelectMany(source =>
            source.Samples.Select(row => Row(cell, source.File.Name, row)));

    Notice Row(CellResults cell, string file, QuarantinedRow row)
    {
        var data = cell.Specification.Data;
        var hasLines = SourceKind.HasLines(data.Format, file);
        var which = hasLines ? "The row" : FormattableString.Invariant($"Row {row.Line}");
        return new Notice(
            cell.Dataset!.Judgement.Accepted ? NoticeLevel.Warning : NoticeLevel.Error, "quarantine",
            $"{which} was set aside: {(row.Column is null ? "" : $"{row.Column}: ")}{row.Reason}",
            locate(cell.Specification.Name, data.Sql is null ? file : PipelineFile),
            hasLines ? (int)Math.Min(row.Line, int.MaxValue) : null);
    }

    IEnumerable<Notice> Checks(CellResults cell) => cell.Checks
        .Where(check => check.Status is CheckStatus.Warn or CheckStatus.Fail)
        .Select(check => AtPlace(
            cell.Specification.Name, cell.Specification.Places?.OfCheck(check.Id),
            check.Status == CheckStatus.Fail ? NoticeLevel.Error : NoticeLevel.Warning, check.Id,
            $"{cell.Name}: {check.Sentence}; found: {check.Observed}"));

    IEnumerable<Notice> Gates(CellResults cell) =>
        (cell.Evaluation?.Gates ?? []).Where(gate => !gate.Passed)
        .Select(gate => AtPlace(
            cell.Specification.Name, cell.Specification.Places?.OfGate(gate.Metric), NoticeLevel.Error,
            $"gate:{gate.Metric}", $"{cell.Name}: {gate.Sentence}"));

    Notice AtPlace(string pipeline, Place? place, NoticeLevel level, string id, string message) => new(
        level, id, message, locate(pipeline, PipelineFile), place?.Line, place?.Column);

    /// <summary>Of steps whose judgement is told in no better way above.</summary>
    IEnumerable<Notice> Findings(StepResult step) => step is { Judgement: { } judgement }
        && step.Name.Stage is not ("Ingest" or "Validate" or "Evaluate")
            ? judgement.Findings.Select(finding => AtPlace(
                step.Name.Pipeline, places(step.Name.Pipeline)?.OfStage(step.Name.Stage),
                judgement.Accepted ? NoticeLevel.Warning : NoticeLevel.Error,
                step.Name.Stage.ToLowerInvariant(), $"{step.Name}: {finding}"))
            : [];
}
