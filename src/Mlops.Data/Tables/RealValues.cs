using System.Globalization;

namespace Mlops.Data.Tables;

/// <summary>Real numbers; NaN is missing.</summary>
/// <param name="type">Real, or Float where every value is one of single precision.</param>
/// <param name="count">How many of the first values there are; null for all.</param>
public sealed class RealValues(double[] values, ColumnType type = ColumnType.Real, int? count = null)
    : ColumnValues
{
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);
    public override ColumnType Type { get; } = type.IsReal()
        ? type
        : throw new ArgumentException($"{type} is no real number.", nameof(type));
    public override int Count { get; } = count ?? values.Length;
    public override bool IsMissing(int row) => double.IsNaN(values[row]);
    public override double Number(int row) => values[row];
    public override string? Text(int row) =>
        IsMissing(row) ? null
        : Type == ColumnType.Float ? ((float)values[row]).ToString("R", CultureInfo.InvariantCulture)
        : values[row].ToString("R", CultureInfo.InvariantCulture);
    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new RealValues(TextValues.Pick(values, rows), Type);
}
