using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;
using Mlops.Engine;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>What the columns hold, where their types come from, and which go together.</summary>
static class ProfileSection
{
    /// <summary>Weaker ones are in the details, but no finding.</summary>
    const double ShownCorrelation = 0.1;

    const double SecondsPerDay = 86_400;

    /// <param name="redact">Columns whose values, and cells that are evidence, nobody is shown.</param>
    public static ScriptObject Of(
        Dataset dataset, ValidationDetails? details, IReadOnlyList<string>? redact)
    {
        var redaction = new Redaction(redact);
        var known = (details?.Profile ?? []).GroupBy(profile => profile.Name, StringComparer.Ordinal)
            .ToDictionary(profiles => profiles.Key, profiles => profiles.First(), StringComparer.Ordinal);
        return Fields.Of(
            ("profiled", details is null ? null : Counted.Of(known.Count)),
            ("columns", Fields.List(dataset.Table.Schema.Columns,
                column => Described(column, Masked(known.GetValueOrDefault(column.Name), redaction)))),
            ("declared", dataset.Origins is { } origins
                ? Counted.Of(origins.Count(origin => origin.IsDeclared)) : null),
            ("origins", Fields.List(
                (dataset.Origins ?? []).Where(origin => !origin.IsDeclared), origin => Fields.Of(
                    ("name", origin.Column),
                    ("type", dataset.Table.Schema.Find(origin.Column)?.TypeWord),
                    ("evidence", new Prose(Evidence(origin, redact)))))),
            ("correlated", details?.Correlations is null ? null : Counted.Of(details.CorrelatedColumns)),
            ("correlations", Fields.List(
                (details?.Correlations ?? []).Where(pair => Math.Abs(pair.Coefficient) >= ShownCorrelation),
                Correlation)),
            ("correlations_cut", details?.Correlations is { Count: ProfileSummary.MaxCorrelations } strongest
                && strongest.All(pair => Math.Abs(pair.Coefficient) >= ShownCorrelation)),
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
        ("missing", Show.Cell(MissingShare(profile), Show.Percent(MissingShare(profile)))),
        ("distinct", profile is null ? Show.Cell(null) : Show.Cell(profile.Distinct,
            (profile.DistinctIsExact ? "" : "≈ ") + Counted.Of(profile.Distinct))),
        ("min", Value(column.Type, profile?.Min)),
        ("median", Median(column.Type, profile)),
        ("max", Value(column.Type, profile?.Max)),
        ("mean", column.Type.IsTime()
            ? Value(column.Type, profile?.Mean) : Show.Cell(profile?.Mean)),
        ("deviation", profile?.StandardDeviation is { } deviation
            ? Deviation(column.Type, deviation) : null),
        ("shape", Shape(profile)),
        ("length", profile?.Length is { } length
            ? length.Min == length.Max
                ? Counted.Of(length.Min, "character", "characters")
                : $"{Counted.Of(length.Min)} to {Counted.Of(length.Max)} characters, "
                    + $"{Show.Brief(Math.Round(length.Mean, 1))} on average"
            : null),
        ("zeros", profile?.ZeroShare is { } zeros and > 0 ? $"{Show.Percent(zeros)} zeros" : null),
        ("top", profile is null ? "" : string.Join(", ", profile.Top.Take(3).Select(value =>
            $"{Bars.Short(value.Value, 40)} {Show.Percent(Show.Share(value.Count, profile.Count))}"))));

    static double? MissingShare(ColumnProfile? profile) =>
        profile is null ? null : Show.Share(profile.Missing, profile.Count + profile.Missing);

    /// <summary>Dates are days and timestamps seconds since 1970: people read them as dates.</summary>
    static ScriptObject Value(ColumnType type, double? value) => (type, value) switch
    {
        (_, null) => Show.Cell(null),
        (ColumnType.Date, { } days) => Show.Cell(days, Show.Date(days)),
        (ColumnType.Timestamp or ColumnType.Instant, { } seconds) =>
            Show.Cell(seconds, Show.Moment(seconds)),
        (_, { } number) => Show.Cell(number, Show.Brief(number)),
    };

    /// <summary>Of a sketch quantiles are estimates, as is how many values differ.</summary>
    static ScriptObject Median(ColumnType type, ColumnProfile? profile)
    {
        var median = Value(type, profile?.Quantiles is { Count: 5 } quantiles ? quantiles[2] : null);
        if (profile is { DistinctIsExact: false, Quantiles: not null })
            median["text"] = $"≈ {median["text"]}";
        return median;
    }

    static string Deviation(ColumnType type, double deviation) => type switch
    {
        ColumnType.Date => $"{Show.Number(deviation)} days",
        ColumnType.Timestamp or ColumnType.Instant => deviation < SecondsPerDay
            ? $"{Show.Number(deviation)} s" : $"{Show.Number(deviation / SecondsPerDay)} days",
        _ => Show.Number(deviation),
    };

    static Markup? Shape(ColumnProfile? profile) => profile switch
    {
        { Histogram: { Count: > 0 } counts } => Bars.Shape(counts,
            $"{counts.Count} bins from {Show.Number(profile.Min)} to {Show.Number(profile.Max)}"),
        { Top.Count: > 1 } => Bars.Shape([.. profile.Top.Select(value => value.Count)],
            $"counts of the {profile.Top.Count} most frequent values"),
        _ => null,
    };
}
