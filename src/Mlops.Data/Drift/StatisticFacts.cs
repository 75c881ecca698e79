using Mlops.Data.Statistics;

namespace Mlops.Data.Drift;

/// <summary>What is known of each statistic.</summary>
public static class StatisticFacts
{
    /// <summary>
    /// Thresholds that mean about the same for each: a normal column that moved by a quarter of a standard
    /// deviation is a warning, by a half drift. PSI has its customary ones.
    /// </summary>
    public static (double WarnAt, double DriftAt) Defaults(DriftStatistic statistic) => statistic switch
    {
        DriftStatistic.Psi => (0.1, 0.25),
        DriftStatistic.LargestShare => (0.05, 0.1),
        DriftStatistic.Hellinger => (0.085, 0.17),
        DriftStatistic.Wasserstein => (0.25, 0.5),
        _ => (0.1, 0.2),
    };

    public static string Name(DriftStatistic statistic) => statistic switch
    {
        DriftStatistic.JensenShannon => "JS",
        DriftStatistic.Psi => "PSI",
        DriftStatistic.TotalVariation => "TVD",
        DriftStatistic.LargestShare => "L∞",
        DriftStatistic.Hellinger => "Hellinger",
        DriftStatistic.Wasserstein => "W₁",
        _ => "KS",
    };

    public static string LongName(DriftStatistic statistic) => statistic switch
    {
        DriftStatistic.JensenShannon => "Jensen–Shannon distance",
        DriftStatistic.Psi => "population stability index",
        DriftStatistic.TotalVariation => "total variation distance",
        DriftStatistic.LargestShare => "largest difference of shares",
        DriftStatistic.Hellinger => "Hellinger distance",
        DriftStatistic.Wasserstein => "Wasserstein distance in standard deviations of the reference",
        _ => "Kolmogorov–Smirnov distance",
    };

    public static string Name(Correction correction) => correction switch
    {
        Correction.BenjaminiHochberg => "Benjamini–Hochberg",
        Correction.BenjaminiYekutieli => "Benjamini–Yekutieli",
        Correction.Holm => "Holm",
        Correction.Bonferroni => "Bonferroni",
        _ => "uncorrected",
    };

    public static bool NeedsNumbers(DriftStatistic statistic) =>
        statistic is DriftStatistic.Wasserstein or DriftStatistic.KolmogorovSmirnov;

    /// <summary>
    /// The shift in standard deviations of a normal column at which the statistic has about this value.
    /// </summary>
    internal static double Shift(DriftStatistic statistic, double value) => statistic switch
    {
        DriftStatistic.Psi => Math.Sqrt(value),
        DriftStatistic.LargestShare => 5 * value,
        DriftStatistic.Hellinger => 2.9 * value,
        DriftStatistic.Wasserstein => value,
        _ => 2.5 * value,
    };
}
