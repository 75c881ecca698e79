using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>How the rows to hold out are chosen.</summary>
public enum SplitMethod
{
    Random,

    /// <summary>The same share of each label, or of each value of a column.</summary>
    Stratified,

    /// <summary>Whole groups of rows that belong together.</summary>
    Group,

    /// <summary>The newest rows.</summary>
    Time,

    /// <summary>
    /// Row i (from 0, of those that have a label) is held out when <c>i % n == n - 1</c>, n = round(1 /
    /// share).
    /// </summary>
    Interleaved,
}

/// <summary>How rows are divided into a training split and a holdout.</summary>
/// <param name="HoldoutShare">Share of rows in (0, 1) to hold out; by time, of the newest rows.</param>
/// <param name="Column">The group or time column; for stratified the label is used when null.</param>
/// <param name="At">By time: rows at or after this date or timestamp (or number) are held out; instead of a
/// share.</param>
public sealed record SplitSpecification(
    SplitMethod Method = SplitMethod.Random,
    double? HoldoutShare = 0.2,
    string? Column = null,
    string? At = null,
    int Seed = 1);

public sealed record SplitInput(TableParts Table, string Label, SplitSpecification Specification);

/// <summary>Which row went where.</summary>
/// <param name="Assignment">One byte per row in part order: a <see cref="RowRole"/>.</param>
/// <param name="ExcludedRows">Rows without a label, or by time without a time: in neither part, and
/// counted.</param>
/// <param name="Boundary">By time: the first value held out, as text.</param>
public sealed record Split(
    Artifact Assignment,
    long TrainRows,
    long HoldoutRows,
    long ExcludedRows,
    string? Boundary,
    Judgement Judgement) : IJudged;

/// <summary>What a row is for.</summary>
public enum RowRole : byte
{
    Train = 0,
    Holdout = 1,
    Excluded = 2,
}
