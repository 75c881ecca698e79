using Mlops.Data.Statistics;

namespace Mlops.Data.Drift;

/// <summary>How the size of a move is measured.</summary>
public enum DriftStatistic
{
    /// <summary>Jensen–Shannon distance, base 2, over bins; in [0, 1].</summary>
    JensenShannon,

    /// <summary>Population stability index over bins; grows as samples shrink.</summary>
    Psi,

    /// <summary>The share of rows that would have to change, over bins; in [0, 1].</summary>
    TotalVariation,

    /// <summary>The largest difference of a bin's shares; in [0, 1].</summary>
    LargestShare,

    /// <summary>Hellinger distance over bins; in [0, 1].</summary>
    Hellinger,

    /// <summary>W₁ in standard deviations of the reference; numbers alone.</summary>
    Wasserstein,

    /// <summary>The largest distance of the empirical distributions; numbers alone, in [0, 1].</summary>
    KolmogorovSmirnov,
}

/// <summary>Which test says that a move is not chance.</summary>
public enum DriftEvidence
{
    /// <summary>
    /// Kolmogorov–Smirnov for numbers, chi-square for categories and numbers of few values.
    /// </summary>
    Automatic,
    KolmogorovSmirnov,

    /// <summary>Over the bins.</summary>
    ChiSquare,

    /// <summary>
    /// Weighs the tails; needs the reference rows themselves, and its p is never below 0.001.
    /// </summary>
    AndersonDarling,
}

/// <summary>
/// When a column counts as drifted: a large enough effect and evidence that it is not chance.
/// </summary>
/// <param name="WarnAt">Value of the statistic from which a column is a warning.</param>
/// <param name="DriftAt">Value of the statistic from which it is drift.</param>
/// <param name="Alpha">Largest adjusted p that counts as evidence.</param>
/// <param name="ColumnShare">Share of columns in [0, 1] that makes the dataset drift.</param>
/// <param name="MinRows">Values that a column must have on each side for a verdict.</param>
/// <param name="ImportanceShare">Drifted share of the model's feature importance that makes the
/// dataset drift.</param>
/// <param name="Columns">Columns that go by another statistic or other thresholds; null for none.</param>
public sealed record DriftThresholds(
    double WarnAt = 0.1,
    double DriftAt = 0.2,
    double Alpha = 0.01,
    double ColumnShare = 0.5,
    int MinRows = 30,
    DriftStatistic Statistic = DriftStatistic.JensenShannon,
    Correction Correction = Correction.BenjaminiHochberg,
    DriftEvidence Evidence = DriftEvidence.Automatic,
    double ImportanceShare = 0.5,
    IReadOnlyList<ColumnThresholds>? Columns = null)
{
    /// <summary>
    /// What a column goes by. Text has no order: without thresholds of its own it goes by Jensen–Shannon
    /// where the statistic is one of numbers alone.
    /// </summary>
    public ColumnThresholds Of(string column, bool isText)
    {
        if (Columns?.FirstOrDefault(own => own.Column == column) is { } found)
            return found;
        if (!isText || !StatisticFacts.NeedsNumbers(Statistic))
            return new ColumnThresholds(column, Statistic, WarnAt, DriftAt);
        var (warn, drift) = StatisticFacts.Defaults(DriftStatistic.JensenShannon);
        return new ColumnThresholds(column, DriftStatistic.JensenShannon, warn, drift);
    }
}

/// <summary>What one column goes by.</summary>
public sealed record ColumnThresholds(string Column, DriftStatistic Statistic, double WarnAt, double DriftAt);
