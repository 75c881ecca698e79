using Mlops.Data.Tables;

namespace Mlops.Data.Validation;

/// <summary>One column described. Numbers are null where the column has none.</summary>
/// <param name="Count">Cells with a value.</param>
/// <param name="Missing">Cells without.</param>
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
    ColumnType Type,
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

/// <param name="Rows">Where both columns have a finite number; flags count as 0 and 1.</param>
/// <param name="Coefficient">Pearson's, in [-1, 1].</param>
public sealed record ColumnCorrelation(string First, string Second, long Rows, double Coefficient);
