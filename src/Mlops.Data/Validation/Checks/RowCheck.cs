using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

public enum RowCheckKind
{
    /// <summary>The text reads as the declared type.</summary>
    Parse,
    Range,
    Set,
    Pattern,
    /// <summary>The cell is not missing.</summary>
    Present,
    /// <summary>Not one of Set.</summary>
    Forbidden,
    /// <summary>Between Min and Max code points.</summary>
    Length,
    /// <summary>The text reads by one of the patterns in Set.</summary>
    Format,
    /// <summary>One of the values whose digests are in Known.</summary>
    Known,
    /// <summary>Does not read as a number.</summary>
    Word,
    /// <summary>Reads as a number.</summary>
    Number,
    /// <summary>Has a letter or a digit.</summary>
    Letters,
    /// <summary>Holds none of the kinds of personal data in Set.</summary>
    Impersonal,
    /// <summary>The expression in Pattern is true of the row.</summary>
    Rule,
    /// <summary>Not missing where the expression in Pattern is true; the first column is tested.</summary>
    CompleteIf,
}

/// <summary>
/// What each value of a column, or each row, must keep to. Holds nothing that does not change which rows
/// fail, so that a new severity or tolerance tests no row again.
/// </summary>
/// <param name="MinExcluded">Min itself is not acceptable.</param>
/// <param name="Known">Digests of values; see <see cref="KnownValues"/>.</param>
/// <param name="MinWritten">See <see cref="ColumnRule.LowWritten"/>.</param>
/// <param name="MaxWritten">See <see cref="ColumnRule.HighWritten"/>.</param>
public sealed record RowCheck(
    RowCheckKind Kind,
    double? Min = null,
    double? Max = null,
    IReadOnlyList<string>? Set = null,
    string? Pattern = null,
    ColumnType? Type = null,
    bool MinExcluded = false,
    bool MaxExcluded = false,
    Artifact? Known = null,
    string? MinWritten = null,
    string? MaxWritten = null);

/// <param name="Samples">The first failing rows, at most twenty, counted within what was tested.</param>
/// <param name="Rows">All failing rows, if there are any; see <see cref="RowNumbers"/>.</param>
public sealed record RowCheckResult(
    long Tested, long Failing, IReadOnlyList<CheckSample> Samples, Artifact? Rows = null)
{
    public const int MaxSamples = 20;

    public static RowCheckResult None { get; } = new(0, 0, []);
}
