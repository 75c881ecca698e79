namespace Mlops.Data.Drift;

public enum DriftVerdict
{
    /// <summary>No rows on one side.</summary>
    NoData,
    /// <summary>Fewer than 30 rows on a side: numbers are given, no verdict is.</summary>
    Insufficient,
    None,
    Warning,
    Drift,
}

/// <summary>When a column counts as drifted: a large enough effect and evidence that it is not chance.</summary>
/// <param name="WarnAt">Jensen–Shannon distance (base 2, in [0, 1]) from which a column is a warning.</param>
/// <param name="DriftAt">Jensen–Shannon distance from which it is drift.</param>
/// <param name="Alpha">Largest Benjamini–Hochberg adjusted p that counts as evidence.</param>
/// <param name="ColumnShare">Share of columns in [0, 1] that makes the dataset drift.</param>
public sealed record DriftThresholds(
    double WarnAt = 0.1, double DriftAt = 0.2, double Alpha = 0.01, double ColumnShare = 0.5, int MinRows = 30);

/// <summary>Reference against current, column by column, most drifted first.</summary>
/// <param name="DecidedBy">Which rule gave the verdict, in words.</param>
public sealed record DriftResult(
    DriftVerdict Verdict,
    string DecidedBy,
    long ReferenceRows,
    long CurrentRows,
    DriftThresholds Thresholds,
    IReadOnlyList<ColumnDrift> Columns);

/// <param name="Distance">Jensen–Shannon distance, base 2, over <paramref name="Bins"/>.</param>
/// <param name="Psi">Population stability index, shares floored at 1e-4.</param>
/// <param name="PsiNullMean">What PSI is on average without any drift at these sizes: (k - 1)(1/n + 1/m).</param>
/// <param name="Test">"Kolmogorov–Smirnov" or "chi-square".</param>
/// <param name="AdjustedP">Benjamini–Hochberg over the tested columns.</param>
/// <param name="Binning">"quantile", "discrete" or "category".</param>
/// <param name="Largest">The bin that moved most, in words: "plan = 'trial' 12 % → 31 %".</param>
/// <param name="NewValues">Levels (at most ten) that the reference lacks, or counts outside its range, in words.</param>
public sealed record ColumnDrift(
    string Column,
    Tables.ColumnType Type,
    DriftVerdict Verdict,
    long ReferenceCount,
    long CurrentCount,
    double ReferenceMissingShare,
    double CurrentMissingShare,
    double? MissingP,
    double? Distance,
    double? Psi,
    double? PsiNullMean,
    string? Test,
    double? Statistic,
    double? P,
    double? AdjustedP,
    string? Binning,
    IReadOnlyList<DriftBin> Bins,
    string? Largest,
    IReadOnlyList<string> NewValues,
    IReadOnlyList<string> GoneValues,
    double? ReferenceMean,
    double? CurrentMean);

/// <param name="Label">What falls in: "(3.2, 4.1]", "north", "(other)".</param>
public sealed record DriftBin(string Label, long Reference, long Current);
