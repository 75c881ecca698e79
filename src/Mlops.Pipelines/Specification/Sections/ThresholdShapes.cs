using Mlops.Data.Drift;
using Mlops.Data.Statistics;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>When a column counts as drifted, for all columns and for single ones.</summary>
static class ThresholdShapes
{
    static readonly Shape<DriftStatistic> Statistic = Scalars.OneOf(
        ("js", DriftStatistic.JensenShannon),
        ("psi", DriftStatistic.Psi),
        ("tvd", DriftStatistic.TotalVariation),
        ("l-infinity", DriftStatistic.LargestShare),
        ("hellinger", DriftStatistic.Hellinger),
        ("wasserstein", DriftStatistic.Wasserstein),
        ("ks", DriftStatistic.KolmogorovSmirnov));

    static readonly Shape<DriftEvidence> Evidence = Scalars.OneOf(
        ("automatic", DriftEvidence.Automatic),
        ("ks", DriftEvidence.KolmogorovSmirnov),
        ("chi-square", DriftEvidence.ChiSquare),
        ("anderson-darling", DriftEvidence.AndersonDarling));

    static readonly Shape<Correction> Corrections = Scalars.OneOf(
        ("bh", Correction.BenjaminiHochberg),
        ("by", Correction.BenjaminiYekutieli),
        ("holm", Correction.Holm),
        ("bonferroni", Correction.Bonferroni),
        ("none", Correction.None));

    const string OfStatistic =
        "; when left out 0.1 and 0.2 for js, tvd and ks, 0.1 and 0.25 for psi, 0.05 and 0.1 for "
        + "l-infinity, 0.085 and 0.17 for hellinger, 0.25 and 0.5 for wasserstein";

    public static SectionShape<DriftThresholds> Thresholds { get; } = new(fields =>
    {
        var statistic = fields.Optional("statistic", Statistic, DriftStatistic.JensenShannon,
            "How large a move is: Jensen–Shannon distance, population stability index, "
            + "total variation, largest share, Hellinger (over bins of the reference); "
            + "W₁ in standard deviations or Kolmogorov–Smirnov (numbers; text goes by js then)");
        var (warn, drift) = StatisticFacts.Defaults(statistic);
        return new DriftThresholds(
            fields.MaybeValue("warn", Scalars.Real(0),
                "Value of the statistic from which a column is a warning" + OfStatistic) ?? warn,
            fields.MaybeValue("drift", Scalars.Real(0),
                "Value of the statistic from which a column has drifted" + OfStatistic) ?? drift,
            fields.Optional(
                "alpha", Scalars.Real(0, 1, open: true), 0.01, "Largest adjusted p that counts as evidence"),
            fields.Optional(
                "column-share", Scalars.Share, 0.5, "Share of drifted columns that makes the dataset drift"),
            fields.Optional(
                "min-rows", Scalars.Whole(1), 30, "With fewer rows on a side no verdict is given"),
            statistic,
            fields.Optional("correction", Corrections, Correction.BenjaminiHochberg,
                "How p is adjusted for there being many columns"),
            fields.Optional("evidence", Evidence, DriftEvidence.Automatic,
                "The test: automatic is ks for numbers, chi-square for text and numbers of few values; "
                + "anderson-darling weighs the tails, but its p is never below 0.001"),
            fields.Optional("importance-share", Scalars.Share, 0.5,
                "Drifted share of the model's feature importance that makes the dataset drift"));
    });

    public static NamedShape<ColumnOverride> Columns { get; } = new(
        name => new SectionShape<ColumnOverride>(
            fields => new ColumnOverride(
                name,
                fields.MaybeValue(
                    "statistic", Statistic, "How large a move is; as in thresholds when left out"),
                fields.MaybeValue("warn", Scalars.Real(0), "Value from which the column is a warning"),
                fields.MaybeValue("drift", Scalars.Real(0), "Value from which the column has drifted")),
            shorthand: "statistic"),
        "column names and thresholds");

    /// <summary>
    /// With what each column leaves out taken from the others, or from its own statistic's defaults.
    /// </summary>
    public static DriftThresholds With(DriftThresholds thresholds, IReadOnlyList<ColumnOverride> columns) =>
        columns.Count == 0 ? thresholds : thresholds with
        {
            Columns = [.. columns
                .OrderBy(column => column.Column, StringComparer.Ordinal)
                .Select(column => Resolve(thresholds, column))],
        };

    static ColumnThresholds Resolve(DriftThresholds thresholds, ColumnOverride column)
    {
        var statistic = column.Statistic ?? thresholds.Statistic;
        var (warn, drift) = statistic == thresholds.Statistic
            ? (thresholds.WarnAt, thresholds.DriftAt)
            : StatisticFacts.Defaults(statistic);
        return new ColumnThresholds(
            column.Column, statistic,
            column.WarnAt ?? Math.Min(warn, column.DriftAt ?? drift),
            column.DriftAt ?? Math.Max(drift, column.WarnAt ?? warn));
    }
}

/// <summary>What is written of one column.</summary>
sealed record ColumnOverride(string Column, DriftStatistic? Statistic, double? WarnAt, double? DriftAt);
