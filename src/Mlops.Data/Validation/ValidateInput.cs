using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation;

public sealed record ValidateInput(TableParts Table, Artifact? Assignment, ValidationRules Rules);

/// <summary>What a dataset must keep to.</summary>
/// <param name="Key">Columns that together identify a row; empty for none.</param>
/// <param name="MinRows">Fewest rows that are acceptable.</param>
/// <param name="MaxRows">Most rows that are acceptable.</param>
/// <param name="Overlap">Severity of rows that stand in both the training split and the holdout (all columns but the key equal); null does not check.</param>
/// <param name="MatrixColumn">The column that the dataset is a cell of: it has one value by right.</param>
public sealed record ValidationRules(
    IReadOnlyList<string> Key,
    long? MinRows,
    long? MaxRows,
    Severity? Overlap,
    IReadOnlyList<ColumnRule> Columns,
    string? MatrixColumn = null);

public enum Severity
{
    Warn,
    Error,
}

/// <summary>The checks of one column; those that are null are not made. Missing cells only count for MissingMaxShare.</summary>
/// <param name="Type">The type the column must have.</param>
/// <param name="Pattern">A regular expression that must match the whole text (non-backtracking).</param>
/// <param name="FailAbove">Share of rows in [0, 1] that may break a row check before it counts.</param>
public sealed record ColumnRule(
    string Column,
    Severity Severity = Severity.Error,
    ColumnType? Type = null,
    double? MissingMaxShare = null,
    double? Min = null,
    double? Max = null,
    IReadOnlyList<string>? Set = null,
    string? Pattern = null,
    bool Unique = false,
    double FailAbove = 0);
