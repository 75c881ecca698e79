using System.Globalization;
using Mlops.Data.Statistics;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Drift;

/// <summary>
/// The smallest move that is found four times in five, where nothing else is tested beside it.
/// </summary>
static class SmallestMove
{
    /// <summary>φ(0): so much of it D of two normal distributions moves with each deviation.</summary>
    const double DistancePerDeviation = 0.4;

    /// <summary>
    /// What D must exceed its critical value by, in the same unit, to do so four times in five: simulated.
    /// </summary>
    const double KolmogorovPower = 0.9;

    /// <summary>The standard normal quantile at 0.8.</summary>
    const double NormalPower = 0.84;

    /// <summary>
    /// In standard deviations: a normal shift of d moves D by about 0.4 d, and D must reach
    /// (√(-ln(α / 2) / 2) + 0.9) / √(nm / (n + m)), of which the first term is the critical value by the
    /// leading term of Kolmogorov's limit. Simulations of the whole rule agree (0.9 at 100 against 100 rows).
    /// </summary>
    public static double ByEvidence(double referenceRows, double currentRows, double alpha) =>
        (Math.Sqrt(-Math.Log(alpha / 2) / 2) + KolmogorovPower) / DistancePerDeviation
        / Math.Sqrt(referenceRows * currentRows / (referenceRows + currentRows));

    /// <summary>
    /// In words: what evidence and effect both allow. For levels the share of one at a half, which is the
    /// hardest, must move by (z_α + 0.84) ½ √(1/n + 1/m).
    /// </summary>
    public static string InWords(ColumnMeasurement column, ColumnThresholds by, double alpha)
    {
        var (n, m) = ((double)column.Reference.Compared, (double)column.Current.Compared);
        if (column.Type.IsText())
        {
            var normal = -DistributionQuantile.Normal(alpha / 2) + NormalPower;
            var points = 100 * Math.Min(1, normal / 2 * Math.Sqrt(1 / n + 1 / m));
            var whole = (long)Math.Round(Math.Max(points, 1), MidpointRounding.AwayFromZero);
            return $"a level's share moving by about {Counted.Of(whole, "point", "points")}";
        }
        var shift = Math.Max(
            ByEvidence(n, m, alpha), StatisticFacts.Shift(by.Statistic, by.WarnAt));
        return $"a shift of about {Number(shift, shift < 10 ? "0.0#" : "0")} standard deviations";
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
