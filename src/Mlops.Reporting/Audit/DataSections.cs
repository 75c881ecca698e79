using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Engine;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>Where the rows came from, and which are learnt from.</summary>
static class DataSections
{
    const int SamplesShown = 100;

    /// <param name="rows">With columns whose values are shown to nobody: then no row is shown as it
    /// stands.</param>
    /// <param name="aside">Where the rows set aside lie; null where they were not looked up.</param>
    public static ScriptObject Sources(Dataset dataset, RowSources? rows, ScriptObject? aside)
    {
        var redaction = new Redaction(rows?.Redact);
        var samples = dataset.Sources.SelectMany(source =>
            source.Samples.Select(sample => (
                source.File.Name, redaction.Of(sample),
                SourceKind.HasLines(rows?.Format ?? new TextFormat(), source.File.Name))));
        var kept = dataset.Sources.Sum(source => source.KeptRows);
        return Fields.Of(
            ("sources", Fields.List(dataset.Sources, Source)),
            ("kept", Counted.Of(kept, "row", "rows")),
            ("files", Counted.Of(dataset.Sources.Count, "source file", "source files")),
            ("quarantined", Counted.Of(dataset.QuarantinedRows)),
            ("quarantined_share",
                Show.Percent(Show.Share(dataset.QuarantinedRows, kept + dataset.QuarantinedRows))),
            ("samples", Fields.List(samples.Take(SamplesShown), Sample)),
            ("samples_of", Counted.Of(dataset.QuarantinedRows)),
            ("aside", aside),
            ("rows", Counted.Of(dataset.Table.RowCount, "row", "rows")),
            ("columns", Counted.Of(dataset.Table.Schema.Columns.Count, "column", "columns")),
            ("parts", Fields.List(dataset.Table.Parts.Select((part, i) => (part, i)), pair => Fields.Of(
                ("number", pair.i + 1), ("digest", Show.Digest(pair.part.File.Digest)),
                ("rows", Show.Cell(pair.part.RowCount)), ("bytes", Show.Cell(pair.part.File.LengthBytes))))));
    }

    static ScriptObject Source(SourceRows source) => Fields.Of(
        ("name", source.File.Name),
        ("digest", Show.Digest(source.File.Digest)),
        ("bytes", Show.Cell(source.File.LengthBytes)),
        ("kept", Show.Cell(source.KeptRows)),
        ("quarantined", Show.Cell(source.QuarantinedRows)));

    static ScriptObject Sample((string File, QuarantinedRow Row, bool HasLines) sample) => Fields.Of(
        ("file", sample.File),
        ("line", Show.Cell(
            sample.Row.Line, (sample.HasLines ? "" : "row ") + Counted.Of(sample.Row.Line))),
        ("column", sample.Row.Column),
        ("reason", new Prose(sample.Row.Reason)),
        ("text", sample.Row.Text));

    public static ScriptObject Split(Split split, IReadOnlyList<Setting> settings)
    {
        var rows = split.TrainRows + split.HoldoutRows + split.ExcludedRows;
        return Fields.Of(
            ("parts", Fields.List(new[]
            {
                ("training", split.TrainRows), ("holdout", split.HoldoutRows),
                ("excluded: no label", split.ExcludedRows),
            }, part => Fields.Of(
                ("name", part.Item1), ("rows", Show.Cell(part.Item2)),
                ("share", Show.Percent(Show.Share(part.Item2, rows))),
                ("bar", Bars.Value(part.Item2, 0, new Scale(0, Math.Max(1, rows)),
                    $"{part.Item1}: {Counted.Of(part.Item2, "row", "rows")}"))))),
            ("boundary", Prose.OrNull(split.Boundary)),
            ("digest", Show.Digest(split.Assignment.Digest)),
            ("settings", Fields.List(
                settings.Where(setting => setting.Path.StartsWith("split", StringComparison.Ordinal)),
                StepSections.Setting)),
            ("findings", Fields.Sentences(split.Judgement.Findings)));
    }
}
