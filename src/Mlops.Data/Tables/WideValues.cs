using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>
/// Whole numbers of which some are none of 64 bits, as a source of another writer may have them: no table
/// that is kept does.
/// </summary>
sealed class WideValues(Int128?[] values) : ColumnValues
{
    public override ColumnType Type => ColumnType.Integer;
    public override int Count => values.Length;
    public override bool IsMissing(int row) => values[row] is null;
    public override double Number(int row) => (double?)values[row] ?? double.NaN;
    public override string? Text(int row) => values[row]?.ToString(CultureInfo.InvariantCulture);
    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new WideValues(TextValues.Pick(values, rows));
}
