using Microsoft.Data.Analysis;

/// <summary>
/// The derived-columns hook <c>calendar</c>: the season as a circle, the price relative to the list.
/// </summary>
static class CalendarColumns
{
    const double DaysPerYear = 365.25;

    /// <summary>
    /// Adds <c>season-sine</c> and <c>season-cosine</c> (where <c>week</c> stands in its year, so that
    /// December lies beside January) and <c>price-ratio</c> (<c>price</c> over <c>list-price</c>). A missing
    /// cell makes the derived one missing.
    /// </summary>
    public static DataFrame Derive(DataFrame part)
    {
        var angles = Enumerable.Range(0, checked((int)part.Rows.Count))
            .Select(row => part["week"][row] is DateTime week
                ? 2 * Math.PI * week.DayOfYear / DaysPerYear
                : (double?)null)
            .ToArray();
        part.Columns.Add(new DoubleDataFrameColumn("season-sine", angles.Select(Rounded(Math.Sin))));
        part.Columns.Add(new DoubleDataFrameColumn("season-cosine", angles.Select(Rounded(Math.Cos))));
        part.Columns.Add(new DoubleDataFrameColumn("price-ratio", Enumerable.Range(0, angles.Length)
            .Select(row => part["price"][row] is double price
                && part["list-price"][row] is double and > 0 and var list
                ? price / list
                : (double?)null)));
        return part;
    }

    /// <summary>To nine places, because the last bits of sine and cosine differ between platforms.</summary>
    static Func<double?, double?> Rounded(Func<double, double> function) =>
        angle => angle is { } known ? Math.Round(function(known), 9) : null;
}
