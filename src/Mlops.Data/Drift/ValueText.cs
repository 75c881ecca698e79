using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Drift;

/// <summary>
/// Writes a column's numbers as a person knows them: a date as a date, a flag as true or false.
/// </summary>
sealed class ValueText(ColumnType type)
{
    const int FewestDigits = 6;

    /// <summary>So many tell any two doubles apart.</summary>
    const int MostDigits = 17;

    public string Exact(double value) => type switch
    {
        ColumnType.Real or ColumnType.Decimal => value.ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Float => ((float)value).ToString("R", CultureInfo.InvariantCulture),
        ColumnType.Timestamp or ColumnType.Instant =>
            new WholeValues(type, [(long)Math.Round(value * 1e6)]).Text(0)!,
        _ => new WholeValues(type, [(long)value]).Text(0)!,
    };

    /// <summary>
    /// The upper ends of bins, shortened for reading, but to no fewer digits than tell them from each other
    /// and from others. For whole numbers and dates the whole number below says exactly the same: x ≤ 3.7 if
    /// and only if x ≤ 3. Of times it is the second in which the bin ends.
    /// </summary>
    public IReadOnlyList<string> Edges(IReadOnlyList<double> edges, IReadOnlyList<double> others)
    {
        if (!type.IsReal() && type != ColumnType.Decimal)
            return [.. edges.Select(edge => Exact(Math.Floor(edge)))];
        double[] known = [.. edges.Union(others)];
        var digits = FewestDigits;
        while (digits < MostDigits && known.Select(Shortened).Distinct().Count() < known.Length)
            digits++;
        return [.. edges.Select(Shortened)];

        string Shortened(double value) => value.ToString(
            string.Create(CultureInfo.InvariantCulture, $"G{digits}"), CultureInfo.InvariantCulture);
    }
}
