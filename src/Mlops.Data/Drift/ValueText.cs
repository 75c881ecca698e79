using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>
/// Writes a column's numbers as a person knows them: a date as a date, a flag as true or false.
/// </summary>
sealed class ValueText(ColumnType type)
{
    public string Exact(double value) => type switch
    {
        ColumnType.Real or ColumnType.Decimal => value.ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Float => ((float)value).ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Timestamp or ColumnType.Instant =>
            new WholeValues(type, [(long)Math.Round(value * 1e6)]).Text(0)!,
        _ => new WholeValues(type, [(long)value]).Text(0)!,
    };

    /// <summary>
    /// The upper end of a bin, shortened for reading. For whole numbers and dates the whole number below says
    /// exactly the same: x ≤ 3.7 if and only if x ≤ 3. Of times it is the second in which the bin ends.
    /// </summary>
    public string Edge(double value) => type.IsReal() || type == ColumnType.Decimal
        ? value.ToString("G6", CultureInfo.InvariantCulture)
        : Exact(Math.Floor(value));
}
