using System.Text.Json.Serialization;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>What became of a column or a dataset, the gravest last.</summary>
public enum DriftVerdict
{
    /// <summary>Nothing to compare on one side.</summary>
    NoData,

    /// <summary>
    /// Fewer values on a side than <see cref="DriftThresholds.MinRows"/>: numbers are given, no verdict is.
    /// </summary>
    Insufficient,
    None,
    Warning,
    Drift,
}

/// <summary>Reference against current, column by column, most drifted first.</summary>
/// <param name="DecidedBy">Which rule gave the verdict, in words.</param>
/// <param name="DriftedImportance">Share of the model's feature importance that drifted;
/// null where it is not known.</param>
public sealed record DriftResult(
    DriftVerdict Verdict,
    string DecidedBy,
    long ReferenceRows,
    long CurrentRows,
    DriftThresholds Thresholds,
    IReadOnlyList<ColumnDrift> Columns,
    double? DriftedImportance = null)
{
    /// <summary>
    /// No column has a value on both sides: a window is empty, all its values are missing, or there is no
    /// column. Small windows are not meant: of them numbers are given.
    /// </summary>
    [JsonIgnore]
    public bool IsUntested => Columns.All(column => column.ReferenceCount == 0 || column.CurrentCount == 0);
}

/// <summary>
/// One column, reference against current. What could not be measured is null: where a side has no values,
/// and of text what only numbers have.
/// </summary>
/// <param name="ReferenceCount">Values compared: neither missing nor infinite.</param>
/// <param name="MissingP">
/// Of the two-proportion z test of missing cells, two-sided; null where a side has no rows.
/// </param>
/// <param name="Distance">Jensen–Shannon distance, base 2, over <paramref name="Bins"/>.</param>
/// <param name="Psi">Population stability index, shares floored at 1e-4.</param>
/// <param name="PsiNullMean">What PSI is on average without any drift at these sizes:
/// (k - 1)(1/n + 1/m).</param>
/// <param name="Test">"Kolmogorov–Smirnov", "chi-square" or "Anderson–Darling".</param>
/// <param name="Statistic">Of that test, as <paramref name="P"/>, which is not adjusted.</param>
/// <param name="AdjustedP">Corrected for the number of tested columns.</param>
/// <param name="Binning">"quantile", "discrete" or "category".</param>
/// <param name="Largest">The bin that moved most, in words: "plan = 'trial' 12 % → 31 %".</param>
/// <param name="NewValues">Levels (at most ten) that the reference lacks, or counts outside its range,
/// in words.</param>
/// <param name="By">What the verdict goes by; null for Jensen–Shannon with the thresholds of
/// the dataset.</param>
/// <param name="Value">The value of that statistic; null where it is not defined.</param>
/// <param name="PsiNull95">What PSI stays below 19 times in 20 without any drift at these sizes.</param>
/// <param name="Shows">The smallest move that is found four times in five at these sizes, in words.</param>
public sealed record ColumnDrift(
    string Column,
    ColumnType Type,
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
    double? CurrentMean,
    ColumnThresholds? By = null,
    double? Value = null,
    double? PsiNull95 = null,
    string? Shows = null);

/// <param name="Label">What falls in: "(3.2, 4.1]", "north", "(other)".</param>
public sealed record DriftBin(string Label, long Reference, long Current);
