namespace Mlops.Data.Tables;

/// <summary>The values of one column of a table in memory. Rows count from 0.</summary>
public abstract class ColumnValues
{
    public abstract ColumnType Type { get; }

    public abstract int Count { get; }

    public abstract bool IsMissing(int row);

    /// <summary>
    /// The value as a number: false 0 and true 1, a decimal rounded to a double, a date in days and a
    /// timestamp in seconds since 1970-01-01 (UTC); NaN where missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The column is text.</exception>
    public abstract double Number(int row);

    /// <summary>The value in invariant text that reads back equal; null where missing.</summary>
    public abstract string? Text(int row);

    /// <summary>The given rows, in the given order; a row may come twice.</summary>
    public abstract ColumnValues Take(ReadOnlySpan<int> rows);
}
