using Mlops.Data.Ingestion;
using Mlops.Data.Splitting;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>Where the rows came from, what they look like, and what they had to keep to.</summary>
static class DataSections
{
    const int SamplesShown = 100;

    /// <summary>Weaker ones are in the details, but no finding.</summary>
    const double ShownCorrelation = 0.1;

    /// <param name="rows">With columns whose values are shown to nobody: then no row is shown as it
    /// stands.</param>
    public static ScriptObject Sources(Dataset dataset, RowSources? rows)
    {
        var redaction = new Redaction(rows?.Redact);
        var samples = dataset.Sources.SelectMany(source =>
            source.Samples.Select(sample => (
                source.File.Name, redaction.Of(sample),
                SourceKind.HasLines(rows?.Format ?? new TextFormat(), source.File.Name))));
        var kept = dataset.Sources.Sum(source => source.KeptRows);
        return Fields.Of(
            ("sources", Fields.List(dataset.Sources, Source)),
            ("kept", Show.Count(kept)),
            ("quarantined", Show.Count(dataset.QuarantinedRows)),
            ("quarantined_share",
                Show.Percent(Show.Share(dataset.QuarantinedRows, kept + dataset.QuarantinedRows))),
            ("samples", Fields.List(samples.Take(SamplesShown), Sample)),
            ("samples_of", Show.Count(dataset.QuarantinedRows)),
            ("rows", Show.Count(dataset.Table.RowCount)),
            ("columns", Show.Count(dataset.Table.Schema.Columns.Count)),
            ("parts", Fields.List(dataset.Table.Parts.Select((part, i) => (part, i)), pair => Fields.Of(
                ("number", pair.i + 1), ("digest", Show.Digest(pair.part.File.Digest)),
                ("rows", Show.Cell(pair.part.RowCount)), ("bytes", Show.Cell(pair.part.File.LengthBytes))))));
    }

    static ScriptObject Source(SourceRows source) => Fields.Of(
        ("name", source.File.Name),
        ("digest", Show.Digest(source.File.Digest)),
        ("bytes", Show.Cell(source.File.LengthBytes)),
        ("kept", Show.Cell(source.KeptRows)),
        ("quarantined", Show.Cell(source.QuarantinedRows)),
        ("quarantine", Show.Digest(source.Quarantine?.Digest)));

    static ScriptObject Sample((string File, QuarantinedRow Row, bool HasLines) sample) => Fields.Of(
        ("file", sample.File),
        ("line", Show.Cell(
            sample.Row.Line, (sample.HasLines ? "" : "row ") + Show.Count(sample.Row.Line))),
        ("column", sample.Row.Column),
        ("reason", new Prose(sample.Row.Reason)),
        ("text", sample.Row.Text));

    /// <param name="redact">Columns whose values, and cells that are evidence, nobody is shown.</param>
    public static ScriptObject Profile(
        Dataset dataset, ValidationDetails? details, IReadOnlyList<string>? redact)
    {
        var redaction = new Redaction(redact);
        var known = (details?.Profile ?? []).GroupBy(profile => profile.Name, StringComparer.Ordinal)
            .ToDictionary(profiles => profiles.Key, profiles => profiles.First(), StringComparer.Ordinal);
        return Fields.Of(
            ("profiled", details is null ? null : Show.Count(known.Count)),
            ("columns", Fields.List(dataset.Table.Schema.Columns,
                column => Described(column, Masked(known.GetValueOrDefault(column.Name), redaction)))),
            ("declared", dataset.Origins is { } origins
                ? Show.Count(origins.Count(origin => origin.IsDeclared)) : null),
            ("origins", Fields.List(
                (dataset.Origins ?? []).Where(origin => !origin.IsDeclared), origin => Fields.Of(
                    ("name", origin.Column),
                    ("type", dataset.Table.Schema.Find(origin.Column)?.TypeWord),
                    ("evidence", new Prose(Evidence(origin, redact)))))),
            ("correlated", details?.Correlations is null ? null : Show.Count(details.CorrelatedColumns)),
            ("correlations", Fields.List(
                (details?.Correlations ?? []).Where(pair => Math.Abs(pair.Coefficient) >= ShownCorrelation),
                Correlation)),
            ("shown_correlation", Show.Brief(ShownCorrelation)));
    }

    /// <summary>Of what nobody is shown the counts remain, and no value.</summary>
    static ColumnProfile? Masked(ColumnProfile? profile, Redaction redaction) =>
        profile is null || !redaction.HidesColumn(profile.Name) ? profile : profile with
        {
            Min = null,
            Max = null,
            Mean = null,
            StandardDeviation = null,
            Quantiles = null,
            Histogram = null,
            Top = [],
            Length = null,
            ZeroShare = null,
        };

    static ScriptObject Correlation(ColumnCorrelation pair) => Fields.Of(
        ("first", pair.First),
        ("second", pair.Second),
        ("coefficient", Show.Cell(pair.Coefficient)),
        ("bar", Bars.Value(pair.Coefficient, 0, new Scale(-1, 1),
            $"{pair.First} and {pair.Second}: {Show.Number(pair.Coefficient)}")),
        ("rows", Show.Cell(pair.Rows)));

    static string Evidence(ColumnOrigin origin, IReadOnlyList<string>? redact) =>
        origin.Because is null ? origin.Evidence
        : redact?.Contains(origin.Column) == true ? $"{origin.Evidence}; because of a cell that is not shown"
        : $"{origin.Evidence}; because {origin.Because}";

    static ScriptObject Described(Column column, ColumnProfile? profile) => Fields.Of(
        ("name", column.Name),
        ("type", column.TypeWord),
        ("missing", Show.Cell(
            profile is null ? null : Show.Share(profile.Missing, profile.Count),
            profile is null ? "—" : Show.Percent(Show.Share(profile.Missing, profile.Count)))),
        ("distinct", profile is null ? Show.Cell(null) : Show.Cell(profile.Distinct,
            (profile.DistinctIsExact ? "" : "≈ ") + Show.Count(profile.Distinct))),
        ("min", Value(column.Type, profile?.Min)),
        ("median", Value(column.Type, profile?.Quantiles is { Count: 5 } quantiles ? quantiles[2] : null)),
        ("max", Value(column.Type, profile?.Max)),
        ("mean", column.Type.IsTime()
            ? Value(column.Type, profile?.Mean) : Show.Cell(profile?.Mean)),
        ("deviation", profile?.StandardDeviation is { } deviation
            ? Show.Number(deviation) + Unit(column.Type) : null),
        ("shape", Shape(profile)),
        ("length", profile?.Length is { } length
            ? length.Min == length.Max
                ? $"{Show.Count(length.Min)} characters"
                : $"{Show.Count(length.Min)} to {Show.Count(length.Max)} characters, "
                    + $"{Show.Brief(Math.Round(length.Mean, 1))} on average"
            : null),
        ("zeros", profile?.ZeroShare is { } zeros and > 0 ? $"{Show.Percent(zeros)} zeros" : null),
        ("top", profile is null ? "" : string.Join(", ", profile.Top.Take(3).Select(value =>
            $"{Bars.Short(value.Value, 40)} {Show.Percent(Show.Share(value.Count, profile.Count))}"))));

    /// <summary>Dates are days and timestamps seconds since 1970: people read them as dates.</summary>
    static ScriptObject Value(ColumnType type, double? value) => (type, value) switch
    {
        (_, null) => Show.Cell(null),
        (ColumnType.Date, { } days) => Show.Cell(days, Show.Date(days)),
        (ColumnType.Timestamp or ColumnType.Instant, { } seconds) =>
            Show.Cell(seconds, Show.Date(seconds / 86_400)),
        (_, { } number) => Show.Cell(number, Show.Brief(number)),
    };

    static string Unit(ColumnType type) => type switch
    {
        ColumnType.Date => " days",
        ColumnType.Timestamp or ColumnType.Instant => " s",
        _ => "",
    };

    static Markup? Shape(ColumnProfile? profile) => profile switch
    {
        { Histogram: { Count: > 0 } counts } => Bars.Shape(counts,
            $"{counts.Count} bins from {Show.Number(profile.Min)} to {Show.Number(profile.Max)}"),
        { Top.Count: > 1 } => Bars.Shape([.. profile.Top.Select(value => value.Count)],
            $"counts of the {profile.Top.Count} most frequent values"),
        _ => null,
    };

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
                    $"{part.Item1}: {Show.Count(part.Item2)} rows"))))),
            ("boundary", Prose.OrNull(split.Boundary)),
            ("digest", Show.Digest(split.Assignment.Digest)),
            ("settings", Fields.List(
                settings.Where(setting => setting.Path.StartsWith("split", StringComparison.Ordinal)),
                StepSections.Setting)),
            ("findings", Fields.Sentences(split.Judgement.Findings)));
    }
}
