using Mlops.Engine;

namespace Mlops.Data.Validation;

/// <summary>What Validate found.</summary>
/// <param name="Details">A <see cref="ValidationDetails"/> as JSON.</param>
/// <param name="Assignment">
/// The split's, with the rows that failed a check of severity error taken out of training and holdout; null
/// where the dataset is not split.
/// </param>
/// <param name="TakenOut">The checks that took rows out, and which.</param>
/// <param name="RowsTakenOut">How many rows that are, each counted once.</param>
/// <param name="Accepted">What later datasets are held against; null where no rule asks for it.</param>
public sealed record DataValidation(
    Artifact Details,
    int CheckCount,
    int WarningCount,
    int ErrorCount,
    Judgement Judgement,
    Artifact? Assignment = null,
    IReadOnlyList<TakenOut>? TakenOut = null,
    long RowsTakenOut = 0,
    AcceptedData? Accepted = null) : IJudged;

/// <summary>The rows that one check took out of training and holdout.</summary>
/// <param name="Check">The id of its outcome.</param>
/// <param name="Column">Null where it is about whole rows.</param>
/// <param name="Reason">What it asked.</param>
/// <param name="Rows">Their numbers in the dataset; see <see cref="Checks.RowNumbers"/>.</param>
public sealed record TakenOut(string Check, string? Column, string Reason, Artifact Rows);

/// <param name="Correlations">
/// The two numeric columns that go together most, and so on: at most
/// <see cref="Profiling.ProfileSummary.MaxCorrelations"/>; null where there are no two such columns.
/// </param>
/// <param name="CorrelatedColumns">How many columns were compared,
/// the first numeric ones of the schema.</param>
public sealed record ValidationDetails(
    IReadOnlyList<ColumnProfile> Profile,
    IReadOnlyList<CheckOutcome> Checks,
    IReadOnlyList<ColumnCorrelation>? Correlations = null,
    int CorrelatedColumns = 0);

/// <param name="Rows">Where both columns have a finite number; flags count as 0 and 1.</param>
/// <param name="Coefficient">Pearson's, in [-1, 1].</param>
public sealed record ColumnCorrelation(string First, string Second, long Rows, double Coefficient);

public enum CheckStatus
{
    Pass,
    Warn,
    Fail,
    NotRun,
    /// <summary>Broken, but only asked for information.</summary>
    Noted,
}

/// <param name="Id">Stable: <c>range:price</c>, <c>unique:week+market</c>, <c>row-count</c>.</param>
/// <param name="Sentence">What is asked, in words: "price lies in [0, 100]".</param>
/// <param name="Observed">What was found, in words.</param>
/// <param name="RowsTested">Rows that the check looked at.</param>
/// <param name="Samples">At most twenty failing values, escaped by whoever shows them.</param>
/// <param name="Expected">What would have passed, in words; null where the sentence says it all.</param>
public sealed record CheckOutcome(
    string Id,
    string Sentence,
    Severity Severity,
    CheckStatus Status,
    string Observed,
    long RowsTested,
    long RowsFailing,
    IReadOnlyList<CheckSample> Samples,
    string? Expected = null)
{
    /// <summary>Of the rows tested those that failed, in [0, 1].</summary>
    public double FailingShare => RowsTested == 0 ? 0 : (double)RowsFailing / RowsTested;
}

/// <param name="Row">0-based row of the dataset in part order.</param>
public sealed record CheckSample(long Row, string? Value);

/// <summary>One column described. Numbers are null where the column has none.</summary>
/// <param name="Distinct">Distinct values; exact up to 10,000, an estimate above.</param>
/// <param name="StandardDeviation">Of the sample, n - 1.</param>
/// <param name="Quantiles">At 0.05, 0.25, 0.5, 0.75, 0.95; within 0.4 % of a value's magnitude.</param>
/// <param name="Top">The most frequent values, at most ten, by falling count and then ordinal value. Where
/// the distinct values are an estimate, a count may be too low by 0.2 % of the rows,
/// and what comes less often may lack.</param>
/// <param name="Histogram">For numeric columns: counts over twenty equal-width bins from Min to Max.</param>
/// <param name="ZeroShare">Share of zeros among the values, for columns of numbers alone.</param>
/// <param name="Length">Null where there is no text.</param>
public sealed record ColumnProfile(
    string Name,
    Tables.ColumnType Type,
    long Count,
    long Missing,
    long Distinct,
    bool DistinctIsExact,
    double? Min,
    double? Max,
    double? Mean,
    double? StandardDeviation,
    IReadOnlyList<double>? Quantiles,
    IReadOnlyList<ValueCount> Top,
    IReadOnlyList<long>? Histogram,
    double? ZeroShare = null,
    TextLength? Length = null);

/// <summary>How long a column's texts are, in Unicode code points.</summary>
public sealed record TextLength(int Min, double Mean, int Max);

public sealed record ValueCount(string Value, long Count);
